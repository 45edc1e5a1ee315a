namespace CalCities.Collab.Bills;

/// <summary>A bill for tests: AB 9001 of the 2025-26 session by Primero, in the Assembly's Local Government Committee (made up for tests).</summary>
public static class SomeBills
{
    public static BillNumber Number { get; } = new("20252026", 0, "AB", 9001);

    public static BillObservation Observed { get; } = new(
        Number, new DateTime(2025, 3, 3, 14, 5, 22), "Street trees: grants.",
        new BillPlace("Assembly", "Committee", "CX15", "In Committee Process", "Introduced", null, new DateOnly(2025, 3, 22)),
        [new BillAuthor("Primero", "Assembly", Authorship.Author, true, 12, "DEM")],
        [new BillVersion("20250AB900199INT", 99, new DateOnly(2025, 2, 19), "Introduced", "Street trees: grants.", "Majority", false, true, false, false, false)],
        [
            Action(2025, 2, 19, 1, "Read first time. To print.", "Assembly", "Desk", null, "Pending Referral"),
            Action(2025, 2, 20, 2, "From printer. May be heard in committee March 22.", "Assembly", "Desk", null, "Pending Referral"),
            Action(2025, 3, 3, 3, "Referred to Com. on L. GOV.", "Assembly", "Committee", "CX15", "In Committee Process"),
        ],
        [
            new RollCall("CX15", new DateOnly(2025, 3, 3), 1, 147510, null, null, 2, 1, 0, true,
                [new RollCallVote("Primero", Ballot.Aye), new RollCallVote("Segundo", Ballot.Aye), new RollCallVote("Tercero", Ballot.No)]),
        ],
        [new Committee("CX15", "Assembly", "Local Government")]);

    public static BillAction Action(int year, int month, int day, int sequence, string text, string? house, string? secondary, string? location, string? status) =>
        new(new DateOnly(year, month, day), sequence, text, null, house, secondary, location, status);

    /// <summary>The bill after an observation, as a page has it.</summary>
    public static BillView After(params IEnumerable<BillObservation> observed) => observed.Aggregate(BillView.Unknown, (view, seen) =>
        BillDecider.Decide(view, new BillCommand.Observe(seen), new Kernel.Circumstances(new Kernel.Actor.Program("import"), Kernel.By.Start, []))
            .Events.Select((told, i) => new Kernel.Recorded<BillEvent>(seen.Number.Id.Stream, i + 1, i + 1, new Kernel.CommandId("import:test"), i,
                new Kernel.ActorName(null, "import"), Kernel.By.Start, told))
            .Aggregate(view, BillView.Fold));
}
