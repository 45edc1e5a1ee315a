using CalCities.Collab.Bills;
using CalCities.Collab.Groups;
using CalCities.Collab.Kernel;
using CalCities.Collab.Members;
using CalCities.Collab.Voting;
using static CalCities.Collab.Meetings.MeetingPast;

namespace CalCities.Collab.Meetings;

using FakeMeeting = FakeAggregate<MeetingDecider, Meeting, MeetingCommand, MeetingEvent>;

public sealed class MeetingDeciderTests
{
    // The meeting and its agenda

    [Fact]
    public void A_meeting_is_scheduled_once_by_those_who_keep_it()
    {
        var schedule = new MeetingCommand.Schedule(Eq, " June  meeting ", false, Starts, Hall);
        Nothing.When(schedule, Clerk).ThenRecorded(new MeetingEvent.Scheduled(Eq, "Environmental Quality", "June meeting", false, Starts, Hall, 72, Byline.Of(Clerk.Standing, Eq)));
        Scheduled.When(schedule, Chair).ThenRefused(MeetingRefusals.AlreadyScheduled);
        Nothing.When(schedule, By.TheHub).ThenRefused(MeetingRefusals.OnlyPeople);
        Nothing.When(new MeetingCommand.PostAgenda(), Chair).ThenRefused(MeetingRefusals.NoSuchMeeting);
        foreach (var person in new[] { Ana, Alternate, Partner, Outsider, HubAdmin, Follower })
            Nothing.When(schedule, person).ThenRefused(MeetingRefusals.NotYourMeeting);
        foreach (var person in new[] { Chair, ViceChair, Staff, Clerk })
            Nothing.Do(person, schedule);
    }

    [Fact]
    public void What_could_not_be_found_or_reached_is_refused_before_it_is_on_the_calendar()
    {
        MeetingCommand.Schedule good = new(Eq, "June", false, Starts, Hall);
        Nothing.When(good with { Group = new GroupId("air") }, Staff).ThenRefused(MeetingRefusals.NoSuchGroup);
        Nothing.When(good with { Title = " " }, Chair).ThenRefused(MeetingRefusals.BadTitle);
        Nothing.When(good with { Title = new string('t', MeetingDecider.MaxTitleLength + 1) }, Chair).ThenRefused(MeetingRefusals.BadTitle);
        Nothing.Do(Chair, good with { Title = new string('t', MeetingDecider.MaxTitleLength) });
        Nothing.When(good with { Starts = By.Start.AddSeconds(-1) }, Chair).ThenRefused(MeetingRefusals.InThePast);
        foreach (var place in new[] { new Place("", "", "", "", true), Hall with { Video = "http://example.org" }, Hall with { Video = "javascript:alert(1)" }, Hall with { Address = new string('a', MeetingDecider.MaxPlaceLength + 1) } })
            Nothing.When(good with { Place = place }, Chair).ThenRefused(MeetingRefusals.BadPlace);
        Nothing.Do(Chair, good with { Place = new Place("", "", "https://example.org/meet", "", true) });
        Nothing.Do(Chair, good with { Place = new Place("", "", "", "916 555 0100", true) });
    }

    [Fact]
    public void A_planned_meeting_is_moved_or_cancelled_with_a_reason_and_not_once_it_is_called_to_order()
    {
        var moved = new MeetingCommand.Rearrange("July meeting", Starts.AddDays(1), Hall);
        Scheduled.When(moved, Chair).ThenRecorded(new MeetingEvent.Rearranged("July meeting", Starts.AddDays(1), Hall, Byline.Of(Chair.Standing, Eq)));
        Scheduled.When(moved with { Title = "June meeting", Starts = Starts }, Chair).ThenNothing();
        Scheduled.When(moved with { Starts = By.Start }, Chair).ThenRefused(MeetingRefusals.InThePast);
        RollOpen.Do(Chair, moved);
        InSession.When(moved, Chair).ThenRefused(MeetingRefusals.BegunAlready);
        Scheduled.When(new MeetingCommand.Cancel(" "), Chair).ThenRefused(MeetingRefusals.BadReason);
        Scheduled.When(new MeetingCommand.Cancel("No room"), Ana).ThenRefused(MeetingRefusals.NotYourMeeting);
        var cancelled = Scheduled.Do(Chair, new MeetingCommand.Cancel("No room"));
        cancelled.When(new MeetingCommand.PostAgenda(), Chair).ThenRefused(MeetingRefusals.HasEnded);
        RollOpen.Do(Chair, new MeetingCommand.Cancel("No quorum came"));
        InSession.When(new MeetingCommand.Cancel("No room"), Chair).ThenRefused(MeetingRefusals.BegunAlready);
    }

    [Fact]
    public void Items_are_added_reworded_moved_and_removed_until_they_are_called()
    {
        Scheduled.When(new MeetingCommand.AddItem(Item(ItemKind.Action, "")), Chair).ThenRefused(MeetingRefusals.BadTitle);
        Scheduled.When(new MeetingCommand.AddItem(Item(ItemKind.Action, "?", new BillId("202520260AB9999"))), Chair).ThenRefused(MeetingRefusals.NoSuchBill);
        Scheduled.When(new MeetingCommand.AddItem(Item(ItemKind.Action, "x") with { Recommends = new MotionWords(Position.SupportIfAmended, "", "") }), Chair).ThenRefused(MeetingRefusals.BadWords);
        Scheduled.When(new MeetingCommand.AddItem(Item(ItemKind.Action, "x") with { Attachments = [new Attachment("Packet", "ftp://x")] }), Chair).ThenRefused(MeetingRefusals.BadAttachment);
        Scheduled.When(new MeetingCommand.AddItem(Item(ItemKind.Action, "x") with { Attachments = [.. Enumerable.Repeat(new Attachment("P", "https://x.org"), MeetingDecider.MaxAttachments + 1)] }), Chair)
            .ThenRefused(MeetingRefusals.BadAttachment);
        Assert.Equal("SB 54", Posted.Book().Find(4)!.BillNumber);
        Posted.When(new MeetingCommand.ChangeItem(9, Item(ItemKind.Action, "x")), Chair).ThenRefused(MeetingRefusals.NoSuchItem);
        Posted.When(new MeetingCommand.MoveItem(4, 1), Chair).ThenRecorded(new MeetingEvent.ItemMoved(4, 1));
        Posted.When(new MeetingCommand.MoveItem(1, -3), Chair).ThenNothing();
        Assert.Equal([4, 1, 2, 3, 5], Posted.Do(Chair, new MeetingCommand.MoveItem(4, 1)).Book().Items.Select(item => item.Item));
        Posted.When(new MeetingCommand.RemoveItem(5), Staff).ThenRecorded(new MeetingEvent.ItemRemoved(5));
        OnSb54.When(new MeetingCommand.RemoveItem(4), Chair).ThenRefused(MeetingRefusals.ItemDone);
        OnSb54.Do(Chair, new MeetingCommand.FinishItem()).When(new MeetingCommand.ChangeItem(4, Item(ItemKind.Action, "x")), Chair).ThenRefused(MeetingRefusals.ItemDone);
        var full = Enumerable.Range(0, MeetingDecider.MaxItems).Aggregate(Scheduled, (meeting, _) => meeting.Do(Chair, new MeetingCommand.AddItem(Item(ItemKind.Action, "x"))));
        full.When(new MeetingCommand.AddItem(Item(ItemKind.Action, "x")), Chair).ThenRefused(MeetingRefusals.TooManyItems);
    }

