using System.Collections.Immutable;
using System.Reflection;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;

namespace CalCities.Collab.Architecture;

/// <summary>Web → Grains → Domain, nothing back, and no slice inside another (DESIGN §2).</summary>
public sealed class LayersTests
{
    private static readonly Assembly Domain = typeof(Kinds).Assembly;
    private static readonly Assembly Grains = typeof(IDoor).Assembly;
    private static readonly Assembly Web = Assembly.Load("CalCities.Collab.Web");

    [Fact]
    public void The_domain_rests_on_the_base_library_and_Orleans_attributes_and_serializers_alone() =>
        Assert.All(References(Domain), name => Assert.True(
            name.StartsWith("System", StringComparison.Ordinal)
            || name is "Orleans.Core.Abstractions" or "Orleans.Serialization" or "Orleans.Serialization.Abstractions", name));

    [Fact]
    public void The_grains_rest_on_the_domain_and_know_nothing_of_pages() =>
        Assert.DoesNotContain(References(Grains), name =>
            name is "CalCities.Collab.Web" or "MudBlazor"
            || name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal));

    [Fact]
    public void Pages_reach_no_database_but_through_the_grains() =>
        Assert.DoesNotContain(References(Web), name => name is "Dapper" or "Npgsql" or "Microsoft.Data.Sqlite" or "dbup-core");

    [Fact]
    public void Grain_classes_are_internal_and_sealed() =>
        Assert.Empty(from type in Grains.GetTypes()
                     where typeof(Grain).IsAssignableFrom(type) && type is not { IsVisible: false, IsSealed: true } and not { IsVisible: false, IsAbstract: true }
                     select type.FullName);

    /// <summary>
    /// A slice names another's ids, and its facts (what Tell gives and deciders read) with the values that they are made of.
    /// Whoever follows another slice's events names those too: a policy, which answers them with commands of its own (called …When…, or an
    /// IPolicy), and an index, which lists across streams (an IIndex).
    /// The kernel is every slice's, and is held to the same rule. So are the rules of voting: arithmetic and rules of order, which record nothing and
    /// decide about no stream, and which every slice that takes a vote must count alike.
    /// </summary>
    [Fact]
    public void A_slice_names_only_the_ids_and_facts_of_others_and_their_events_where_it_follows_them() =>
        Assert.Empty(from type in new[] { Domain, Grains }.SelectMany(Naming.TypesOf)
                     from named in Naming.NamedBy(type)
                     where SliceOf(named) is not "Kernel" and not "Voting" && !SliceOf(named).Equals(SliceOf(type), StringComparison.Ordinal)
                           && !Told.Contains(named) && !(Follows(type) && Happened.Contains(named))
                     select $"{type.FullName} names {named.FullName}");

    [Fact]
    public void The_rules_of_voting_name_no_slice() =>
        Assert.Empty(from type in Naming.TypesOf(Domain)
                     where SliceOf(type) is "Voting"
                     from named in Naming.NamedBy(type)
                     where SliceOf(named) is not "Kernel" and not "Voting"
                     select $"{type.FullName} names {named.FullName}");

    [Fact]
    public void What_a_type_names_is_read_from_its_statements_too()
    {
        Assert.Contains(typeof(GroupEvent), Naming.NamedBy(typeof(StandWhenSeated)));
        Assert.Contains(typeof(GroupKind), Told);
        Assert.DoesNotContain(typeof(GroupEvent), Told);
        Assert.DoesNotContain(typeof(GroupDecider), Told.Union(Happened));
    }

    /// <summary>Ids and facts, with all that is reached through their properties.</summary>
    private static ImmutableHashSet<Type> Told { get; } = Reached(from type in Domain.GetTypes()
                                                                  where IsId(type) || typeof(Fact).IsAssignableFrom(type)
                                                                  select type);

    /// <summary>Events, with all that is reached through their properties.</summary>
    private static ImmutableHashSet<Type> Happened { get; } = Reached(from type in Domain.GetTypes()
                                                                      where Naming.Outermost(type).Name.EndsWith("Event", StringComparison.Ordinal)
                                                                      select type);

    private static bool IsId(Type type) => type.IsValueType && type.Name.EndsWith("Id", StringComparison.Ordinal);

    private static bool Follows(Type type) =>
        type.Name.Contains("When", StringComparison.Ordinal)
        || type.GetInterfaces().Any(face => face.Name is "IIndex")
        || type.GetInterfaces().Any(face => face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(IPolicy<,>) || face.GetGenericTypeDefinition() == typeof(IDeadline<,>)));

    /// <summary>CalCities.Collab.Kernel.Log is the kernel's.</summary>
    private static string SliceOf(Type type) => type.Namespace!.Split('.') is [_, _, var slice, ..] ? slice : "";

    private static ImmutableHashSet<Type> Reached(IEnumerable<Type> from)
    {
        var reached = new HashSet<Type>();
        var next = new Queue<Type>(from);
        while (next.TryDequeue(out var type))
        {
            if (type.Assembly == Domain && reached.Add(type))
            {
                foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    Unfold(property.PropertyType, next);
                }

                // An abstract record is all the records that it may be.
                foreach (var kind in type.IsAbstract ? type.GetNestedTypes() : [])
                {
                    next.Enqueue(kind);
                }
            }
        }

        return [.. reached];
    }

    private static void Unfold(Type type, Queue<Type> next)
    {
        next.Enqueue(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
        foreach (var argument in type.GetGenericArguments())
        {
            Unfold(argument, next);
        }
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
