namespace CalCities.Collab.Security;

public sealed class OpenCircuitsTests
{
    [Fact]
    public void The_last_allowed_circuit_opens_the_next_does_not_and_a_closed_one_makes_room()
    {
        var open = new OpenCircuits();
        for (var circuit = 1; circuit <= OpenCircuits.MaxPerMember; circuit++)
            Assert.True(open.TryOpen("eq-chair"));

        Assert.False(open.TryOpen("eq-chair"));
        Assert.True(open.TryOpen("eq-vice-chair"));
        Assert.Equal(OpenCircuits.MaxPerMember, open.Of("eq-chair"));

        open.Close("eq-chair");
        Assert.True(open.TryOpen("eq-chair"));
        Assert.False(open.TryOpen("eq-chair"));
    }

    [Fact]
    public void A_member_without_circuits_is_forgotten()
    {
        var open = new OpenCircuits();
        open.TryOpen("eq-chair");
        open.Close("eq-chair");

        Assert.Equal((0, true), (open.Of("eq-chair"), open.IsEmpty));
    }

    [Fact]
    public async Task Members_who_come_and_go_at_once_leave_no_count_behind()
    {
        var open = new OpenCircuits();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var turn = 0; turn < 5_000; turn++)
            {
                if (open.TryOpen("eq-chair"))
                    open.Close("eq-chair");
            }
        }, TestContext.Current.CancellationToken)));

        Assert.True(open.IsEmpty);
    }
}