    [Fact]
    public void An_agenda_posted_by_the_notice_hours_is_in_time_to_the_second()
    {
        var written = Scheduled.Do(Chair, new MeetingCommand.AddItem(Item(ItemKind.Action, "x")));
        Scheduled.When(new MeetingCommand.PostAgenda(), Chair).ThenRefused(MeetingRefusals.NothingToPost);
        bool InTime(FakeMeeting at) => Assert.IsType<MeetingEvent.AgendaPosted>(Assert.Single(at.When(new MeetingCommand.PostAgenda(), Chair).Decision.Events)).InTime;
        Assert.True(InTime(written.At(Starts.AddHours(-72))));
        Assert.False(InTime(written.At(Starts.AddHours(-72).AddSeconds(1))));
        var special = Nothing.Do(Chair, new MeetingCommand.Schedule(Eq, "Special", true, Starts, Hall)).Do(Chair, new MeetingCommand.AddItem(Item(ItemKind.Action, "x")));
        Assert.True(InTime(special.At(Starts.AddHours(-24))));
        Assert.False(InTime(special.At(Starts.AddHours(-24).AddSeconds(1))));
        Posted.Do(Chair, new MeetingCommand.PostAgenda()).When(new MeetingCommand.PostAgenda(), Chair).ThenNothing();
    }

    [Fact]
    public void A_meeting_that_is_brought_forward_is_noticed_anew()
    {
        Assert.True(Posted.Book().InTime);
        Assert.True(Posted.Do(Chair, new MeetingCommand.Rearrange("June", Starts.AddDays(1), Hall)).Book().InTime);
        var sooner = Posted.Do(Chair, new MeetingCommand.Rearrange("June", Starts.AddHours(-1), Hall)).Book();
        Assert.False(sooner.InTime);
        Assert.Empty(sooner.Posted);
    }

    // The roll

    [Fact]
    public void The_roll_has_the_seats_that_vote_with_their_alternates_and_the_vacancies()
    {
        var opened = Assert.IsType<MeetingEvent.RollOpened>(Assert.Single(Posted.When(new MeetingCommand.OpenRoll(Eq), Clerk).Decision.Events));
        Assert.Equal(["chair", "m1", "m2", "m3", "vice"], opened.Seats.Select(seat => seat.Holder.Value));
        Assert.Equal([Alternate.Member], opened.Seats.Single(seat => seat.Holder == Ana.Member).Alternates);
        Assert.Equal(1, opened.Vacancies);
        Posted.When(new MeetingCommand.OpenRoll(Eq), Staff).ThenRefused(MeetingRefusals.OnlyChairOrClerk);
        Posted.When(new MeetingCommand.OpenRoll(Eq), Ana).ThenRefused(MeetingRefusals.OnlyChairOrClerk);
        Posted.When(new MeetingCommand.OpenRoll(new GroupId("cs")), Chair).ThenRefused(MeetingRefusals.OfAnotherGroup);
        Posted.When(new MeetingCommand.CheckIn(Ana.Member, Ana.Member, false), Ana).ThenRefused(MeetingRefusals.NotSitting);
        InSession.When(new MeetingCommand.OpenRoll(Eq), Chair).ThenRefused(MeetingRefusals.BegunAlready);
        var again = RollOpen.Do(Ana, new MeetingCommand.CheckIn(Ana.Member, Ana.Member, true)).Do(Clerk, new MeetingCommand.OpenRoll(Eq));
        Assert.Equal((Attendance.Present, Ana.Member), (again.Now().Find(Ana.Member)!.Attendance, again.Now().Find(Ana.Member)!.Occupant));
    }

    [Fact]
    public void A_seat_is_taken_by_its_holder_or_their_alternate_and_by_one_of_them()
    {
        RollOpen.When(new MeetingCommand.CheckIn(Ana.Member, Ana.Member, true), Ana).ThenRecorded(new MeetingEvent.CheckedIn(Ana.Member, Ana.Member, Byline.Of(Ana.Standing, Eq), true));
        RollOpen.When(new MeetingCommand.CheckIn(Ana.Member, Ana.Member, true), Clerk).ThenRecorded(new MeetingEvent.CheckedIn(Ana.Member, Ana.Member, Byline.Of(Ana.Standing, Eq), true));
        RollOpen.When(new MeetingCommand.CheckIn(Ana.Member, Ben.Member, true), Ben).ThenRefused(MeetingRefusals.NotItsAlternate);
        RollOpen.When(new MeetingCommand.CheckIn(Ben.Member, Alternate.Member, true), Alternate).ThenRefused(MeetingRefusals.NotItsAlternate);
        RollOpen.When(new MeetingCommand.CheckIn(Outsider.Member, Outsider.Member, true), Outsider).ThenRefused(MeetingRefusals.NoSuchSeat);
        RollOpen.When(new MeetingCommand.CheckIn(Ana.Member, Ana.Member, true), Ben).ThenRefused(MeetingRefusals.NotYourSeat);
        RollOpen.When(new MeetingCommand.CheckIn(Ana.Member, Ana.Member, true), Staff).ThenRefused(MeetingRefusals.NotYourSeat);
        var taken = RollOpen.Do(Alternate, new MeetingCommand.CheckIn(Ana.Member, Alternate.Member, false));
        taken.Do(Ana, new MeetingCommand.CheckIn(Ana.Member, Ana.Member, false))
            .When(new MeetingCommand.CheckIn(Ana.Member, Alternate.Member, false), Alternate).ThenRefused(MeetingRefusals.HolderSits);
        InSession.When(new MeetingCommand.CheckIn(Ana.Member, Ana.Member, false), Ana).ThenNothing();
        InSession.When(new MeetingCommand.Leave(Alternate.Member), Ana).ThenRefused(MeetingRefusals.NotYourSeat);
        InSession.Do(Clerk, new MeetingCommand.Leave(Ana.Member)).When(new MeetingCommand.StepOut(Ana.Member), Ana).ThenRefused(MeetingRefusals.NotPresent);
        InSession.When(new MeetingCommand.Return(Ana.Member), Ana).ThenRefused(MeetingRefusals.NotPresent);
        InSession.When(new MeetingCommand.StepOut(new MemberId("nobody")), Clerk).ThenRefused(MeetingRefusals.NoSuchSeat);
    }

    [Fact]
    public void A_city_s_alternate_sits_for_any_of_its_delegates_and_in_one_seat_only()
    {
        var assembly = EqGroup with { Seats = EqGroup.Seats.SetItem(Alternate.Member.Value, new Held(Role.Alternate, null, null)) };
        var open = RollOf(assembly, new Actor.Person(Ben.Member, Ben.Standing with { City = "Arcata" }));
        open.When(new MeetingCommand.CheckIn(Cal.Member, Alternate.Member, false), Alternate).ThenRefused(MeetingRefusals.NotItsAlternate);   // of another city
        var sits = open.Do(Alternate, new MeetingCommand.CheckIn(Ana.Member, Alternate.Member, false));
        Assert.Equal(Alternate.Member, sits.Now().Find(Ana.Member)!.Occupant);
        sits.When(new MeetingCommand.CheckIn(Ben.Member, Alternate.Member, false), Alternate).ThenRefused(MeetingRefusals.SeatedElsewhere);
        sits.Do(Alternate, new MeetingCommand.Leave(Ana.Member)).Do(Alternate, new MeetingCommand.CheckIn(Ben.Member, Alternate.Member, false));
    }

