using System.Reflection;
using System.Text;
using CalCities.Collab.Groups;
using CalCities.Collab.Members;
using CalCities.Collab.Threads;

namespace CalCities.Collab.Kernel;

public sealed class RightsTableTests
{
    private static readonly RightsTable Rights = RightsTable.OfTheDomain;
    private static readonly GroupId Eq = new("eq");

    [Fact]
    public void Every_command_stands_in_the_table() =>
        Assert.Empty(from type in typeof(ICommand).Assembly.GetTypes()
                     where typeof(ICommand).IsAssignableFrom(type) && type is { IsAbstract: false }
                     let kind = Kinds.OfTheHub.NameOf(System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))
                     where Rights.Of(kind).IsEmpty
                     select kind);

    [Fact]
    public void Every_view_stands_in_the_table() =>
        Assert.Empty(from type in typeof(ICommand).Assembly.GetTypes()
                     where type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ISight<,>))
                     let stream = (string)type.GetProperty(nameof(ThreadSight.StreamType), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
                     where Rights.Of($"see {stream}").IsEmpty
                     select stream);

    [Fact]
    public void Every_act_of_the_domain_is_a_command_or_a_view() =>
        Assert.Empty(from act in Rights.Rows.SelectMany(row => row.Acts)
                     where !act.StartsWith("see ", StringComparison.Ordinal) && Kinds.OfTheHub.TypeOf<ICommand>(act) is null
                     select act);

    [Fact]
    public void Who_is_nobody_in_a_row_may_not_and_who_is_never_may_not_whatever_else_they_are()
    {
        var right = new Right("any", ActorKinds.Chair | ActorKinds.Staff, KernelRefusals.NoStanding, "x.y") { Never = ActorKinds.Admin };

        Assert.Null(right.Against(ActorKinds.Chair | ActorKinds.BoardMember));
        Assert.Equal(KernelRefusals.NoStanding, right.Against(ActorKinds.Nobody));
        Assert.Equal(KernelRefusals.NoStanding, right.Against(ActorKinds.Member));
        Assert.Equal(KernelRefusals.NoStanding, right.Against(ActorKinds.Chair | ActorKinds.Admin));
    }

    public static TheoryData<Duty, Role?, ActorKinds> People => new()
    {
        { Duty.None, Role.Member, ActorKinds.Member },
        { Duty.None, Role.Chair, ActorKinds.Chair },
        { Duty.None, Role.ViceChair, ActorKinds.ViceChair },
        { Duty.None, Role.Alternate, ActorKinds.AlternateUnseated },
        { Duty.None, Role.SeatedAlternate, ActorKinds.AlternateSeated },
        { Duty.None, Role.Partner, ActorKinds.Partner },
        { Duty.None, Role.Guest, ActorKinds.GuestSpeaker },
        { Duty.None, Role.Clerk, ActorKinds.CommitteeClerk },
        { Duty.None, Role.Delegate, ActorKinds.Delegate },
        { Duty.None, null, ActorKinds.OtherMember },
        { Duty.CityClerk, null, ActorKinds.OtherMember },
        { Duty.CityClerk, Role.Member, ActorKinds.Member },
        { Duty.Staff, null, ActorKinds.Staff },
        { Duty.Clerk, null, ActorKinds.CommitteeClerk },
        { Duty.Admin, null, ActorKinds.Admin },
        { Duty.Admin, Role.Chair, ActorKinds.Admin | ActorKinds.Chair },
        { Duty.Follower, null, ActorKinds.Follower },
    };

    [Theory, MemberData(nameof(People))]
    public void What_someone_is_to_a_group_follows_from_duty_and_seat(Duty duty, Role? role, ActorKinds kinds)
    {
        var standing = new Standing("Mayor", "Davis", duty, role is { } held ? [new Seat(Eq, held)] : []);

        Assert.Equal(kinds, standing.To(Eq));
        Assert.Equal(kinds | ActorKinds.BoardMember, (standing with { Seats = standing.Seats.Add(new Seat(new GroupId("board"), Role.Member)) }).To(Eq));
    }

    [Fact]
    public void A_guest_of_the_Board_is_no_director() =>
        Assert.Equal(ActorKinds.Nobody, Relations.Of(new Standing("Mayor", "Davis", Duty.None, [new Seat(new GroupId("board"), Role.Guest)])));

    /// <summary>The table as people read it. It is made of the rows, and held to them.</summary>
    [Fact]
    public void The_table_in_the_documents_is_the_table_in_the_code()
    {
        var file = Path.Combine(Repository.Root, "docs", "rights.md");
        var text = new StringBuilder("# Rights\n\nWho may do what, as the code has it (`…Rights.cs`); written by `COLLAB_WRITE_GOLDEN=1 ./test.sh Domain -class '*RightsTableTests'`. "
            + "What is not here, nobody may do. A program with a token needs its owner's right beside its own.\n\n| act | state | who may | never | everyone else hears |\n|---|---|---|---|---|\n");
        foreach (var row in Rights.Rows)
        {
            var never = row.Never == ActorKinds.Nobody ? "" : row.Never.ToString();
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {string.Join("<br>", row.Acts)} | {row.State} | {Words(row.May)} | {never} | {row.Otherwise.Sentence} |\n");
        }

        if (Environment.GetEnvironmentVariable("COLLAB_WRITE_GOLDEN") is "1")
            File.WriteAllText(file, text.ToString());
        Assert.Equal(text.ToString(), File.ReadAllText(file));
    }

    private static string Words(ActorKinds may)
    {
        var everyone = (may & Relations.Everyone) == Relations.Everyone;
        var rest = everyone ? may & ~Relations.Everyone : may;
        return string.Join(", ", new[] { everyone ? "everyone with an account" : null, rest == ActorKinds.Nobody && everyone ? null : rest.ToString() }.OfType<string>());
    }
}
