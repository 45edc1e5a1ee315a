using System.Globalization;
using CalCities.Collab.Bench;

return args switch
{
    ["append"] => await Printed(Appends.Measure),
    ["circuits"] => await Printed(() => Circuits.Measure(Circuits.Usual, Circuits.MostPosts)),
    ["circuits", var pages] when Number(pages, Circuits.Fewest, Circuits.Most) is { } many => await Printed(() => Circuits.Measure(many, Circuits.MostPosts)),
    ["circuits", var pages, var posts] when Number(pages, Circuits.Fewest, Circuits.Most) is { } many && Number(posts, 1, Circuits.MostPosts) is { } each =>
        await Printed(() => Circuits.Measure(many, each)),
    ["ballots"] => await Printed(() => Ballots.Measure(Ballots.Usual, Ballots.UsualFollowers)),
    ["ballots", var electors, var followers] when Number(electors, Ballots.Fewest, Ballots.Most) is { } many && Number(followers, 0, many) is { } following =>
        await Printed(() => Ballots.Measure(many, following)),
    _ => Usage(),
};

static async Task<int> Printed(Func<Task> measure)
{
    Console.WriteLine(FormattableString.Invariant($"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, .NET {Environment.Version}, load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]} at the start."));
    await measure();
    return 0;
}

static int? Number(string text, int least, int most) =>
    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

static int Usage()
{
    Console.Error.WriteLine(FormattableString.Invariant($"""
        bench append                    commands a second beside raw appends; PostgreSQL too where COLLAB_TEST_POSTGRES names a cluster
        bench circuits [PAGES [POSTS]]  live pages of one thread, {Circuits.Fewest} to {Circuits.Most} pages ({Circuits.Usual}) with 1 to {Circuits.MostPosts} posts ({Circuits.MostPosts})
        bench ballots [ELECTORS FOLLOWERS]  one vote through the hub, {Ballots.Fewest} to {Ballots.Most} electors ({Ballots.Usual}), of whom some follow the tally ({Ballots.UsualFollowers})
        """));
    return 2;
}