    [Fact]
    public void Quorum_is_more_than_half_of_the_seats_the_vacant_one_too_and_is_lost_when_members_leave()
    {
        Assert.Equal(4, RollOpen.Now().QuorumNeeded);
        Assert.True(InSession.Now().HasQuorum);
        var four = OnSb54.Do(Ana, new MeetingCommand.StepOut(Ana.Member));
        Assert.True(four.Now().HasQuorum);
        var three = four.Do(Ben, new MeetingCommand.Leave(Ben.Member));
        Assert.False(three.Now().HasQuorum);
        Assert.Equal("NoQuorum", three.RefusalOf(Cal, Moves(Cal, MotionKind.Main, SupportIt))?.Code);
        Assert.Equal("NoQuorum", three.Do(Chair, new MeetingCommand.Recess()).Do(Chair, new MeetingCommand.Resume()).RefusalOf(Chair, new MeetingCommand.FinishItem())?.Code);
        Assert.Null(three.RefusalOf(Cal, Moves(Cal, MotionKind.Adjourn)));
        Assert.True(three.Do(Ana, new MeetingCommand.Return(Ana.Member)).Now().HasQuorum);
    }

    [Fact]
    public void Who_is_recused_takes_no_part_in_the_item_and_is_not_present_for_it()
    {
        OnSb54.When(new MeetingCommand.Recuse(Ana.Member, 4, " "), Ana).ThenRefused(MeetingRefusals.BadReason);
        OnSb54.When(new MeetingCommand.Recuse(Ana.Member, 9, "Owns a landfill"), Ana).ThenRefused(MeetingRefusals.NoSuchItem);
        OnSb54.When(new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill"), Ana).ThenRecorded(new MeetingEvent.Recused(Ana.Member, 4, "Owns a landfill", IsLate: false));
        VoteOpen.When(new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill"), Ana).ThenRecorded(new MeetingEvent.Recused(Ana.Member, 4, "Owns a landfill", IsLate: true));
        InSession.Do(Ana, new MeetingCommand.Leave(Ana.Member)).When(new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill"), Clerk).ThenRefused(MeetingRefusals.NotPresent);
        var recused = OnSb54.Do(Ana, new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill"));
        recused.When(new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill"), Ana).ThenNothing();
        Assert.Equal(4, recused.Now().Taking.Count());
        recused.When(new MeetingCommand.AskToSpeak(Ana.Member, Side.For), Ana).ThenRefused(MeetingRefusals.NotYourSeat);
        recused.When(Moves(Ana, MotionKind.Main, SupportIt), Clerk).ThenRefused(MeetingRefusals.SeatRecused);
        var voting = recused.Do(Ben, Moves(Ben, MotionKind.Main, SupportIt)).Do(Cal, new MeetingCommand.SecondMotion(1, Cal.Member)).Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));
        voting.When(Votes(Ana, Choice.Yes), Ana).ThenRefused(MeetingRefusals.NotYourSeat);
        voting.When(Votes(Ana, Choice.Yes), Clerk).ThenRefused(MeetingRefusals.SeatRecused);
        // On the next item it is a member like any other.
        Assert.Equal(5, InSession.Do(Ana, new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill")).Do(Chair, new MeetingCommand.CallItem(1)).Now().Taking.Count());
        OnSb54.Do(Chair, new MeetingCommand.FinishItem()).When(new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill"), Ana).ThenRefused(MeetingRefusals.ItemDone);
    }

    // The chair

    [Fact]
    public void One_presides_and_the_other_may_take_the_chair()
    {
        RollOpen.When(new MeetingCommand.CallToOrder(), Chair).ThenRefused(MeetingRefusals.NotPresent);
        RollOpen.When(new MeetingCommand.CallToOrder(), Ana).ThenRefused(MeetingRefusals.OnlyTheChairPresides);
        RollOpen.When(new MeetingCommand.TakeTheChair(), ViceChair).ThenRefused(MeetingRefusals.NotPresent);
        InSession.When(new MeetingCommand.CallItem(1), ViceChair).ThenRefused(MeetingRefusals.AnotherPresides);
        InSession.When(new MeetingCommand.CallItem(1), Staff).ThenRefused(MeetingRefusals.OnlyTheChairPresides);
        InSession.When(new MeetingCommand.CallItem(1), Clerk).ThenRefused(MeetingRefusals.OnlyTheChairPresides);
        var taken = InSession.Do(ViceChair, new MeetingCommand.TakeTheChair());
        taken.Do(ViceChair, new MeetingCommand.CallItem(1));
        taken.When(new MeetingCommand.TakeTheChair(), ViceChair).ThenNothing();
        taken.When(new MeetingCommand.CallItem(1), Chair).ThenRefused(MeetingRefusals.AnotherPresides);
        InSession.Do(Chair, new MeetingCommand.StepOut(Chair.Member)).When(new MeetingCommand.CallItem(1), Chair).ThenRefused(MeetingRefusals.NotPresent);
        Assert.Equal("Called", InSession.RefusalOf(Chair, new MeetingCommand.CallToOrder())?.Code);
    }

    [Fact]
    public void Without_a_quorum_the_meeting_is_called_to_order_and_waits_and_a_recess_stops_everything()
    {
        var alone = RollOpen.Do(Chair, new MeetingCommand.CheckIn(Chair.Member, Chair.Member, false)).Do(Chair, new MeetingCommand.CallToOrder());
        Assert.Equal("NoQuorum", alone.RefusalOf(Chair, new MeetingCommand.CallItem(1))?.Code);
        var recess = InSession.Do(Chair, new MeetingCommand.Recess());
        recess.When(new MeetingCommand.CallItem(1), Chair).ThenRefused(MeetingRefusals.NotNow);
        Assert.Equal("InRecess", recess.RefusalOf(Chair, new MeetingCommand.Recess())?.Code);
        recess.Do(Chair, new MeetingCommand.Resume()).Do(Chair, new MeetingCommand.CallItem(1));
        InSession.Do(Chair, new MeetingCommand.Adjourn()).When(new MeetingCommand.CallItem(1), Chair).ThenRefused(MeetingRefusals.HasEnded);
    }

    [Fact]
    public void An_item_is_called_through_its_stages_and_the_one_before_is_finished_by_itself()
    {
        InSession.When(new MeetingCommand.CallItem(9), Chair).ThenRefused(MeetingRefusals.NoSuchItem);
        OnSb54.When(new MeetingCommand.CallItem(4), Chair).ThenNothing();
        OnSb54.When(new MeetingCommand.CallItem(1), Chair).ThenRecorded(new MeetingEvent.ItemFinished(4), new MeetingEvent.ItemCalled(1));
        Assert.Equal("OnTheFloor", Debated.RefusalOf(Chair, new MeetingCommand.CallItem(1))?.Code);
        OnSb54.When(new MeetingCommand.OpenStage(Stage.PublicComment), Chair).ThenRecorded(new MeetingEvent.StageOpened(Stage.PublicComment));
        OnSb54.When(new MeetingCommand.OpenStage(Stage.Report), Chair).ThenNothing();
        InSession.When(new MeetingCommand.OpenStage(Stage.Debate), Chair).ThenRefused(MeetingRefusals.NotNow);
        Assert.True(OnSb54.Do(Chair, new MeetingCommand.OpenStage(Stage.PublicComment)).Now().Floor.Item!.CommentHeard);
    }

    // Speakers

    [Fact]
    public void Points_of_order_come_first_and_the_list_can_be_closed_to_all_others()
    {
        var asked = OnSb54.Do(Ana, new MeetingCommand.AskToSpeak(Ana.Member, Side.For)).Do(Ben, new MeetingCommand.AskToSpeak(Ben.Member, Side.Against));
        asked.When(new MeetingCommand.AskToSpeak(Ana.Member, Side.Question), Ana).ThenRefused(MeetingRefusals.OnTheListAlready);
        var closed = asked.Do(Chair, new MeetingCommand.CloseList());
        closed.When(new MeetingCommand.CloseList(), Chair).ThenNothing();
        closed.When(new MeetingCommand.AskToSpeak(Cal.Member, Side.For), Cal).ThenRefused(MeetingRefusals.ListIsClosed);
        var point = closed.Do(Cal, new MeetingCommand.AskToSpeak(Cal.Member, Side.PointOfOrder));
        Assert.Equal(["m3", "m1", "m2"], point.Now().Speakers.Select(speaker => speaker.Seat!.Value.Value));
        closed.Do(Chair, new MeetingCommand.OpenList()).Do(Cal, new MeetingCommand.AskToSpeak(Cal.Member, Side.For)).When(new MeetingCommand.OpenList(), Chair).ThenNothing();
        OnSb54.When(new MeetingCommand.AskToSpeak(Ana.Member, Side.For), Ben).ThenRefused(MeetingRefusals.NotYourSeat);
        OnSb54.Do(Ana, new MeetingCommand.StepOut(Ana.Member)).When(new MeetingCommand.AskToSpeak(Ana.Member, Side.For), Ana).ThenRefused(MeetingRefusals.NotPresent);
        Assert.Empty(asked.Do(Ana, new MeetingCommand.Leave(Ana.Member)).Do(Ben, new MeetingCommand.Recuse(Ben.Member, 4, "x")).Now().Speakers);
    }

    [Fact]
    public void Who_has_the_floor_is_timed_by_the_server_and_may_get_more()
    {
        var asked = OnSb54.Do(Ana, new MeetingCommand.AskToSpeak(Ana.Member, Side.For)).Do(Clerk, new MeetingCommand.AddSpeaker("A resident", "the public"));
        OnSb54.When(new MeetingCommand.AddSpeaker("A resident", ""), Staff).ThenRefused(MeetingRefusals.OnlyChairOrClerk);
        OnSb54.When(new MeetingCommand.AddSpeaker(" ", ""), Clerk).ThenRefused(MeetingRefusals.BadName);
        asked.When(new MeetingCommand.Recognise(9, 60), Chair).ThenRefused(MeetingRefusals.NoSuchSpeaker);
        asked.When(new MeetingCommand.Recognise(1, MeetingDecider.MinSpeechSeconds - 1), Chair).ThenRefused(MeetingRefusals.BadSeconds);
        asked.When(new MeetingCommand.EndSpeech(), Chair).ThenRefused(MeetingRefusals.NobodySpeaks);
        asked.When(new MeetingCommand.ExtendTime(60), Chair).ThenRefused(MeetingRefusals.NobodySpeaks);
        var speaks = asked.Do(Chair, new MeetingCommand.Recognise(1, 60));
        speaks.When(new MeetingCommand.ExtendTime(MeetingDecider.MaxSpeechSeconds), Chair).ThenRefused(MeetingRefusals.BadSeconds);
        speaks.At(By.Start.AddSeconds(speaks.Log.Length - 1 + 45)).When(new MeetingCommand.Recognise(2, 60), Chair).ThenRecorded(new MeetingEvent.SpeechEnded(1, 45), new MeetingEvent.Recognised(2, 60));
        Assert.Equal(120, speaks.Do(Chair, new MeetingCommand.ExtendTime(60)).Now().Speech!.Seconds);
        asked.When(new MeetingCommand.TakeOffList(2), Ana).ThenRefused(MeetingRefusals.NotYourSeat);
        asked.When(new MeetingCommand.TakeOffList(9), Clerk).ThenRefused(MeetingRefusals.NoSuchSpeaker);
        Assert.Equal(2, Assert.Single(asked.Do(Ana, new MeetingCommand.TakeOffList(1)).Now().Speakers).Speaker);
        var full = Enumerable.Range(0, MeetingDecider.MaxSpeakers).Aggregate(OnSb54, (meeting, _) => meeting.Do(Clerk, new MeetingCommand.AddSpeaker("A resident", "")));
        full.When(new MeetingCommand.AddSpeaker("One more", ""), Clerk).ThenRefused(MeetingRefusals.ListFull);
        full.When(new MeetingCommand.AskToSpeak(Ana.Member, Side.For), Ana).ThenRefused(MeetingRefusals.ListFull);
    }

    // Motions

    [Fact]
    public void A_motion_is_made_seconded_by_another_and_put_to_the_vote()
    {
        Assert.Equal(new MotionWords(Position.Support, "", ""), Debated.Now().Top!.Words);
        var moved = OnSb54.Do(Ana, Moves(Ana, MotionKind.Main, SupportIt));
        Assert.Equal("OwnMotion", moved.RefusalOf(Ana, new MeetingCommand.SecondMotion(1, Ana.Member))?.Code);
        moved.When(new MeetingCommand.SecondMotion(2, Ben.Member), Ben).ThenRefused(MeetingRefusals.NotLastMotion);
        Assert.Equal("NoSecond", moved.RefusalOf(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall))?.Code);
        Debated.When(new MeetingCommand.SecondMotion(1, Ben.Member), Ben).ThenNothing();
        Debated.When(new MeetingCommand.OpenVote(7, VoteMethod.RollCall), Chair).ThenRefused(MeetingRefusals.NotLastMotion);
        moved.Do(Chair, new MeetingCommand.SettleSecond(1, GoesOn: true)).Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));
        Assert.Empty(moved.Do(Chair, new MeetingCommand.SettleSecond(1, GoesOn: false)).Now().Motions);
        moved.When(new MeetingCommand.SettleSecond(3, GoesOn: true), Chair).ThenRefused(MeetingRefusals.NotLastMotion);
        OnSb54.When(Moves(Ana, MotionKind.Main, new MotionWords(Position.OpposeUnlessAmended, " ", "")), Ana).ThenRefused(MeetingRefusals.BadWords);
        OnSb54.When(Moves(Ana, MotionKind.Main, new MotionWords(null, "", new string('w', MeetingDecider.MaxWordsLength + 1))), Ana).ThenRefused(MeetingRefusals.BadWords);
        OnSb54.When(Moves(Ana, MotionKind.Main, SupportIt), Ben).ThenRefused(MeetingRefusals.NotYourSeat);
        OnSb54.Do(Clerk, Moves(Ana, MotionKind.Main, SupportIt)).Do(Chair, new MeetingCommand.SecondMotion(1, Ben.Member));
        OnSb54.When(Moves(Ana, MotionKind.Main, SupportIt), Staff).ThenRefused(MeetingRefusals.NotYourSeat);
    }

    [Fact]
    public void An_amendment_changes_the_words_and_a_substitute_decides_the_matter()
    {
        var better = new MotionWords(Position.SupportIfAmended, "with a deadline", "");
        var amended = Debated.Do(Ben, Moves(Ben, MotionKind.Amend, better)).Do(Cal, new MeetingCommand.SecondMotion(2, Cal.Member)).Do(Chair, new MeetingCommand.OpenVote(2, VoteMethod.RollCall))
            .AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Ana, Choice.No), (Ben, Choice.Yes), (Cal, Choice.Abstain)).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Equal((better, 2), (Assert.Single(amended.Now().Motions).Words, amended.Now().Top!.Wording));
        var third = Debated.Do(Ben, Moves(Ben, MotionKind.Amend, better)).Do(Cal, new MeetingCommand.SecondMotion(2, Cal.Member))
            .Do(Cal, Moves(Cal, MotionKind.Substitute, new MotionWords(Position.Oppose, "", ""))).Do(Ana, new MeetingCommand.SecondMotion(3, Ana.Member));
        Assert.Equal("ThreeMotions", third.RefusalOf(Ana, Moves(Ana, MotionKind.Amend, SupportIt))?.Code);
        third.When(new MeetingCommand.OpenVote(1, VoteMethod.RollCall), Chair).ThenRefused(MeetingRefusals.NotLastMotion);
        var adopted = third.Do(Chair, new MeetingCommand.OpenVote(3, VoteMethod.RollCall))
            .AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Ana, Choice.Yes), (Ben, Choice.No), (Cal, Choice.Yes)).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Empty(adopted.Now().Motions);   // Rosenberg: the substitute disposes of the others
        Assert.Equal(VoteOutcome.Adopted, Assert.Single(adopted.Now().Results).Why!.Outcome);
    }

    [Fact]
    public void A_motion_is_withdrawn_or_reworded_by_its_mover_and_not_while_it_is_voted_on()
    {
        Assert.Empty(Debated.Do(Ana, new MeetingCommand.WithdrawMotion(1)).Now().Motions);
        Debated.When(new MeetingCommand.WithdrawMotion(1), Ben).ThenRefused(MeetingRefusals.NotYourSeat);
        Debated.When(new MeetingCommand.WithdrawMotion(5), Clerk).ThenRefused(MeetingRefusals.NoSuchMotion);
        Debated.Do(Ben, Moves(Ben, MotionKind.Amend, SupportIt)).When(new MeetingCommand.WithdrawMotion(1), Ana).ThenRefused(MeetingRefusals.NotLastMotion);
        Assert.Equal("VoteOpen", VoteOpen.RefusalOf(Ana, new MeetingCommand.WithdrawMotion(1))?.Code);
        var friendly = Debated.Do(Ana, new MeetingCommand.AmendFriendly(1, new MotionWords(Position.Watch, "", "")));
        Assert.Equal(2, friendly.Now().Top!.Wording);
        friendly.When(new MeetingCommand.AmendFriendly(1, new MotionWords(Position.Watch, "", "")), Ana).ThenNothing();
        Debated.When(new MeetingCommand.AmendFriendly(1, new MotionWords(null, "", "")), Ana).ThenRefused(MeetingRefusals.BadWords);
    }

    [Fact]
    public void A_point_of_order_halts_the_floor_until_the_chair_rules_and_the_ruling_can_be_appealed()
    {
        var raised = VoteOpen.Do(Ben, new MeetingCommand.RaisePoint(Ben.Member, "Public comment was not heard"));
        VoteOpen.When(new MeetingCommand.RaisePoint(Ben.Member, ""), Ben).ThenRefused(MeetingRefusals.BadReason);
        Assert.Equal("PointOfOrder", raised.RefusalOf(Ana, Votes(Ana, Choice.Yes))?.Code);
        Assert.Equal("PointOfOrder", raised.RefusalOf(Cal, new MeetingCommand.RaisePoint(Cal.Member, "Another"))?.Code);
        raised.When(new MeetingCommand.RuleOnPoint(true, " "), Chair).ThenRefused(MeetingRefusals.BadReason);
        raised.When(new MeetingCommand.RuleOnPoint(true, "So it is"), Ben).ThenRefused(MeetingRefusals.OnlyTheChairPresides);
        var ruled = Debated.Do(Ben, new MeetingCommand.RaisePoint(Ben.Member, "Out of order")).Do(Chair, new MeetingCommand.RuleOnPoint(false, "It is in order"));
        Assert.False(ruled.Now().Ruling!.IsWellTaken);
        var appealed = ruled.Do(Ben, Moves(Ben, MotionKind.Appeal)).Do(Cal, new MeetingCommand.SecondMotion(2, Cal.Member)).Do(Chair, new MeetingCommand.OpenVote(2, VoteMethod.RollCall))
            .AllVote(1, 1, (Chair, Choice.No), (ViceChair, Choice.Yes), (Ana, Choice.Yes), (Ben, Choice.Yes), (Cal, Choice.No)).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.True(appealed.Now().Ruling!.IsWellTaken);
    }

    [Fact]
    public void What_the_rules_refuse_the_chair_may_rule_in_order_and_it_stands_in_the_record()
    {
        var informational = InSession.Do(Chair, new MeetingCommand.CallItem(1));
        Assert.Equal("NotForAction", informational.RefusalOf(Ana, Moves(Ana, MotionKind.Main))?.Code);
        informational.When(new MeetingCommand.RuleInOrder(MotionKind.Main, " "), Chair).ThenRefused(MeetingRefusals.BadReason);
        VoteOpen.When(new MeetingCommand.RuleInOrder(MotionKind.Main, "Needed"), Chair).ThenRefused(MeetingRefusals.NotNow);
        var ruled = informational.Do(Chair, new MeetingCommand.RuleInOrder(MotionKind.Main, "The body wants to thank its staff"));
        ruled.When(new MeetingCommand.RuleInOrder(MotionKind.Main, "Again"), Chair).ThenNothing();
        ruled.Do(Ana, Moves(Ana, MotionKind.Main));
        Assert.Contains(ruled.View().Record, line => line.Text.Contains("ruled a basic motion in order", StringComparison.Ordinal));
    }

    [Fact]
    public void An_item_that_was_not_posted_needs_a_finding_first()
    {
        var late = InSession.Do(Chair, new MeetingCommand.CallItem(5));
        Assert.Equal("NotPosted", late.RefusalOf(Ana, Moves(Ana, MotionKind.Main))?.Code);
        var found = late.Do(Ana, Moves(Ana, MotionKind.OffAgenda)).Do(Ben, new MeetingCommand.SecondMotion(1, Ben.Member)).Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall))
            .AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Ana, Choice.Yes), (Ben, Choice.Yes), (Cal, Choice.No)).Do(Chair, new MeetingCommand.CloseVote(1));
        found.Do(Ana, Moves(Ana, MotionKind.Main));
    }

    [Fact]
    public void A_group_that_only_shares_votes_on_nothing_and_one_that_discusses_takes_no_positions()
    {
        FakeMeeting On(GroupPower power) => Opened(RollOf(EqGroup with { Power = power })).Do(Chair, new MeetingCommand.CallItem(4));
        On(GroupPower.Shares).When(Moves(Ana, MotionKind.Main), Ana).ThenRefused(MeetingRefusals.VotesOnNothing);
        On(GroupPower.Shares).Do(Ana, Moves(Ana, MotionKind.Adjourn));
        On(GroupPower.Discusses).When(Moves(Ana, MotionKind.Main, SupportIt), Ana).ThenRefused(MeetingRefusals.TakesNoPositions);
        On(GroupPower.Discusses).Do(Ana, Moves(Ana, MotionKind.Main));
    }

    // Votes

    [Fact]
    public void Each_seat_has_one_ballot_which_may_change_until_the_chair_closes()
    {
        VoteOpen.When(Votes(Ana, Choice.Yes), Ana).ThenRecorded(new MeetingEvent.Voted(1, Ana.Member, Choice.Yes));
        var voted = VoteOpen.Do(Ana, Votes(Ana, Choice.Yes));
        voted.When(Votes(Ana, Choice.Yes), Ana).ThenNothing();
        voted.When(Votes(Ana, Choice.Yes), Clerk).ThenNothing();
        Assert.Equal(Choice.No, voted.Do(Clerk, Votes(Ana, Choice.No)).Now().Vote!.Ballots["m1"]);
        VoteOpen.When(Votes(Ana, Choice.Yes, vote: 2), Ana).ThenRefused(MeetingRefusals.NoSuchVote);
        Debated.When(Votes(Ana, Choice.Yes), Ana).ThenRefused(MeetingRefusals.NoSuchVote);
        VoteOpen.When(Votes(Ana, Choice.Yes, wording: 2), Ana).ThenRefused(MeetingRefusals.WordingChanged);
        VoteOpen.When(Votes(Ana, Choice.Yes), Ben).ThenRefused(MeetingRefusals.NotYourSeat);
        foreach (var person in new[] { Staff, HubAdmin, Follower, Outsider, Partner, Alternate })
            VoteOpen.When(Votes(Ana, Choice.Yes), person).ThenRefused(MeetingRefusals.NotYourSeat);
        VoteOpen.Do(Ana, new MeetingCommand.StepOut(Ana.Member)).When(Votes(Ana, Choice.Yes), Ana).ThenRefused(MeetingRefusals.NotPresent);
        VoteOpen.When(Votes(Ana, Choice.Yes), new Actor.Person(Ana.Member, Ana.Standing with { Seats = [] })).ThenRefused(MeetingRefusals.NotYourSeat);   // whose seat was taken away
        VoteOpen.When(new MeetingCommand.Cast(1, new MemberId("nobody"), Choice.Yes, 1), Clerk).ThenRefused(MeetingRefusals.NoSuchSeat);
    }

    [Fact]
    public void When_holder_and_alternate_change_places_the_ballot_stands_and_the_newcomer_may_change_it()
    {
        var changed = VoteOpen.Do(Ana, Votes(Ana, Choice.Yes)).Do(Ana, new MeetingCommand.Leave(Ana.Member)).Do(Alternate, new MeetingCommand.CheckIn(Ana.Member, Alternate.Member, false));
        Assert.Equal(Choice.Yes, changed.Now().Vote!.Ballots["m1"]);
        Assert.Equal(Choice.No, changed.Do(Alternate, Votes(Ana, Choice.No)).Now().Vote!.Ballots["m1"]);
        changed.When(Votes(Ana, Choice.No), Ana).ThenRefused(MeetingRefusals.NotYourSeat);
    }

    [Fact]
    public void The_vote_can_t_close_while_a_member_present_is_unaccounted_for()
    {
        var two = VoteOpen.AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Ana, Choice.No));
        Assert.Equal(MeetingRefusals.Unaccounted("Council Member, Biggs; Council Member, Colusa"), two.RefusalOf(Chair, new MeetingCommand.CloseVote(1)));
        two.When(new MeetingCommand.MarkSilent(1, Ben.Member, Silence.NotVoting), Staff).ThenRefused(MeetingRefusals.OnlyChairOrClerk);
        two.When(new MeetingCommand.MarkSilent(2, Ben.Member, Silence.NotVoting), Clerk).ThenRefused(MeetingRefusals.NoSuchVote);
        two.When(new MeetingCommand.MarkSilent(1, Ana.Member, Silence.NotVoting), Clerk).ThenRefused(MeetingRefusals.VotedAlready);
        two.When(new MeetingCommand.MarkSilent(1, new MemberId("nobody"), Silence.NotVoting), Clerk).ThenRefused(MeetingRefusals.NoSuchSeat);
        var marked = two.Do(Clerk, new MeetingCommand.MarkSilent(1, Ben.Member, Silence.NotVoting)).Do(Chair, new MeetingCommand.MarkSilent(1, Cal.Member, Silence.Unreachable));
        marked.When(new MeetingCommand.MarkSilent(1, Ben.Member, Silence.NotVoting), Clerk).ThenNothing();
        Assert.Empty(marked.Do(Ben, Votes(Ben, Choice.No)).Now().Vote!.Silent.Keys.Except(["m3"], StringComparer.Ordinal));
        two.Do(Cal, new MeetingCommand.Leave(Cal.Member)).When(new MeetingCommand.MarkSilent(1, Cal.Member, Silence.NotVoting), Clerk).ThenRefused(MeetingRefusals.NotPresent);
        // Cal can't be reached and so is not present by this body's rule; four are.
        var closed = marked.Do(Chair, new MeetingCommand.CloseVote(1)).Now().Results[^1].Why!;
        Assert.Equal((VoteOutcome.Adopted, 2, 1, 1, 1), (closed.Outcome, closed.Count.Yes, closed.Count.No, closed.Count.NotVoting, closed.Count.Unreachable));
    }

    [Fact]
    public void A_recusal_declared_late_takes_the_ballot_out_of_the_count_and_leaves_it_in_the_record()
    {
        var closed = VoteOpen.AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.No), (Ana, Choice.Yes), (Ben, Choice.No), (Cal, Choice.Yes))
            .Do(Ana, new MeetingCommand.Recuse(Ana.Member, 4, "Owns a landfill")).Do(Chair, new MeetingCommand.CloseVote(1)).Now().Results[^1];
        Assert.Equal((VoteOutcome.Rejected, 2, 2, 1), (closed.Why!.Outcome, closed.Why.Count.Yes, closed.Why.Count.No, closed.Why.Count.Recused));
        Assert.Equal(Choice.Yes, closed.Vote.Ballots["m1"]);
    }

    [Fact]
    public void Closing_freezes_the_set_and_says_why_and_closing_again_changes_nothing()
    {
        var closed = VoteOpen.AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Ana, Choice.No), (Ben, Choice.Abstain), (Cal, Choice.Yes)).Do(Chair, new MeetingCommand.CloseVote(1));
        var done = Assert.Single(closed.Now().Results);
        Assert.Equal((VoteOutcome.Adopted, 3, 1, 1), (done.Why!.Outcome, done.Why.Count.Yes, done.Why.Count.No, done.Why.Count.Abstain));
        Assert.Equal(Kinds.Write(done.Why), Kinds.Write(MeetingDecider.WhyOf(closed.Now() with { Item = 4 }, done.Vote)));
        closed.When(new MeetingCommand.CloseVote(1), Chair).ThenNothing();
        closed.When(new MeetingCommand.CloseVote(2), Chair).ThenRefused(MeetingRefusals.NoSuchVote);
        closed.When(Votes(Ana, Choice.Yes), Ana).ThenRefused(MeetingRefusals.NoSuchVote);
        Assert.Empty(closed.Now().Motions);
    }

    [Theory]
    [InlineData(2, 2, 1, VoteOutcome.Rejected)]
    [InlineData(3, 2, 0, VoteOutcome.Adopted)]
    [InlineData(1, 0, 4, VoteOutcome.Adopted)]
    [InlineData(0, 0, 5, VoteOutcome.Rejected)]
    public void More_yes_than_no_carries_a_motion_and_a_tie_fails(int yes, int no, int abstain, VoteOutcome outcome)
    {
        Choice[] choices = [.. Enumerable.Repeat(Choice.Yes, yes), .. Enumerable.Repeat(Choice.No, no), .. Enumerable.Repeat(Choice.Abstain, abstain)];
        var closed = VoteOpen.AllVote(1, 1, [.. Seated.Zip(choices)]).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Equal(outcome, closed.Now().Results[^1].Why!.Outcome);
    }

    [Fact]
    public void Unanimous_consent_waits_and_one_objection_calls_the_roll()
    {
        var asked = Debated.Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.UnanimousConsent));
        Assert.Equal("ConsentAsked", asked.RefusalOf(Ana, Votes(Ana, Choice.Yes))?.Code);
        var opened = asked.Now().Vote!.Opened;
        Assert.Equal(MeetingRefusals.ConsentStillOpen(1), asked.At(opened.AddSeconds(4)).RefusalOf(Chair, new MeetingCommand.CloseVote(1)));
        var adopted = asked.At(opened.AddSeconds(5)).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Equal((VoteOutcome.Adopted, 5), (adopted.Now().Results[^1].Why!.Outcome, adopted.Now().Results[^1].Why!.Count.Yes));
        var roll = asked.Do(Ben, new MeetingCommand.Object(1, Ben.Member));
        Assert.Equal(VoteMethod.RollCall, roll.Now().Vote!.Method);
        roll.Do(Ana, Votes(Ana, Choice.Yes));
        Assert.Equal("NoConsentAsked", roll.RefusalOf(Ana, new MeetingCommand.Object(1, Ana.Member))?.Code);
        asked.When(new MeetingCommand.Object(3, Ben.Member), Ben).ThenRefused(MeetingRefusals.NoSuchVote);
    }

    [Fact]
    public void Hands_are_counted_by_the_clerk_and_never_with_a_remote_member()
    {
        var hands = Debated.Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.HandCount));
        hands.When(new MeetingCommand.CloseVote(1), Chair).ThenRefused(MeetingRefusals.HandsMissing);
        hands.When(new MeetingCommand.EnterHands(1, 4, 2, 0), Clerk).ThenRefused(MeetingRefusals.HandsDontFit);
        hands.When(new MeetingCommand.EnterHands(1, -1, 2, 0), Clerk).ThenRefused(MeetingRefusals.HandsDontFit);
        hands.When(new MeetingCommand.EnterHands(1, 3, 2, 0), Ana).ThenRefused(MeetingRefusals.OnlyChairOrClerk);
        VoteOpen.When(new MeetingCommand.EnterHands(1, 3, 2, 0), Clerk).ThenRefused(MeetingRefusals.NotByHands);
        var entered = hands.Do(Clerk, new MeetingCommand.EnterHands(1, 3, 1, 0));
        entered.When(new MeetingCommand.EnterHands(1, 3, 1, 0), Clerk).ThenNothing();
        var why = entered.Do(Chair, new MeetingCommand.CloseVote(1)).Now().Results[^1].Why!;
        Assert.Equal((VoteOutcome.Adopted, 3, 1, 1), (why.Outcome, why.Count.Yes, why.Count.No, why.Count.NotVoting));
        var remote = Debated.Do(Cal, new MeetingCommand.CheckIn(Cal.Member, Cal.Member, true));
        Assert.Equal("RollCallOnly", remote.RefusalOf(Chair, new MeetingCommand.OpenVote(1, VoteMethod.HandCount))?.Code);
        Assert.Equal("RollCallOnly", remote.RefusalOf(Chair, new MeetingCommand.OpenVote(1, VoteMethod.UnanimousConsent))?.Code);
        remote.Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));
    }

    [Fact]
    public void By_a_body_s_rule_the_one_who_presides_votes_only_to_break_a_tie()
    {
        var voting = Opened(RollOf(EqGroup with { Rules = EqGroup.Rules with { ChairBreaksTies = true } })).Do(Chair, new MeetingCommand.CallItem(4)).Do(Ana, Moves(Ana, MotionKind.Main, SupportIt)).Do(Ben, new MeetingCommand.SecondMotion(1, Ben.Member)).Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall));
        voting.When(Votes(Chair, Choice.Yes), Chair).ThenRefused(MeetingRefusals.OnlyToBreakATie);
        var uneven = voting.AllVote(1, 1, (ViceChair, Choice.Yes), (Ana, Choice.Yes), (Ben, Choice.Yes), (Cal, Choice.No));
        uneven.When(Votes(Chair, Choice.No), Chair).ThenRefused(MeetingRefusals.OnlyToBreakATie);
        uneven.Do(Chair, new MeetingCommand.CloseVote(1));
        var tied = voting.AllVote(1, 1, (ViceChair, Choice.Yes), (Ana, Choice.Yes), (Ben, Choice.No), (Cal, Choice.No)).Do(Chair, Votes(Chair, Choice.Yes)).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Equal(VoteOutcome.Adopted, tied.Now().Results[^1].Why!.Outcome);
    }

    [Fact]
    public void A_voided_vote_keeps_its_ballots_counts_nowhere_and_is_taken_again()
    {
        var open = VoteOpen.Do(Ana, Votes(Ana, Choice.Yes));
        open.When(new MeetingCommand.VoidVote(1, ""), Chair).ThenRefused(MeetingRefusals.BadReason);
        open.When(new MeetingCommand.VoidVote(2, "Wrong words"), Chair).ThenRefused(MeetingRefusals.NoSuchVote);
        open.When(new MeetingCommand.VoidVote(1, "Wrong words"), Clerk).ThenRefused(MeetingRefusals.OnlyTheChairPresides);
        var voided = open.Do(Chair, new MeetingCommand.VoidVote(1, "The screen was dark"));
        voided.When(new MeetingCommand.VoidVote(1, "The screen was dark"), Chair).ThenNothing();
        Assert.Equal(["m1"], voided.Now().Results[^1].Vote.Ballots.Keys);
        Assert.Equal(2, voided.Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall)).Now().Vote!.Vote);
        var closed = VoteOpen.AllVote(1, 1, [.. Seated.Select(person => (person, Choice.Yes))]).Do(Chair, new MeetingCommand.CloseVote(1));
        var reopened = closed.Do(Chair, new MeetingCommand.VoidVote(1, "Two were not heard"));
        Assert.Equal(1, reopened.Now().Top!.Motion);
        Assert.Equal(("Two were not heard", 5), (reopened.Now().Results[^1].Voided, reopened.Now().Results[^1].Vote.Ballots.Count));
        reopened.When(new MeetingCommand.VoidVote(1, "Again"), Chair).ThenNothing();
        Assert.Equal("NothingToVoid", closed.Do(Chair, new MeetingCommand.FinishItem()).RefusalOf(Chair, new MeetingCommand.VoidVote(1, "Too late"))?.Code);
    }

    [Fact]
    public void Only_the_side_that_prevailed_moves_to_reconsider_and_the_earlier_result_is_suspended()
    {
        var closed = VoteOpen.AllVote(1, 1, (Chair, Choice.Yes), (ViceChair, Choice.Yes), (Ana, Choice.No), (Ben, Choice.Yes), (Cal, Choice.Yes)).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Equal("NotPrevailing", closed.RefusalOf(Ana, Moves(Ana, MotionKind.Reconsider))?.Code);
        Assert.Equal("NothingDecided", OnSb54.RefusalOf(Ana, Moves(Ana, MotionKind.Reconsider))?.Code);
        var again = closed.Do(Ben, Moves(Ben, MotionKind.Reconsider)).Do(Ana, new MeetingCommand.SecondMotion(2, Ana.Member)).Do(Chair, new MeetingCommand.OpenVote(2, VoteMethod.RollCall))
            .AllVote(2, 1, [.. Seated.Select(person => (person, Choice.Yes))]).Do(Chair, new MeetingCommand.CloseVote(2));
        Assert.True(again.Now().Results[0].IsReconsidered);
        Assert.False(again.Do(Chair, new MeetingCommand.VoidVote(2, "Not seconded in time")).Now().Results[0].IsReconsidered);
        again.Do(Ana, Moves(Ana, MotionKind.Main, new MotionWords(Position.Oppose, "", "")));
    }

    [Fact]
    public void The_consent_calendar_is_one_vote_without_the_items_that_were_pulled()
    {
        InSession.When(new MeetingCommand.PullItem(4, Ana.Member), Ana).ThenRefused(MeetingRefusals.NotConsent);
        InSession.When(new MeetingCommand.PullItem(9, Ana.Member), Ana).ThenRefused(MeetingRefusals.NoSuchItem);
        var pulled = InSession.Do(Ana, new MeetingCommand.PullItem(3, Ana.Member));
        pulled.When(new MeetingCommand.PullItem(3, Ben.Member), Ben).ThenNothing();
        var moved = pulled.Do(Chair, new MeetingCommand.CallItem(2)).Do(Ana, Moves(Ana, MotionKind.Main));
        Assert.Equal([2], moved.Now().Top!.Covers);
        Assert.Equal([2, 3], InSession.Do(Chair, new MeetingCommand.CallItem(2)).Do(Ana, Moves(Ana, MotionKind.Main)).Now().Top!.Covers);
        moved.When(new MeetingCommand.PullItem(2, Ben.Member), Ben).ThenRefused(MeetingRefusals.NotConsent);
        var adopted = moved.Do(Ben, new MeetingCommand.SecondMotion(1, Ben.Member)).Do(Chair, new MeetingCommand.OpenVote(1, VoteMethod.RollCall))
            .AllVote(1, 1, [.. Seated.Select(person => (person, Choice.Yes))]).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.Equal([2], adopted.Now().Finished);
        Assert.Empty(pulled.Do(Chair, new MeetingCommand.CallItem(3)).Do(Ana, Moves(Ana, MotionKind.Main)).Now().Top!.Covers);
    }

    [Fact]
    public void A_motion_to_adjourn_that_carries_ends_the_meeting_and_one_to_table_ends_the_item()
    {
        FakeMeeting Carried(MotionKind kind) => Debated.Do(Cal, Moves(Cal, kind)).Do(Ben, new MeetingCommand.SecondMotion(2, Ben.Member)).Do(Chair, new MeetingCommand.OpenVote(2, VoteMethod.RollCall))
            .AllVote(1, 1, [.. Seated.Select(person => (person, Choice.Yes))]).Do(Chair, new MeetingCommand.CloseVote(1));
        Assert.IsType<Meeting.Adjourned>(Carried(MotionKind.Adjourn).State);
        Assert.Equal(Phase.InRecess, Carried(MotionKind.Recess).Now().Phase);
        Assert.Equal([4], Carried(MotionKind.Table).Now().Finished);
        Assert.Equal("DebateClosed", Carried(MotionKind.CallTheQuestion).RefusalOf(Ana, Moves(Ana, MotionKind.Amend, SupportIt))?.Code);
    }

    [Fact]
    public void What_is_said_in_a_noticed_meeting_is_public_and_elsewhere_it_is_talk_on_its_bill()
    {
        ICommand speak = new MeetingCommand.AskToSpeak(Ana.Member, Side.For);
        Assert.Null(speak.Joins(OnSb54.Stream, MeetingDecider.Tell(OnSb54.State)));
        var unnoticed = Opened(Prepared(Nothing.Do(Chair, new MeetingCommand.Schedule(Eq, "Tomorrow", false, By.Start.AddDays(1), Hall))).Do(Clerk, new MeetingCommand.OpenRoll(Eq)));
        Assert.Equal(new Talk(Eq, "june"), speak.Joins(unnoticed.Stream, MeetingDecider.Tell(unnoticed.State)));
        Assert.Equal(new Talk(Eq, Sb54.Value), speak.Joins(unnoticed.Stream, MeetingDecider.Tell(unnoticed.Do(Chair, new MeetingCommand.CallItem(4)).State)));
        Assert.Null(((ICommand)Votes(Ana, Choice.Yes)).Joins(unnoticed.Stream, MeetingDecider.Tell(unnoticed.State)));
    }

    [Fact]
    public void A_command_reads_the_group_the_bill_and_the_people_it_names()
    {
        Assert.Equal([Eq.Stream], ((ICommand)new MeetingCommand.OpenRoll(Eq)).Needs);
        Assert.Equal([Sb54.Stream], ((ICommand)new MeetingCommand.AddItem(Item(ItemKind.Action, "x", Sb54))).Needs);
        Assert.Equal([Ana.Member.Stream, Alternate.Member.Stream], ((ICommand)new MeetingCommand.CheckIn(Ana.Member, Alternate.Member, false)).Needs);
        Assert.Empty(((ICommand)Votes(Ana, Choice.Yes)).Needs);
    }
}
