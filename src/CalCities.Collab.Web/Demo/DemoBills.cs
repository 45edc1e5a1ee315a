using System.Collections.Immutable;
using System.Globalization;
using CalCities.Collab.Bills;

namespace CalCities.Collab.Demo;

/// <summary>
/// Real bills of the 2025-26 session that cities care for, in different stages, each as it stood on its last day here. Steps that
/// aren't known for sure are left out; an extract of the Legislature of a later day replaces what is told here.
/// </summary>
internal static class DemoBills
{
    public static ImmutableArray<BillObservation> All { get; } =
    [
        new Chronicle("SB", 79, "Housing development: transit-oriented development.", [new("Wiener", 11)])
            .Introduced("2025-01-15").Referred("2025-01-29", Before.SenateRules).Amended("2025-03-05", 98, Before.SenateRules)
            .DoPass("2025-04-22", Before.SenateLocalGovernment).DoPass("2025-04-30", Before.SenateAppropriations).DoPass("2025-05-23", null)
            .Passed("2025-06-03", 21, 13)
            .DoPass("2025-07-02", Before.AssemblyLocalGovernment).DoPass("2025-07-16", Before.AssemblyAppropriations).DoPass("2025-08-29", null)
            .PassedAsAmended("2025-09-11", 43, 19).Concurred("2025-09-12", 21, 8)
            .Chaptered("2025-10-10", "512"),

        new Chronicle("SB", 346, "Local agencies: transient occupancy taxes: short-term rental facilitator.", [new("Durazo", 26)])
            .Introduced("2025-02-12").Referred("2025-02-19", Before.SenateLocalGovernment, Before.SenateJudiciary)
            .DoPass("2025-05-07", null, 12, 0).SecondReading("2025-05-08")
            .Passed("2025-05-27", 38, 0)
            .Referred("2025-06-05", Before.AssemblyLocalGovernment, Before.AssemblyJudiciary)
            .DoPass("2025-07-03", Before.AssemblyJudiciary, 9, 0)
            .DoPass("2025-07-16", null, 11, 0).SecondReading("2025-07-17")
            .PassedAsAmended("2025-08-29", 64, 0).Concurred("2025-09-02", 40, 0)
            .ToGovernor("2025-09-09").Chaptered("2025-10-13", "751"),

        new Chronicle("SB", 63, "San Francisco Bay area: local revenue measure: public transit funding.", [new("Wiener", 11), new("Arreguín", 7)])
            .Introduced("2025-01-09").Referred("2025-01-29", Before.SenateRules).Amended("2025-03-25", 98, Before.SenateRules)
            .DoPass("2025-04-28", Before.SenateAppropriations).Amended("2025-04-29", 97, Before.SenateAppropriations)
            .DoPass("2025-05-23", null).AmendedOnFloor("2025-05-23", 96)
            .Passed("2025-06-02")
            .DoPass("2025-07-08", Before.AssemblyRevenue).Amended("2025-07-09", 95, Before.AssemblyRevenue)
            .DoPass("2025-07-15", Before.AssemblyAppropriations, 4, 1)
            .AmendedOnFloor("2025-09-03", 94).AmendedOnFloor("2025-09-04", 93).AmendedOnFloor("2025-09-09", 92)
            .PassedAsAmended("2025-09-12").Concurred("2025-09-13")
            .Enrolled("2025-09-17", 91).Chaptered("2025-10-13", "740", 90),

        new Chronicle("AB", 648, "Community colleges: housing: local zoning regulations: exemption.", [new("Zbur", 51)])
            .Introduced("2025-02-13").Referred("2025-03-03", Before.AssemblyHigherEducation, Before.AssemblyLocalGovernment)
            .DoPass("2025-03-19", Before.AssemblyLocalGovernment)
            .DoPass("2025-05-01", null, 9, 0).AmendedOnFloor("2025-05-05", 98).SecondReading("2025-05-06")
            .Passed("2025-05-27", 63, 5)
            .Referred("2025-06-04", Before.SenateEducation, Before.SenateLocalGovernment)
            .DoPass("2025-06-18", Before.SenateLocalGovernment, 6, 1)
            .DoPass("2025-07-16", null, 5, 2).AmendedOnFloor("2025-07-17", 97).AmendedOnFloor("2025-09-02", 96).SecondReading("2025-09-03")
            .PassedAsAmended("2025-09-08", 31, 5).Concurred("2025-09-10", 61, 8)
            .ToGovernor("2025-09-22").Chaptered("2025-10-06", "378", 94),

        new Chronicle("AB", 1018, "Automated decision systems.", [new("Bauer-Kahan", 16)])
            .Introduced("2025-02-20").Referred("2025-03-10", Before.AssemblyPrivacy, Before.AssemblyJudiciary).Amended("2025-04-10", 98, Before.AssemblyPrivacy)
            .DoPass("2025-04-23", Before.AssemblyJudiciary)
            .DoPass("2025-04-30", Before.AssemblyAppropriations).Amended("2025-05-01", 97, Before.AssemblyAppropriations)
            .Suspense("2025-05-14").DoPass("2025-05-23", null)
            .Passed("2025-06-02").Referred("2025-06-11", Before.SenateJudiciary).Amended("2025-07-03", 96, Before.SenateJudiciary)
            .DoPass("2025-07-16", Before.SenateAppropriations, 11, 2).Amended("2025-07-17", 95, Before.SenateAppropriations).Suspense("2025-08-18")
            .DoPass("2025-08-29", null, 5, 2).SecondReading("2025-08-29")
            .AmendedOnFloor("2025-09-05", 94).SecondReading("2025-09-08").ToInactive("2025-09-13"),

        new Chronicle("SB", 239, "Open meetings: teleconferencing: subsidiary body.", [new("Arreguín", 7)])
            .Introduced("2025-01-30").Referred("2025-02-14", Before.SenateLocalGovernment, Before.SenateJudiciary)
            .DoPass("2025-04-03", Before.SenateJudiciary)
            .Passed("2026-01-27"),

        new Chronicle("SB", 569, "Department of Transportation: homeless encampments.", [new("Blakespear", 38)])
            .Introduced("2025-02-20").Referred("2025-03-05", Before.SenateTransportation).Amended("2025-04-21", 98, Before.SenateTransportation)
            .DoPass("2025-04-23", Before.SenateAppropriations, 15, 0).Suspense("2025-05-05")
            .DoPass("2025-05-23", null, 5, 1).SecondReading("2025-05-23")
            .Passed("2025-06-04", 38, 0)
            .Referred("2025-06-16", Before.AssemblyTransportation).Postponed("2025-07-14"),

        new Chronicle("SB", 594, "Waste discharge permits: landfills.", [new("Padilla", 18)])
            .Introduced("2025-02-20").Referred("2025-03-05", Before.SenateEnvironmentalQuality).Amended("2025-03-24", 98, Before.SenateEnvironmentalQuality)
            .DoPass("2025-04-03", Before.SenateAppropriations, 5, 0).DoPass("2025-04-21", null).SecondReading("2025-04-22")
            .Passed("2025-06-02", 27, 9)
            .Referred("2025-06-09", Before.AssemblyToxics, Before.AssemblyNaturalResources).Amended("2025-06-24", 97, Before.AssemblyToxics)
            .Canceled("2025-07-01"),

        new Chronicle("AB", 306, "Building regulations: state building standards.", [new("Schultz", 44), new("Rivas", 29)])
            .Introduced("2025-01-23").Referred("2025-02-18", Before.AssemblyHousing).Amended("2025-03-05", 98, Before.AssemblyHousing),

        new Chronicle("SB", 72, "The California Water Plan: long-term supply targets.", [new("Caballero", 14)])
            .Introduced("2025-01-15").Referred("2025-01-29", Before.SenateNaturalResources).Amended("2025-03-05", 98, Before.SenateNaturalResources),

        new Chronicle("AB", 2002, "Local government assistance: Regional Early Action Planning Fund.", [new("Solache", 62)])
            .Introduced("2026-02-17"),

        new Chronicle("AB", 2443, "Telephone corporations: carriers of last resort.", [new("McKinnor", 61)])
            .Introduced("2026-02-20"),
    ];
}

