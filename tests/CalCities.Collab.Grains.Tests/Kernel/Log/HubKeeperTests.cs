using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CalCities.Collab.Accounts;
using CalCities.Collab.Bills;
using CalCities.Collab.Cities;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;
using CalCities.Collab.Testing;
using CalCities.Collab.Threads;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CalCities.Collab.Kernel.Log;

/// <summary>A hub whose members have debated a bill, stopped; and its archive.</summary>
public abstract class StoppedHub(string kind) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-archive-");

    public string Kind => kind;

    internal KeptDatabase Database { get; private set; } = null!;

    public string Archive => Path.Combine(folder.FullName, "hub.zip");

    public LogFindings Findings { get; private set; } = null!;

    /// <summary>What every table held when the archive was made: the audit tells of it afterwards.</summary>
    public IReadOnlyDictionary<string, string> Rows { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await KeptDatabase.New(kind);
        await using (var hub = await TestHub.Start(Database.ConnectionString))
            await Debate(hub);
        Findings = await Database.Keeper.Verify();
        Rows = await Database.Rows();
        await Database.Keeper.BackUp(Archive);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Database is not null)
            await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task Debate(TestHub hub)
    {
        var eq = await hub.Found("eq", "Environmental Quality");
        var chair = await hub.Join("eq-chair", "Mayor", "Davis", Duty.None, (eq, Role.Chair));
        var member = await hub.Join("eq-member-01", "Council Member", "Arcata", Duty.None, (eq, Role.Member));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("import"), SomeBills.Number.Id, new CommandId("observe"), new BillCommand.Observe(SomeBills.Observed)));
        var davis = CityId.OfName("Davis");
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), davis, new CommandId("davis"), new CityCommand.Register("Davis", "Yolo", new("sacramento-valley"))));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), davis, new CommandId("council"), new CityCommand.SizeBody(LocalBody.Council, 5)));
        Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(new Actor.Program("test"), chair, new CommandId("sit"), new MemberCommand.Sit(new(davis, LocalBody.Council))));
        var thread = new ThreadId("bins");
        await Say(chair, "open", new ThreadCommand.Open(eq, SomeBills.Number.Id, "Who pays for the bins?", Readers.GroupOnly));
        await Say(member, "1", new ThreadCommand.Post(new("p1"), null, null, Stance.For, "Rates:\n\\N\tfollow \\\\ costs — “ä” 🗳️", []));
        await Say(chair, "2", new ThreadCommand.Post(new("p2"), new("p1"), null, Stance.None, "Noted, @Council Member, Arcata", [member]));
        await hub.Grains.GetGrain<IDeskGrain>(member.Value).Keep(new Draft("thread/bins", 1, new("d"), new("p3"), "Not sent yet", Stance.None, null, null, []));
        await hub.CaughtUp();

        // What no slice writes yet.
        var text = Encoding.UTF8.GetBytes("The people of the State of California do enact as follows:");
        var anything = string.Concat(Enumerable.Range(1, 0x2000).Select(c => (char)c)) + "\\N \\. 🗳️";
        await hub.Services.GetRequiredService<IHubDatabase>().Write(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("insert into texts (hash, body) values (@hash, @text)", new { hash = Convert.ToHexStringLower(SHA256.HashData(text)), text }, transaction);
            await connection.ExecuteAsync("insert into audit (at, actor, action, detail) values (1, 'clerk', 'signed-in', @anything), (2, 'clerk', '', '')", new { anything }, transaction);
            await connection.ExecuteAsync("insert into data_protection_keys (name, xml) values ('key-1', '<key />')", transaction: transaction);
            await connection.ExecuteAsync("insert into refused_policy_commands (command, policy, stream, code, sentence, at) values ('when:1', 'when', 'thread/bins', 'NotOpen', 'It is closed.', 3)", transaction: transaction);
        });

        await hub.Services.GetRequiredService<IAccountBook>().Keep([(chair, "Mayor@davis.example"), (member, "council.member@arcata.example")]);
        await using var accounts = hub.Services.CreateAsyncScope();
        var manager = accounts.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await manager.FindByIdAsync(chair.Value))!;
        Assert.True((await manager.AddLoginAsync(account, new UserLoginInfo("https://league.example", "42", "League"))).Succeeded);
        Assert.True((await manager.AddOrUpdatePasskeyAsync(account, new([1, 0, 255], [2], DateTimeOffset.UnixEpoch, 1, ["internal"], true, true, false, [3], [4]) { Name = "A “phone”" })).Succeeded);
        await hub.Services.GetRequiredService<IOutbox>().Send(new(chair, "sign-in", "mayor@davis.example", "Sign in", "Here:\n\tlink", DateTimeOffset.MaxValue));

        async Task Say(MemberId who, string id, ThreadCommand command) =>
            Assert.IsType<Outcome.Recorded>(await hub.Door.Execute(who, thread, new CommandId(id), command));
    }
}

