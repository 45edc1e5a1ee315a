namespace CalCities.Collab.Bills;

public sealed class BillNumberTests
{
    [Theory]
    [InlineData("202520260AB831", "AB 831", false, "Assembly")]
    [InlineData("202520261AB2", "ABX1 2", false, "Assembly")]
    [InlineData("202520260SB79", "SB 79", false, "Senate")]
    [InlineData("202520260ACR17", "ACR 17", true, "Assembly")]
    [InlineData("202520260SCA1", "SCA 1", true, "Senate")]
    [InlineData("202520260HR10", "HR 10", true, "Assembly")]
    public void An_official_id_says_what_people_call_the_bill(string id, string called, bool isResolution, string origin)
    {
        var number = BillNumber.Of(new BillId(id));

        Assert.NotNull(number);
        Assert.Equal((called, isResolution, origin, id), (number.ToString(), number.IsResolution, number.Origin, number.Id.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("AB831")]
    [InlineData("202520260AB")]
    [InlineData("202520260AB0831")]
    [InlineData("202520260ab831")]
    [InlineData("202520260AB831\n")]
    [InlineData("202520260AB999999")]
    [InlineData("../202520260AB831")]
    public void What_no_bill_is_called_is_no_number(string? id) => Assert.Null(BillNumber.Of(new BillId(id!)));

    [Theory]
    [InlineData("20250AB83198AMD", "202520260AB831")]
    [InlineData("20251AB299INT", "202520261AB2")]
    [InlineData("20250ACR1799INT", "202520260ACR17")]
    [InlineData("20250AB831", null)]
    [InlineData("hello", null)]
    public void A_version_says_which_bill_it_is_of(string version, string? bill) =>
        Assert.Equal(bill, BillNumber.OfVersion(version)?.Id.Value);
}