/// <summary>Someone who leads a bill: the name that the Legislature uses, and the district in the house where the bill began.</summary>
internal sealed record Lead(string Name, int District);

/// <summary>A committee: its code and name in the Legislature's extract, and its short form in the history.</summary>
internal sealed record Before(string Code, string House, string Name, string Short)
{
    public static readonly Before AssemblyAppropriations = new("CX25", "Assembly", "Appropriations", "APPR.");
    public static readonly Before AssemblyHigherEducation = new("CX09", "Assembly", "Higher Education", "HIGHER ED.");
    public static readonly Before AssemblyHousing = new("CX10", "Assembly", "Housing and Community Development", "H. & C.D.");
    public static readonly Before AssemblyJudiciary = new("CX13", "Assembly", "Judiciary", "JUD.");
    public static readonly Before AssemblyLocalGovernment = new("CX15", "Assembly", "Local Government", "L. GOV.");
    public static readonly Before AssemblyNaturalResources = new("CX16", "Assembly", "Natural Resources", "NAT. RES.");
    public static readonly Before AssemblyPrivacy = new("CX32", "Assembly", "Privacy and Consumer Protection", "P. & C.P.");
    public static readonly Before AssemblyRevenue = new("CX19", "Assembly", "Revenue and Taxation", "REV. & TAX.");
    public static readonly Before AssemblyToxics = new("CX05", "Assembly", "Environmental Safety and Toxic Materials", "E.S. & T.M.");
    public static readonly Before AssemblyTransportation = new("CX22", "Assembly", "Transportation", "TRANS.");
    public static readonly Before SenateAppropriations = new("CS61", "Senate", "Appropriations", "APPR.");
    public static readonly Before SenateEducation = new("CS44", "Senate", "Education", "ED.");
    public static readonly Before SenateEnvironmentalQuality = new("CS64", "Senate", "Environmental Quality", "E.Q.");
    public static readonly Before SenateJudiciary = new("CS53", "Senate", "Judiciary", "JUD.");
    public static readonly Before SenateLocalGovernment = new("CS82", "Senate", "Local Government", "L. GOV.");
    public static readonly Before SenateNaturalResources = new("CS55", "Senate", "Natural Resources and Water", "N.R. & W.");
    public static readonly Before SenateRules = new("CS58", "Senate", "Rules", "RLS.");
    public static readonly Before SenateTransportation = new("CS59", "Senate", "Transportation", "TRANS.");
}