public sealed class StoppedSqliteHub() : StoppedHub("SQLite");

public sealed class StoppedPostgresHub() : StoppedHub("PostgreSQL");

/// <summary>Checking, backing up and restoring, from a database of the subclass's kind.</summary>
public abstract class HubKeeperContract(StoppedHub stopped)
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_hub_is_restored_with_all_that_it_held_into_an_empty_database_of_either_kind_and_goes_on_there(string kind)
    {
        await using var other = await KeptDatabase.New(kind);

        var restored = await other.Keeper.Restore(stopped.Archive, Ending);

        Assert.Equal((0L, null, IIndex.OfTheHub.Count(index => index != typeof(DueIndex))), (stopped.Findings.Faults, stopped.Findings.FirstFault, stopped.Findings.Lists));
        Assert.Equal(stopped.Findings.Events, restored.Events);
        Assert.Equal(stopped.Rows, await other.Rows());
        Assert.All(await other.Rows(), table => Assert.NotEmpty(table.Value));
        Assert.Equal(stopped.Findings with { Lists = 0, Seconds = 0 }, await other.Keeper.Verify(Ending) with { Seconds = 0 });
        await using (var hub = await TestHub.Start(other.ConnectionString))
        {
            await hub.CaughtUp();
            Assert.Equal([("bins", 2)], from row in (await hub.Services.GetRequiredService<ThreadQueries>().Of(new GroupId("eq"))).Rows select (row.Thread.Value, row.Posts));
            Assert.Equal(new MemberId("eq-chair"), (await hub.Services.GetRequiredService<IAccountBook>().MembersOf(["mayor@davis.example"], Ending))["mayor@davis.example"]);
            await using var accounts = hub.Services.CreateAsyncScope();
            Assert.Equal("A “phone”", (await accounts.ServiceProvider.GetRequiredService<UserManager<Account>>().GetPasskeysAsync(new Account { Id = "eq-chair" })).Single().Name);
            Assert.Equal("Not sent yet", (await hub.Grains.GetGrain<IDeskGrain>("eq-member-01").Draft("thread/bins"))?.Text);
            Assert.Equal(
                new Outcome.Recorded(4, restored.Events + 1),
                await hub.Door.Execute(new MemberId("eq-chair"), new ThreadId("bins"), new CommandId("3"), new ThreadCommand.Close()));
            await hub.CaughtUp();
            await hub.Services.GetRequiredService<IHubDatabase>().Write((connection, transaction) => connection.ExecuteAsync("insert into audit (at, actor, action, detail) values (3, 'clerk', '', '')", transaction: transaction), Ending);
        }

        Assert.Equal(stopped.Findings with { Events = restored.Events + 1, Head = restored.Events + 1, Seconds = 0 }, await other.Keeper.Verify(Ending) with { Seconds = 0 });
    }

    [Theory]
    [InlineData("update events set body = '{\"post\":\"p1\"}' where stream = 'thread/bins' and version = 2", "thread/bins, version 2 (position {0}) can't be read: ", 2)]
    [InlineData("update events set kind = 'members.unseated.v1', body = '{\"group\":\"eq\"}' where stream = 'thread/bins' and version = 2", "thread/bins, version 2 (position {0}) can't be folded: 'Unseated' is no kind of ThreadEvent.", 2)]
    [InlineData("update events set kind = 'threads.unheard-of.v1' where stream = 'thread/bins' and version = 3", "thread/bins, version 3 (position {0}) can't be read: 'threads.unheard-of.v1' is no kind of Object.", 3)]
    [InlineData("update events set actor = '{}' where stream = 'thread/bins' and version = 3", "thread/bins, version 3 (position {0}) can't be read: ", 3)]
    [InlineData("update events set time = 'yesterday' where stream = 'thread/bins' and version = 3", "thread/bins, version 3 (position {0}) can't be read: ", 3)]
    [InlineData("update events set version = 9 where stream = 'thread/bins' and version = 2; update events set version = 2 where stream = 'thread/bins' and version = 3; update events set version = 3 where stream = 'thread/bins' and version = 9", "thread/bins, version 3 (position {0}): the stream stood at version 1.", 2)]
    [InlineData("update events set stream = 'thread/fires', version = 1 where stream = 'thread/bins' and version = 3", "thread/fires, version 1 (position {0}) can't be folded: ", 3)]
    [InlineData("update events set stream = 'nowhere/bins', version = 1 where stream = 'thread/bins' and version = 3", "nowhere/bins, version 1 (position {0}) can't be folded: There is no aggregate called nowhere.", 3)]
    [InlineData("update events set command = 'another' where stream = 'bill/202520260AB9001' and part = 2", "bill/202520260AB9001, version 3 (position {0}): it is part 2 of the command another, and part 1 does not stand before it.", -3)]
    [InlineData("update events set fingerprint = substr(fingerprint, 1, 31) where stream = 'thread/bins' and version = 2", "thread/bins, version 2 (position {0}): part 0 of the command eq-member-01:1 has no fingerprint.", 2)]
    [InlineData("update head set position = position + 1", "The head stands at position {1}, but the last event at {2}.", 0)]
    [InlineData("update texts set hash = '0000000000000000000000000000000000000000000000000000000000000000'", "The text 0000000000000000000000000000000000000000000000000000000000000000 is not the one that was kept under this hash.", 0)]
    public async Task What_was_changed_behind_the_logs_back_is_found_and_named(string change, string named, int version)
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        await other.Keeper.Restore(stopped.Archive, Ending);
        var position = await PositionOf(other, version < 0 ? "bill/202520260AB9001" : "thread/bins", Math.Abs(version));

        await other.Tamper(change);

        var found = await other.Keeper.Verify(Ending);
        Assert.StartsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, named, position, stopped.Findings.Head + 1, stopped.Findings.Head), found.FirstFault, StringComparison.Ordinal);
        Assert.True(found.Faults >= 1);
    }

    [Fact]
    public async Task An_event_that_was_removed_is_missed_by_position_and_by_version_and_such_a_log_is_not_backed_up()
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        await other.Keeper.Restore(stopped.Archive, Ending);
        var position = await PositionOf(other, "thread/bins", 2);

        await other.Tamper("delete from events where stream = 'thread/bins' and version = 2");

        var found = await other.Keeper.Verify(Ending);
        Assert.Equal($"The log goes from position {position - 1} to {position + 1}.", found.FirstFault);
        Assert.Equal(stopped.Kind == "SQLite" ? 3 : 2, found.Faults);   // SQLite still knows its command
        var file = Path.Combine(Path.GetDirectoryName(stopped.Archive)!, $"{Guid.NewGuid():N}.zip");
        await Assert.ThrowsAsync<HubDatabaseException>(() => other.Keeper.BackUp(file, Ending));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Words_that_were_changed_to_others_that_can_be_read_do_not_fit_the_lists_that_were_made_of_them()
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        await other.Keeper.Restore(stopped.Archive, Ending);
        await using (var hub = await TestHub.Start(other.ConnectionString))
            await hub.CaughtUp();

        await other.Tamper("update events set body = replace(body, 'Noted', 'Never') where stream = 'thread/bins' and version = 3");

        var found = await other.Keeper.Verify(Ending);
        Assert.Equal(("The list threads_list is not what the log makes of it, at bins.", 2L), (found.FirstFault, found.Faults)); // and thread_mentions
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("a byte changed")]
    [InlineData("a part changed")]
    [InlineData("a row more than told")]
    [InlineData("a part missing")]
    [InlineData("a file more")]
    [InlineData("of a later format")]
    [InlineData("without a format")]
    [InlineData("no zip")]
    [InlineData("another zip")]
    [InlineData("not there")]
    public async Task An_archive_that_is_not_whole_is_refused_and_nothing_is_written(string how)
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        using var bad = new BadArchive(stopped.Archive, how);

        await Assert.ThrowsAsync<ArchiveException>(() => other.Keeper.Restore(bad.File, Ending));

        Assert.True(await other.IsUntouched());
    }

    [Theory]
    [InlineData(10_000, int.MaxValue)]
    [InlineData(long.MaxValue / 2, 3_000)]
    public async Task An_archive_that_unpacks_to_more_than_a_hub_can_hold_is_refused_and_no_such_one_is_made(long maxBytes, int maxLineBytes)
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        var limits = new ArchiveLimits(maxBytes, maxLineBytes);

        await Assert.ThrowsAsync<ArchiveException>(() => new HubKeeper(other.Setting, TimeProvider.System, limits).Restore(stopped.Archive, Ending));

        Assert.True(await other.IsUntouched());
        var file = Path.Combine(Path.GetDirectoryName(stopped.Archive)!, $"{Guid.NewGuid():N}.zip");
        await Assert.ThrowsAsync<ArchiveException>(() => new HubKeeper(stopped.Database.Setting, TimeProvider.System, limits).BackUp(file, Ending));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}*"));
    }

    [Theory]
    [InlineData("a gap, well told")]
    [InlineData("a row with a field more, well told")]
    [InlineData("a row with a field less, well told")]
    public async Task A_log_that_no_hub_can_have_is_not_restored_however_well_its_archive_is_made(string how)
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        using var bad = new BadArchive(stopped.Archive, how);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => other.Keeper.Restore(bad.File, Ending));

        Assert.True(refused is ArchiveException or HubDatabaseException, refused.ToString());
        Assert.All(await other.Rows(), table => Assert.Empty(table.Value));
        Assert.Equal(stopped.Findings.Events, (await other.Keeper.Restore(stopped.Archive, Ending)).Events);
    }

    [Fact]
    public async Task A_database_that_has_a_log_already_stays_as_it_is()
    {
        await using var other = await KeptDatabase.New(stopped.Kind);
        await using (var hub = await TestHub.Start(other.ConnectionString))
            await hub.Found("cs", "Community Services");
        var before = await other.Rows();

        var refused = await Assert.ThrowsAsync<HubDatabaseException>(() => other.Keeper.Restore(stopped.Archive, Ending));

        Assert.Contains(" has a log already, and it stays as it is", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await other.Rows());
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task An_archive_is_its_owners_alone_and_takes_no_other_files_place()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(stopped.Archive));
        var before = await File.ReadAllBytesAsync(stopped.Archive, Ending);

        var refused = await Assert.ThrowsAsync<ArchiveException>(() => stopped.Database.Keeper.BackUp(stopped.Archive, Ending));

        Assert.StartsWith($"There is a file {stopped.Archive} already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(stopped.Archive, Ending));
    }

    [Fact]
    public async Task A_backup_that_is_cut_off_leaves_no_file()
    {
        var folder = Directory.CreateTempSubdirectory("collab-cut-");
        using var cut = new CancellationTokenSource();
        await using var whole = await WholeDatabase.Read(stopped.Database.Setting, Ending);

        // The first byte that reaches the disk ends it.
        using var watch = new FileSystemWatcher(folder.FullName) { EnableRaisingEvents = true };
        watch.Created += (_, _) => cut.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
            {
                var file = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.zip");
                await Archive.Write(whole, file, stopped.Findings.Head, DateTimeOffset.UnixEpoch, ArchiveLimits.Default, cut.Token);
                File.Delete(file);
            }
        });

        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }

    /// <summary>A new table is either carried by an archive or can be made again: whoever adds one says which.</summary>
    [Fact]
    public async Task Every_table_is_archived_with_all_its_columns_or_made_again()
    {
        string[] madeAgain =
        [
            "head", "commands",   // by the events
            "schemaversions", "orleansquery",   // by the migrations
            "cluster_versions", "cluster_members",   // by the hosts that run
            "due",   // by the feed, like the indexes without rules of their own:
            .. IIndex.OfTheHub.Where(type => type != typeof(DueIndex)).SelectMany(type => ((IIndex)Activator.CreateInstance(type)!).Tables),
        ];
        List<string> columns = [];
        if (stopped.Kind == "SQLite")
        {
            foreach (var file in new[] { stopped.Database.Setting.File!, stopped.Database.Setting.StateFile! })
            {
                await using var connection = SqliteFile.Open(file, "pragma query_only = on");
                columns.AddRange(await connection.QueryAsync<string>("select t.name || '.' || c.name from pragma_table_list t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'"));
            }
        }
        else
        {
            await using var connection = await stopped.Database.Connect();
            columns.AddRange(await connection.QueryAsync<string>("select table_name || '.' || column_name from information_schema.columns join information_schema.tables using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE'"));
        }

        Assert.Equal(
            (from table in ArchivedTable.All from column in table.Columns select $"{table.Name}.{column}").Order(),
            from column in columns where !madeAgain.Contains(column.Split('.')[0].ToLowerInvariant()) orderby column select column);
    }

    private static async Task<long> PositionOf(KeptDatabase database, string stream, int version)
    {
        await using var connection = await database.Connect();
        return await connection.ExecuteScalarAsync<long>("select position from events where stream = @stream and version = @version", new { stream, version });
    }

    /// <summary>A copy of an archive that something has happened to.</summary>
    private sealed class BadArchive : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("collab-bad-");

        public BadArchive(string good, string how)
        {
            System.IO.File.Copy(good, File);
            switch (how)
            {
                case "cut off":
                    Bytes(bytes => bytes[..^200]);
                    break;
                case "a byte changed":
                    Bytes(bytes =>
                    {
                        bytes[bytes.Length / 3] ^= 1;
                        return bytes;
                    });
                    break;
                case "no zip":
                    Bytes(_ => "SQLite format 3\0"u8.ToArray());
                    break;
                case "not there":
                    System.IO.File.Delete(File);
                    break;
                case "another zip":
                    System.IO.File.Delete(File);
                    using (var zip = ZipFile.Open(File, ZipArchiveMode.Create))
                        zip.CreateEntry("BILL_TBL.dat");
                    break;
                case "a part missing":
                    Zip(zip => zip.GetEntry("texts.tsv")!.Delete());
                    break;
                case "a file more":
                    Zip(zip => zip.CreateEntry("../events.tsv"));
                    break;
                case "of a later format":
                    Zip(zip => Manifest(zip, manifest => manifest["format"] = 2));
                    break;
                case "without a format":
                    Zip(zip => Manifest(zip, manifest => manifest.Remove("format")));
                    break;
                case "a part changed":
                    Zip(zip => Part(zip, "events.tsv", text => text.Replace("Noted", "Never", StringComparison.Ordinal), told: false));
                    break;
                case "a row more than told":
                    Zip(zip => Part(zip, "events.tsv", text => text + text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)], told: false));
                    break;
                case "a gap, well told":
                    Zip(zip => Part(zip, "events.tsv", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], told: true));
                    break;
                case "a row with a field more, well told":
                    Zip(zip => Part(zip, "data_protection_keys.tsv", text => text.Replace("\n", "\tmore\n", StringComparison.Ordinal), told: true));
                    break;
                case "a row with a field less, well told":
                    Zip(zip => Part(zip, "data_protection_keys.tsv", text => text + "key-2\n", told: true));
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(how), how, null);
            }
        }

        public string File => Path.Combine(folder.FullName, "hub.zip");

        public void Dispose() => folder.Delete(recursive: true);

        private void Bytes(Func<byte[], byte[]> change) => System.IO.File.WriteAllBytes(File, change(System.IO.File.ReadAllBytes(File)));

        private void Zip(Action<ZipArchive> change)
        {
            using var zip = ZipFile.Open(File, ZipArchiveMode.Update);
            change(zip);
        }

        private static void Part(ZipArchive zip, string name, Func<string, string> change, bool told)
        {
            var changed = Encoding.UTF8.GetBytes(change(Text(zip, name)));
            Replace(zip, name, changed);
            if (told)
                Manifest(zip, manifest =>
                {
                    var part = manifest["parts"]!.AsArray().Single(part => (string)part!["name"]! == name)!;
                    (part["rows"], part["bytes"], part["sha256"]) = (changed.Count(b => b == '\n'), changed.Length, Convert.ToHexStringLower(SHA256.HashData(changed)));
                });
        }

        private static void Manifest(ZipArchive zip, Action<JsonObject> change)
        {
            var manifest = JsonNode.Parse(Text(zip, "manifest.json"))!.AsObject();
            change(manifest);
            Replace(zip, "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        }

        private static string Text(ZipArchive zip, string name)
        {
            using var content = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
            return content.ReadToEnd();
        }

        private static void Replace(ZipArchive zip, string name, byte[] bytes)
        {
            zip.GetEntry(name)!.Delete();
            using var content = zip.CreateEntry(name).Open();
            content.Write(bytes);
        }
    }
}

