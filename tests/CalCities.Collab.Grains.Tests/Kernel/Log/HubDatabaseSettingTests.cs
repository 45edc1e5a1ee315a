namespace CalCities.Collab.Kernel.Log;

public sealed class HubDatabaseSettingTests
{
    [Theory]
    [InlineData(null, "data/collab.db")]
    [InlineData("", "data/collab.db")]
    [InlineData("Data Source=votes.db", "votes.db")]
    [InlineData("datasource='my votes.db'", "my votes.db")]
    [InlineData("Filename=/var/lib/collab/collab.db", "/var/lib/collab/collab.db")]
    public void A_file_is_SQLite_and_relative_ones_lie_below_the_folder_one_calls_from(string? given, string file)
    {
        var setting = HubDatabaseSetting.Parse(given);

        Assert.Equal((false, Path.GetFullPath(file), Path.GetFullPath(file) + "-state"), (setting.IsPostgres, setting.File, setting.StateFile));
    }

    [Theory]
    [InlineData("Host=db;Database=collab;Username=collab;Password=hush")]
    [InlineData("server=db;database=collab;user id=collab;password=hush")]
    public void A_server_is_PostgreSQL_and_its_password_is_never_shown(string given)
    {
        var setting = HubDatabaseSetting.Parse(given);

        Assert.Equal((true, null, null, "PostgreSQL"), (setting.IsPostgres, setting.File, setting.StateFile, setting.ToString()));
    }

    [Theory]
    [InlineData("collab.db")]
    [InlineData("Database=collab")]
    [InlineData("Host=db;Colour=red")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file:collab.db?mode=memory")]
    [InlineData("Data Source=collab.db;Mode=Memory")]
    [InlineData("Data Source=collab.db;Password=hush")]
    public void Anything_else_is_refused_with_a_sentence_that_names_the_setting_and_shows_no_password(string given)
    {
        var refused = Assert.Throws<HubDatabaseException>(() => HubDatabaseSetting.Parse(given));

        Assert.StartsWith("The setting ConnectionStrings:Hub ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.Message, StringComparison.Ordinal);
    }
}