/// <summary>A bill's life told step by step, in the forms that the Legislature's history uses; it ends as the observation that an extract of the last day would have given.</summary>
internal sealed class Chronicle(string measure, int number, string subject, ImmutableArray<Lead> leads)
{
    private readonly BillNumber bill = new("20252026", 0, measure, number);
    private readonly ImmutableArray<BillAction>.Builder history = ImmutableArray.CreateBuilder<BillAction>();
    private readonly ImmutableArray<BillVersion>.Builder prints = ImmutableArray.CreateBuilder<BillVersion>();
    private readonly HashSet<Before> committees = [];
    private string house = measure[0] == 'S' ? "Senate" : "Assembly";
    private string print = "Introduced";
    private Chapter? chapter;

    private string OtherHouse => house == "Senate" ? "Assembly" : "Senate";

    public static implicit operator BillObservation(Chronicle told) => told.Observed();

    public Chronicle Introduced(string date) => house == "Senate"
        ? Printed(date, 99, "Introduced", "INT").Then(date, "Introduced. To Com. on RLS. for assignment. To print.", "Rules", null, "Pending Referral")
        : Printed(date, 99, "Introduced", "INT").Then(date, "Read first time. To print.", "Desk", null, "Pending Referral");

    public Chronicle Referred(string date, params ReadOnlySpan<Before> to) =>
        InCommittee(date, to is [var first, var second] ? $"Referred to Coms. on {first.Short} and {second.Short}" : $"Referred to Com. on {to[0].Short}", to[0]);

    /// <summary>From a committee to the next one, or to the floor.</summary>
    public Chronicle DoPass(string date, Before? to, int? ayes = null, int? noes = null) => to is null
        ? Then(date, $"From committee: Do pass.{Tally(ayes, noes)}", "Floor", "Second Reading", "In Floor Process")
        : InCommittee(date, $"From committee: Do pass and re-refer to Com. on {to.Short}{Tally(ayes, noes)}", to);

    /// <summary>A new print, back to the committee.</summary>
    public Chronicle Amended(string date, int order, Before to) =>
        Printed(date, order, $"Amended {house}", "AMD").InCommittee(date, $"Read second time and amended. Re-referred to Com. on {to.Short}", to);

    public Chronicle AmendedOnFloor(string date, int order) =>
        Printed(date, order, $"Amended {house}", "AMD").Then(date, "Read and amended. Ordered to second reading.", "Floor", "Second Reading", "In Floor Process");

    public Chronicle Suspense(string date) =>
        Stay(date, "In committee: Referred to suspense file.");

    public Chronicle Postponed(string date) =>
        Stay(date, "Hearing postponed by committee.");

    public Chronicle Canceled(string date) =>
        Stay(date, "Hearing canceled at the request of author.");