public sealed class HubKeeperOnSqliteTests(StoppedSqliteHub stopped) : HubKeeperContract(stopped), IClassFixture<StoppedSqliteHub>
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_is_known_otherwise_than_its_event_says_is_named()
    {
        await using var other = await KeptDatabase.New("SQLite");
        await other.Keeper.Restore(stopped.Archive, Ending);

        await other.Tamper("delete from commands where command = 'eq-member-01:1'");

        Assert.StartsWith("The command eq-member-01:1 of thread/bins ", (await other.Keeper.Verify(Ending)).FirstFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_a_fault_and_no_crash()
    {
        await using var other = await KeptDatabase.New("SQLite");
        await other.Keeper.Restore(stopped.Archive, Ending);
        var bytes = await File.ReadAllBytesAsync(other.Setting.File!, Ending);
        bytes.AsSpan(bytes.Length / 4, bytes.Length / 2).Fill(0xA5);
        await File.WriteAllBytesAsync(other.Setting.File!, bytes, Ending);

        try
        {
            Assert.NotEqual(0, (await other.Keeper.Verify(Ending)).Faults);
        }
        catch (HubDatabaseException)
        {
            // So damaged that it doesn't open.
        }
    }

    [Fact]
    public async Task A_database_that_a_hub_has_open_is_left_to_it_and_one_that_is_not_there_is_not_made()
    {
        await using var other = await KeptDatabase.New("SQLite");
        var nothing = await Assert.ThrowsAsync<HubDatabaseException>(() => other.Keeper.Verify(Ending));
        Assert.StartsWith("There is no database ", nothing.Message, StringComparison.Ordinal);
        Assert.True(await other.IsUntouched());
        await using var hub = await TestHub.Start(other.ConnectionString);

        foreach (var asked in new Func<Task>[] { () => other.Keeper.Verify(Ending), () => other.Keeper.BackUp(stopped.Archive + "2", Ending), () => other.Keeper.Restore(stopped.Archive, Ending) })
            Assert.StartsWith("Another program has the database ", (await Assert.ThrowsAsync<HubDatabaseException>(asked)).Message, StringComparison.Ordinal);
    }
}

public sealed class HubKeeperOnPostgresTests(StoppedPostgresHub stopped) : HubKeeperContract(stopped), IClassFixture<StoppedPostgresHub>
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_checked_and_backed_up_beside_a_running_hub_and_restored_only_where_none_runs()
    {
        await using var other = await KeptDatabase.New("PostgreSQL");
        var file = stopped.Archive + "-beside";
        await using (var hub = await TestHub.Start(other.ConnectionString))
        {
            Assert.StartsWith("A host runs on this database", (await Assert.ThrowsAsync<HubDatabaseException>(() => other.Keeper.Restore(stopped.Archive, Ending))).Message, StringComparison.Ordinal);

            var founding = Task.WhenAll(Enumerable.Range(1, 200).Select(i => hub.Found($"group-{i}", $"Group {i}")));
            while (!founding.IsCompleted)
                Assert.Null((await other.Keeper.Verify(Ending)).FirstFault);
            await founding;
            Assert.Equal(200, (await other.Keeper.BackUp(file, Ending)).Events);
        }

        await Assert.ThrowsAsync<HubDatabaseException>(() => other.Keeper.Restore(file, Ending));
    }

    [Fact]
    public async Task A_database_without_the_hubs_tables_is_told_so_and_stays_as_it_is()
    {
        await using var other = await KeptDatabase.New("PostgreSQL");

        await Assert.ThrowsAsync<HubDatabaseException>(() => other.Keeper.Verify(Ending));

        Assert.True(await other.IsUntouched());
    }
}
