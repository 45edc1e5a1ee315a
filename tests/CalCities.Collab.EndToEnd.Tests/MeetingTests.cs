using System.Globalization;
using CalCities.Collab.Api;
using CalCities.Collab.Demo;
using CalCities.Collab.Groups;
using CalCities.Collab.Testing;
using CalCities.Collab.Voting;
using Microsoft.Playwright;

namespace CalCities.Collab;

/// <summary>The committee's next meeting from its roll to its record, each of its people at a browser of their own.</summary>
[Collection(nameof(DemonstrationHub))]
public sealed class MeetingTests(DemonstrationHub hub, Chromium chromium)
{
    private const string Meeting = "/meetings/eq-next";
    private const string Landfills = "SB 594: public hearings on new landfills";

    /// <summary>Moves with the keyboard alone, from a desk.</summary>
    private const string AtKeyboard = "eq-member-01";
    /// <summary>Takes part on a phone.</summary>
    private const string OnPhone = "eq-member-02";
    private const string Recused = "eq-member-03";
    /// <summary>In the room without a device: the clerk enters what this member says.</summary>
    private const string WithoutDevice = "eq-member-04";

    [Fact]
    public async Task A_committee_meets_from_the_roll_to_the_record_and_every_vote_counts_once()
    {
        await ThreeMakeAQuorum();
        await using var clerk = await Enter("clerk");
        await using var chair = await Enter("eq-chair");
        await using var keyboard = await Enter(AtKeyboard);
        await using var recused = await Enter(Recused);
        await using var phone = await Enter(OnPhone, new(390, 844));
        await Look("planned", chair, keyboard, phone);

        // The roll.
        await Press(clerk, "Open the roll");
        await Use(keyboard, Button(keyboard, "I am in the room"));
        await Press(phone, "I am in the room");
        await Press(recused, "I am in the room");
        await Press(chair, "I am in the room");
        await CheckInByTheClerk(clerk, WithoutDevice);
        await Assertions.Expect(chair.Page.GetByText("Quorum: 5 of 63 present, 3 needed")).ToBeVisibleAsync();
        await Look("roll", chair, clerk, phone);
        await Press(chair, "Call to order");
        await Assertions.Expect(phone.Page.GetByText("In session", new() { Exact = true })).ToBeVisibleAsync();

        // The consent calendar, less the item that a member pulls.
        await Press(chair, "Call item 3");
        await Use(keyboard, Button(keyboard, "Pull item 4 from the consent calendar"));
        await Assertions.Expect(Part(phone, "Agenda")).ToContainTextAsync("pulled from the consent calendar");
        await Open(phone, "Make a motion");
        await Press(phone, "Move the staff recommendation: Watch");
        await Use(keyboard, Button(keyboard, "Second"));
        await Look("motion", chair, keyboard, phone);
        await Press(chair, "Ask for unanimous consent");
        await Assertions.Expect(phone.Page.GetByText("all 1 items")).ToHaveCountAsync(0);
        await Press(chair, "Close the vote");
        await Results(keyboard, "Vote 1: adopted");
        await Press(chair, "Finish the item");

        // The pulled item, by a show of hands.
        await Press(chair, "Call item 4");
        await Move(clerk, WithoutDevice, "Move the staff recommendation: Watch");
        await Press(phone, "Second");
        await Press(chair, "Show of hands");
        await Part(clerk, "Chair").GetByLabel("Yes", new() { Exact = true }).FillAsync("5");
        await Press(clerk, "Enter the count");
        await Assertions.Expect(Part(chair, "Vote")).ToContainTextAsync("Counted: 5 yes, 0 no, 0 abstaining.");
        await Press(chair, "Close the vote");
        await Results(keyboard, "Vote 2: adopted");
        await Press(chair, "Finish the item");

        // The bill: who has an interest goes out of it, the others speak.
        await Press(chair, "Call item 5");
        await Press(recused, "Recuse yourself from item 5 …");
        await recused.Page.GetByLabel("Name the interest: it goes into the record").FillAsync("My family owns land beside a landfill.");
        await Press(recused, "Recuse yourself");
        await Assertions.Expect(recused.Page.GetByText("You are recused", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Row(chair, Recused)).ToContainTextAsync("recused");
        await chair.Page.GetByRole(AriaRole.Radio, new() { Name = "Public comment" }).CheckAsync();
        await Open(clerk, "Add someone without an account");
        await Part(clerk, "Speakers").GetByLabel("Name", new() { Exact = true }).FillAsync("A resident of Arcata");
        await Press(clerk, "Add to the list");
        await Press(chair, "Next speaker: A resident of Arcata");
        await Use(keyboard, Button(keyboard, "For"));
        await Assertions.Expect(Part(phone, "Speakers")).ToContainTextAsync("A resident of Arcata has the floor");
        await Look("speaker", keyboard, phone);
        await Press(chair, "Done");
        await Press(chair, $"Next speaker: {Name(AtKeyboard)}");
        await Assertions.Expect(Part(phone, "Speakers")).ToContainTextAsync($"{Name(AtKeyboard)} has the floor");
        await Press(chair, "Done");

        // A basic motion, an amendment and a substitute; a fourth has to wait and says why.
        await Use(keyboard, keyboard.Page.Locator("summary", new() { HasText = "Make a motion" }));
        await Use(keyboard, keyboard.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Move the staff recommendation: Support if amended", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }));
        await Press(phone, "Second");
        await Write(phone, MotionKind.Amend, "and asks for hearings in the evening");
        await Use(keyboard, Button(keyboard, "Second"));
        await Write(chair, MotionKind.Substitute, "and asks the author for two more hearings");
        await Press(phone, "Second");
        await Assertions.Expect(Part(keyboard, "On the floor").Locator(".motion")).ToHaveCountAsync(3);
        await Open(keyboard, "Make a motion");
        var fourth = keyboard.Page.Locator("button[data-kind=Substitute]");
        await Use(keyboard, fourth);
        await Assertions.Expect(fourth).ToHaveAttributeAsync("aria-disabled", "true");
        await Assertions.Expect(Part(keyboard, "On the floor").GetByRole(AriaRole.Alert)).ToHaveTextAsync(await keyboard.Page.Locator("#" + await fourth.GetAttributeAsync("aria-describedby")).InnerTextAsync());
        await Look("three-motions", chair, keyboard, phone);

        // A point of order halts the floor until the chair rules.
        await Open(phone, "Raise a point of order");
        await phone.Page.GetByLabel("What is not in order?").FillAsync("Staff has not reported yet.");
        await Press(phone, "Raise it");
        await Assertions.Expect(keyboard.Page.GetByText("The floor waits until the chair has ruled.")).ToBeVisibleAsync();
        await Look("point-of-order", chair, phone);
        await chair.Page.GetByLabel("Reason for the ruling").FillAsync("The report is in the packet.");
        await Press(chair, "Not well taken");
        await Assertions.Expect(keyboard.Page.GetByText("The floor waits until the chair has ruled.")).ToHaveCountAsync(0);

        // The substitute: opened, voided and taken again.
        await Press(chair, "Open the roll call");
        await VoteByKeyboard(keyboard, "No", "ArrowDown");
        await Press(phone, "No");
        await Assertions.Expect(Receipt(phone)).ToContainTextAsync("Recorded: No.");
        await Assertions.Expect(Part(recused, "Vote")).ToContainTextAsync("You are recused from this item and have no ballot.");
        await Look("vote-open", chair, clerk, keyboard, phone, recused);
        await Open(chair, "Void vote 3");
        await chair.Page.GetByLabel("Why?").FillAsync("The wording was read wrongly.");
        await Press(chair, "Void the vote");
        await Results(phone, "Vote 3: void");
        await Press(chair, "Open the roll call");

        // Taken again: a vote changed, an abstention spoken to the clerk, and a phone that sleeps.
        await VoteByKeyboard(keyboard, "Yes", "ArrowLeft");
        await VoteByKeyboard(keyboard, "No", "ArrowDown");
        await Assertions.Expect(Receipt(keyboard)).ToContainTextAsync("You can change it until the chair closes the vote.");
        await phone.Page.GotoAsync("about:blank");
        await Part(chair, "Vote").GetByRole(AriaRole.Button, new() { Name = "No", Exact = true }).ClickAsync();
        await Press(clerk, $"Abstain for {Name(WithoutDevice)}");
        await Assertions.Expect(Row(chair, OnPhone)).ToContainTextAsync("not connected");
        await Press(chair, "Close the vote");
        await Assertions.Expect(Part(chair, "Chair").GetByRole(AriaRole.Alert)).ToContainTextAsync($"Not yet accounted for: {Name(OnPhone)}.");
        await Press(chair, $"Unreachable {Name(OnPhone)}");
        await Press(chair, "Close the vote");
        await Results(keyboard, "Vote 4: failed");
        await Look("result", chair, keyboard);
        var roll = keyboard.Page.GetByRole(AriaRole.Table, new() { Name = "Roll of vote 4" });
        await Assertions.Expect(roll.GetByRole(AriaRole.Row, new() { Name = Name(AtKeyboard) })).ToContainTextAsync("No");
        await Assertions.Expect(roll.GetByRole(AriaRole.Row, new() { Name = Name(WithoutDevice) })).ToContainTextAsync("Abstain, entered by the clerk");

        // The amendment and the motion; the phone is awake again and lands on the open ballot.
        await Press(chair, "Open the roll call");
        await phone.Page.GotoAsync(Meeting);
        await Assertions.Expect(Receipt(phone)).ToHaveTextAsync("Not recorded yet.");
        await AllSayYes(chair, clerk, keyboard, phone);
        await Results(phone, "Vote 5: adopted");
        await Assertions.Expect(Part(phone, "On the floor").Locator(".motion")).ToContainTextAsync("hearings in the evening");
        await Press(chair, "Open the roll call");
        await AllSayYes(chair, clerk, keyboard, phone);
        await Results(recused, "Vote 6: adopted");
        await Press(chair, "Finish the item");

        // Without a quorum the page says what is left to do.
        await Press(phone, "Leave the meeting");
        await Press(recused, "Leave the meeting");
        await ChangeOnTheRoll(clerk, WithoutDevice, "Left");
        await Assertions.Expect(keyboard.Page.GetByText("No quorum: 2 of 63 present, 3 needed")).ToBeVisibleAsync();
        await Assertions.Expect(Part(keyboard, "On the floor")).ToContainTextAsync("only adjourn, recess, set the time to meet again, or call the absent");
        await Look("no-quorum", chair, keyboard, phone);
        await Press(chair, "Adjourn …");
        await Press(chair, "Yes, adjourn");

        await Assertions.Expect(keyboard.Page.GetByText("Ended", new() { Exact = true })).ToBeVisibleAsync();
        var record = keyboard.Page.Locator("section[aria-labelledby=record]");
        foreach (var line in new[]
        {
            "Called to order by", "pulled from the consent calendar by " + Name(AtKeyboard), $"{Name(Recused)} recused from item 5", "The chair ruled the point not well taken",
            "Vote 3 voided by", $"{Name(WithoutDevice)}: Abstain (entered by the clerk)", $"{Name(OnPhone)}: could not be reached", "Adjourned",
        })
        {
            await Assertions.Expect(record).ToContainTextAsync(line);
        }

        await Look("ended", chair, keyboard, phone);
        foreach (var visitor in new[] { clerk, chair, keyboard, recused, phone })
        {
            await visitor.Leave();
        }
    }

    private async Task ThreeMakeAQuorum()
    {
        var staff = await HubSession.SignIn(hub.Address, "staff");
        await using var program = await staff.Connect(TestContext.Current.CancellationToken);
        var answer = await program.Execute(new GroupId("eq").Stream, "three", new GroupCommand.SetRules(BodyRules.OfTheLeague with { Quorum = QuorumRule.Fixed(3), ObjectionSeconds = 0 }), TestContext.Current.CancellationToken);
        Assert.True(answer.Outcome is ExecuteAnswer.Recorded, answer.ToString());
    }

    private async Task<Visitor> Enter(string persona, VisitorSettings? settings = null)
    {
        var visitor = await chromium.Visit(hub.Address, settings);
        await visitor.SignIn(persona);
        await visitor.Page.GotoAsync(Meeting);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(Part(visitor, "Agenda")).ToContainTextAsync(Landfills);
        return visitor;
    }

    private static string Name(string persona) => Personas.Find(persona)!.DisplayName;

    private static ILocator Part(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    private static ILocator Button(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Row(Visitor visitor, string persona) => Part(visitor, "Roll").GetByRole(AriaRole.Row).Filter(new() { HasText = Name(persona) });

    private static ILocator Receipt(Visitor visitor) => Part(visitor, "Vote").Locator(".receipt");

    private static Task Press(Visitor visitor, string button) => Button(visitor, button).ClickAsync();

    private static Task Results(Visitor visitor, string line) => Assertions.Expect(visitor.Page.Locator(".result summary").First).ToContainTextAsync(line);

    private static async Task Open(Visitor visitor, string summary)
    {
        var details = visitor.Page.Locator("details").Filter(new() { Has = visitor.Page.Locator("summary", new() { HasText = summary }) });
        if (await details.GetAttributeAsync("open") is null)
        {
            await details.Locator("summary").First.ClickAsync();
        }
    }

    /// <summary>Goes to a control with the Tab key and presses it with Enter.</summary>
    private static async Task Use(Visitor visitor, ILocator control)
    {
        await Assertions.Expect(control).ToBeVisibleAsync();
        for (var presses = 0; presses < 100 && !await control.EvaluateAsync<bool>("control => control === document.activeElement"); presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(control).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>From the top of the page: the first Tab stop leads to the ballot, and from there it is one key to the choice and one to cast it.</summary>
    private static async Task VoteByKeyboard(Visitor visitor, string choice, string key)
    {
        await Assertions.Expect(Part(visitor, "Vote").GetByRole(AriaRole.Button, new() { Name = choice, Exact = true })).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync("() => { document.activeElement.blur(); getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the ballot" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#ballot")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync(key);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Receipt(visitor)).ToContainTextAsync($"Recorded: {choice}.");
    }

    private static async Task AllSayYes(Visitor chair, Visitor clerk, Visitor keyboard, Visitor phone)
    {
        await VoteByKeyboard(keyboard, "Yes", "Tab");
        await Press(phone, "Yes");
        await Press(chair, "Yes");
        await Press(clerk, $"Yes for {Name(WithoutDevice)}");
        await Assertions.Expect(Part(chair, "Vote")).ToContainTextAsync("4 yes, 0 no, 0 abstaining, 0 to vote.");
        await Press(chair, "Close the vote");
    }

    private static async Task Write(Visitor visitor, MotionKind kind, string words)
    {
        await Open(visitor, "Make a motion");
        await visitor.Page.Locator($"button[data-kind={kind}]").ClickAsync();
        await visitor.Page.GetByLabel("Exact words").FillAsync(words);
        await Press(visitor, "Move it");
    }

    /// <summary>The clerk enters a motion that a member speaks.</summary>
    private static async Task Move(Visitor clerk, string mover, string button)
    {
        await Open(clerk, "Make a motion");
        await clerk.Page.GetByLabel("Moved by").SelectOptionAsync(Name(mover));
        await Press(clerk, button);
    }

    private static Task CheckInByTheClerk(Visitor clerk, string persona) => ChangeOnTheRoll(clerk, persona, "In the room");

    private static async Task ChangeOnTheRoll(Visitor clerk, string persona, string to)
    {
        await Row(clerk, persona).Locator("summary").ClickAsync();   // closed again by the change before
        await Row(clerk, persona).GetByRole(AriaRole.Button, new() { Name = to, Exact = true }).ClickAsync();
    }

    /// <summary>No page has a serious barrier, or scrolls sideways.</summary>
    private static async Task Look(string step, params Visitor[] visitors)
    {
        foreach (var (number, visitor) in visitors.Index())
        {
            var look = string.Create(CultureInfo.InvariantCulture, $"meeting-{step}-{number}");
            await visitor.Picture(look);
            var barriers = await visitor.SeriousBarriers();
            Assert.True(barriers.Count == 0, $"{look}:\n{string.Join('\n', barriers)}");
            Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        }
    }
}