    public Chronicle SecondReading(string date) =>
        Then(date, "Read second time. Ordered to third reading.", "Floor", "Third Reading", "In Floor Process");

    public Chronicle ToInactive(string date) =>
        Then(date, "Ordered to inactive file.", "Floor", "Inactive", "In Floor Process");

    /// <summary>Passed by the house it began in.</summary>
    public Chronicle Passed(string date, int? ayes = null, int? noes = null)
    {
        Then(date, $"Read third time. Passed. Ordered to the {OtherHouse}.{Tally(ayes, noes)}", "Desk", null, "Passed");
        house = OtherHouse;
        return house == "Senate"
            ? Then(date, "In Senate. Read first time. To Com. on RLS. for assignment.", "Rules", null, "Pending Referral")
            : Then(date, "In Assembly. Read first time. Held at Desk.", "Desk", null, "Pending Referral");
    }

    /// <summary>Passed by the other house with amendments, so that the first must concur.</summary>
    public Chronicle PassedAsAmended(string date, int? ayes = null, int? noes = null)
    {
        Then(date, $"Read third time. Passed. Ordered to the {OtherHouse}.{Tally(ayes, noes)}", "Desk", null, "Passed");
        var amending = house;
        house = OtherHouse;
        return Then(date, $"In {house}. Concurrence in {amending} amendments pending.", "Floor", "Unfinished Business", "In Floor Process");
    }

    public Chronicle Concurred(string date, int? ayes = null, int? noes = null)
    {
        print = "Enrolled";
        return Then(date, $"{OtherHouse} amendments concurred in. Ordered to engrossing and enrolling.{Tally(ayes, noes)}", "E&E", "Enrollment", "Passed");
    }

    public Chronicle Enrolled(string date, int order) => Printed(date, order, "Enrolled", "ENR");

    public Chronicle ToGovernor(string date) => At(date, "Enrolled and presented to the Governor.", "Governor", "Enrolled");

    public Chronicle Chaptered(string date, string inChapter, int? order = null)
    {
        var year = Day(date).Year;
        if (order is { } known)
            Printed(date, known, "Chaptered", "CHP");
        (chapter, print) = (new Chapter(year, inChapter, OfResolutions: false, Session: 0), "Chaptered");
        At(date, "Approved by the Governor.", "Governor", "Signed by Governor");
        return At(date, string.Create(CultureInfo.InvariantCulture, $"Chaptered by Secretary of State. Chapter {inChapter}, Statutes of {year}."), "Secretary of State", "Chaptered");
    }

    private BillObservation Observed()
    {
        var last = history[^1];
        return new BillObservation(bill, last.Date.ToDateTime(TimeOnly.MinValue), subject,
            new BillPlace(last.House, last.Secondary, last.Location, last.Status, print, chapter, MayBeHeardFrom: null),
            [.. leads.Select((lead, i) => new BillAuthor(lead.Name, bill.Origin, Authorship.Author, IsPrimary: i == 0, lead.District, "DEM"))],
            prints.ToImmutable(), history.ToImmutable(), RollCalls: null,
            [.. committees.Select(committee => new Committee(committee.Code, committee.House, committee.Name))]);
    }

    private Chronicle Printed(string date, int order, string action, string kind)
    {
        print = action;
        prints.Insert(0, new BillVersion(string.Create(CultureInfo.InvariantCulture, $"20250{measure}{number}{order}{kind}"), order, Day(date), action,
            Subject: null, VoteRequired: null, Appropriation: null, Fiscal: null, LocalProgram: null, Urgency: null, TaxLevy: null));
        return this;
    }

    private Chronicle InCommittee(string date, string text, Before committee)
    {
        committees.Add(committee);
        return Then(date, text, "Committee", committee.Code, "In Committee Process");
    }

    /// <summary>It stays in the committee where it is.</summary>
    private Chronicle Stay(string date, string text)
    {
        var last = history[^1];
        return Then(date, text, last.Secondary!, last.Location, last.Status!);
    }

    private Chronicle Then(string date, string text, string secondary, string? location, string status)
    {
        history.Add(new BillAction(Day(date), history.Count + 1, text, null, house, secondary, location, status));
        return this;
    }

    private Chronicle At(string date, string text, string office, string status)
    {
        history.Add(new BillAction(Day(date), history.Count + 1, text, null, office, null, null, status));
        return this;
    }

    private static string Tally(int? ayes, int? noes) =>
        ayes is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (Ayes {ayes}. Noes {noes}.)");

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
