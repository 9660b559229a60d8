"""What the demo's councils show. All of it was made by the actions that people use, so that every ballot can be checked."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Q

from actors.access import Access
from actors.council import meeting_body
from actors.council.ballots import verify
from actors.council.ballots.actions.opening import may_open_from
from actors.council.enums import (
    AmendmentState,
    Capacity,
    Choice,
    DisputeState,
    EventKind,
    Follows,
    HolderRole,
    Method,
    MotionKind,
    MotionState,
    TieRule,
    Verdict,
)
from actors.council.member import CouncilMember
from actors.council.models import (
    Amendment,
    Ballot,
    Comment,
    Council,
    Dispute,
    Entitlement,
    HouseRuleVersion,
    Motion,
    MotionText,
    Recusal,
    RuleNotice,
    Seat,
    SeatHolder,
    SecretVote,
    StandingOrders,
    VoteEvent,
)
from actors.enums import ActorKind
from actors.meetings.enums import Answer, MeetingState
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from centers.hours import hours_on
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Audit, Message
from medborger.common.text_diff import SameWords, merge
from tests.demo.conftest import DEMO

pytestmark = DEMO


def council(slug: str = "foreningernes-hus") -> Council:
    return Council.objects.select_related("center").get(center__slug=slug)


def motion(title: str) -> Motion:
    return Motion.objects.select_related("council__center").get(title=title)


def council_member(role: str, of: Council) -> CouncilMember:
    return CouncilMember.of(Access.of(User.objects.get(email=f"{role}@{of.center.slug}.example")), of)


def waiting(role: str, of: Council) -> list[tuple[str, str]]:
    """What the log-in has still to vote on, and for which seat; a secret vote waits for the one person named."""
    own = council_member(role, of)
    mine = Q(ballot__secret=False) | Q(named__user=own.person)
    rows = Entitlement.objects.not_voted().filter(mine, ballot__closed_at=None, seat__in=own.parts)
    return [(row.ballot.motion.title, row.seat.name) for row in rows.with_names()]


# --- all of them ------------------------------------------------------------------------------------------------------


def test_three_houses_have_a_council_and_one_has_none() -> None:
    names = dict(Council.objects.values_list("center__slug", "name"))
    assert names == {
        "foreningernes-hus": "Husrådet",
        "kvarterhuset": "Kvarterhusledelsen",
        "sundhedshuset": "Lejerforeningen",
    }
    assert Center.objects.filter(slug="hedemarken", council=None).exists()


def test_every_ballot_can_be_checked_against_the_code_that_was_mailed() -> None:
    ballots = list(Ballot.objects.all())
    assert len(ballots) == 16
    assert [verify.check(ballot, ballot.head_hash).holds for ballot in ballots] == [True] * len(ballots)


def test_nothing_is_from_the_future_but_what_is_to_come() -> None:
    now, midnight = clock.now(), clock.midnight(clock.today())
    assert not Audit.objects.filter(at__gt=now).exists()
    assert not VoteEvent.objects.filter(at__gt=now).exists()
    assert not Comment.objects.filter(created_at__gt=now).exists()
    assert not Ballot.objects.filter(closed_at=None, closes_at__lt=midnight + timedelta(days=2)).exists()
    assert (
        Ballot.objects.filter(closed_at=None, closes_at__lt=midnight + timedelta(days=5)).count()
        == Council.objects.count()
    )


def test_the_mailbox_holds_letters_of_the_last_two_days_and_of_the_week_of_the_digest() -> None:
    sent = [message.created_at for message in Message.objects.all()]
    monday = clock.monday(clock.local(clock.now() - timedelta(hours=7)).date())
    assert 30 <= len(sent) <= 160
    assert min(sent) >= clock.midnight(min(clock.today() - timedelta(days=2), monday))
    assert max(sent) <= clock.now()


def test_every_text_could_have_been_typed_into_the_forms() -> None:
    for model in (
        Council,
        Seat,
        Motion,
        MotionText,
        Amendment,
        Comment,
        Recusal,
        RuleNotice,
        Dispute,
        Meeting,
        AgendaItem,
    ):
        never_asked = [field.name for field in model._meta.fields if field.null and not field.blank]
        for row in model._default_manager.all():
            row.full_clean(exclude=never_asked)


def test_every_event_of_a_ballot_comes_after_the_one_before() -> None:
    for ballot in Ballot.objects.all():
        times = [event.at for event in ballot.events.all()]
        assert times == sorted(times)


# --- the Husråd -------------------------------------------------------------------------------------------------------


def test_every_association_of_the_house_has_a_seat_and_a_representative() -> None:
    here = council()
    associations = Actor.objects.in_house(here.center_id).filter(kind=ActorKind.ASSOCIATION)
    seats = Seat.objects.in_force().filter(council=here)
    assert set(seats.values_list("actor", flat=True)) == set(associations.values_list("pk", flat=True))
    representatives = SeatHolder.objects.in_force().filter(seat__in=seats, part=HolderRole.REPRESENTATIVE)
    assert representatives.count() == seats.count()
    assert [
        (seat.name, council_member("raad", here).part_on(seat.pk)) for seat in council_member("raad", here).held_seats
    ] == [("Folkedanserne", HolderRole.REPRESENTATIVE)]
    assert list(council_member("suppleant", here).parts.values()) == [HolderRole.DEPUTY]
    assert [seat.name for seat in council_member("medlem", here).seats.values()] == ["Brætspilsklubben"]
    assert not council_member("medlem", here).holds_a_seat


def test_every_state_of_a_motion_is_there() -> None:
    states = Counter(Motion.objects.filter(council=council()).values_list("state", flat=True))
    assert set(states) == set(MotionState)
    kinds = set(Motion.objects.values_list("kind", flat=True))
    assert kinds == set(MotionKind)


def test_a_reader_finds_the_open_ballot_half_way() -> None:
    quiet_evenings = motion("Ro i huset efter kl. 21.30 på hverdage")
    ballot = Ballot.objects.get(motion=quiet_evenings)
    entitled = Entitlement.objects.filter(ballot=ballot)
    voted = entitled.voted()
    how = Counter(voted.values_list("counting__capacity", flat=True))
    assert ballot.closes_at == clock.at(clock.today() + timedelta(days=4), 20 * 60)
    assert (voted.count(), entitled.filter(recused=True).count()) == (38, 1)
    assert how == {Capacity.REPRESENTATIVE: 37, Capacity.DEPUTY: 1}
    skak = ballot.events.filter(seat__actor__name="Skakklubben")
    assert list(skak.values_list("choice", flat=True)) == [Choice.AGAINST, Choice.FOR]
    assert ballot.text.amendment is not None
    assert ballot.text.amendment.state == AmendmentState.TAKEN_IN
    assert waiting("raad", ballot.council) == [(quiet_evenings.title, "Folkedanserne")]
    assert not voted.filter(seat__actor__name="Brætspilsklubben").exists()


@pytest.mark.parametrize(
    ("title", "verdict", "votes"),
    [
        ("Salen lukket søndag aften", Verdict.REJECTED, (17, 29, 4)),
        ("Fælles indkøb af service", Verdict.ADOPTED, (44, 5, 3)),
        ("Nye gardiner i Caféen", Verdict.NOT_QUORATE, (15, 3, 1)),
    ],
)
def test_what_the_council_decided_is_on_its_pages(title: str, verdict: Verdict, votes: tuple[int, int, int]) -> None:
    result = Ballot.objects.get(motion__title=title).result
    assert (result.verdict, (result.votes_for, result.against, result.blank)) == (verdict, votes)


def test_the_rules_have_a_past_and_a_future() -> None:
    center = council().center
    today = list(HouseRuleVersion.objects.on(clock.today(), center.pk))
    later = list(HouseRuleVersion.objects.on(clock.today() + timedelta(days=10), center.pk))
    assert [version.rule.number for version in today] == [1, 2, 3, 4, 5, 6]
    assert [(version.rule.number, version.number) for version in later if version not in today] == [(1, 2)]
    kitchen = today[1]
    assert (kitchen.number, kitchen.motion is not None) == (3, True)
    assert {room.slug for version in today for room in version.rooms.all()} == {"koekkenet", "salen", "oeverummet"}


def test_one_motion_waits_to_be_voted_on_and_one_is_talked_about() -> None:
    orders = StandingOrders.objects.in_force(council().pk)
    assert may_open_from(motion("Flere hylder i Værkstedet"), orders) < clock.now()
    cleaning = motion("Fælles rengøring hver måned")
    first, second = cleaning.amendments.undecided()
    with pytest.raises(SameWords):
        merge(first.base.text, first.text, second.text)
    comments = Comment.objects.of(cleaning)
    assert (len(comments), sum(comment.by_staff for comment in comments)) == (5, 1)
    assert sum(len(comment.edits.all()) for comment in comments) == 1
    assert cleaning.recusals.in_force().count() == 1
    assert motion("Ti dage til at stemme").proposed_orders.ballot_days == 10


def test_a_draft_is_seen_by_the_people_of_its_seat_alone() -> None:
    here = council()
    drafts = Motion.objects.filter(state=MotionState.DRAFT)
    assert [draft.title for draft in drafts.visible_to(council_member("raad", here))] == ["Spejle i Salen, syd"]
    assert not drafts.visible_to(council_member("medlem", here)).exists()


def test_breaches_are_reminded_of_warned_about_and_appealed() -> None:
    notices = {notice.number: notice for notice in RuleNotice.objects.select_related("actor")}
    assert [notices[number].follows for number in (1, 2, 3)] == [Follows.REMINDER, Follows.WARNING, Follows.REMINDER]
    assert notices[1].answer
    assert not notices[3].answer
    appeal = notices[2].dispute
    assert (appeal.state, appeal.raised_by) == (DisputeState.MEDIATION, notices[2].actor)
    assert appeal.mediator is not None


def test_conflicts_are_raised_and_settled() -> None:
    settled, _appeal, raised = Dispute.objects.order_by("number")
    assert (settled.state, settled.follow_up_on) == (DisputeState.SETTLED, clock.today() + timedelta(days=14))
    assert settled.motion is not None
    recused = Ballot.objects.get(motion=settled.motion).entitlements.filter(recused=True)
    assert set(recused.values_list("seat__actor", flat=True)) == set(settled.parties.values_list("pk", flat=True))
    assert (raised.state, raised.parties.count()) == (DisputeState.MEDIATION, 2)


# --- the boards -------------------------------------------------------------------------------------------------------


def test_the_kvarterhusledelse_divides_its_money_by_a_show_of_hands() -> None:
    budget = motion("Penge til aktiviteter næste år")
    ballot = Ballot.objects.get(motion=budget)
    figures = list(budget.figures.values_list("kroner", flat=True))
    assert (figures[0], sum(figures)) == (175_000, 0)
    assert (ballot.method, ballot.result.verdict, ballot.result.votes_for) == (Method.HANDS, Verdict.ADOPTED, 5)
    assert ballot.hand_votes.exclude(event=None).count() == 6
    meeting = Meeting.objects.get(center=budget.council.center, circle=meeting_body.KEY, state=MeetingState.HELD)
    assert meeting.starts_at <= ballot.opened_at < meeting.ends_at


def test_the_chair_breaks_a_tie() -> None:
    result = Ballot.objects.get(motion__title="Fast grillaften i gården").result
    assert (result.tied, result.chair, result.verdict) == (True, Choice.FOR, Verdict.ADOPTED)


def test_the_kvarterhusledelse_alone_has_proxies_and_days_of_review() -> None:
    here = council("kvarterhuset")
    using = [orders.council for orders in StandingOrders.objects.filter(Q(proxies__gt=0) | Q(reviews=True))]
    assert using == [here]
    assert [version.rule.number for version in HouseRuleVersion.objects.to_review(here.center_id)] == [3]
    proxy = Entitlement.objects.get(counting__capacity=Capacity.PROXY)
    assert (proxy.ballot.council, proxy.ballot.closed_at) == (here, None)


def test_the_chair_of_six_has_still_to_vote() -> None:
    here = council("kvarterhuset")
    assert Seat.objects.in_force().filter(council=here).count() == 6
    assert [seat.is_chair for seat in council_member("raad", here).held_seats] == [True]
    assert waiting("raad", here) == [("Barnevogne og cykler", "Beboerrepræsentant, formand")]
    assert waiting("raad", here) == waiting("suppleant", here)
    assert HouseRuleVersion.objects.on(clock.today(), here.center_id).count() == 3


def test_the_lejerforening_votes_in_secret_and_again_after_a_tie() -> None:
    here = council("sundhedshuset")
    assert StandingOrders.objects.in_force(here.pk).tie == TieRule.AGAIN
    tied, decided = Ballot.objects.filter(motion__title="Fælles skranke i stueetagen").order_by("opened_at")
    assert [tied.result.verdict, decided.result.verdict] == [Verdict.AGAIN, Verdict.ADOPTED]
    assert SecretVote.objects.filter(ballot=decided).count() == 7
    assert not VoteEvent.objects.filter(ballot__secret=True).exclude(choice="").exists()


def test_the_chair_of_seven_has_a_secret_vote_left() -> None:
    here = council("sundhedshuset")
    ballot = Ballot.objects.get(council=here, closed_at=None)
    assert (ballot.events.filter(kind=EventKind.CAST).count(), ballot.box.count()) == (4, 4)
    assert waiting("raad", here) == [(ballot.motion.title, "Formanden")]
    assert waiting("suppleant", here) == []


# --- meetings ---------------------------------------------------------------------------------------------------------


def opens_for(meeting: Meeting, on: date | None = None) -> bool:
    """Whether the house is open for all of the meeting, or would be on another day."""
    start, end = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    minutes = (clock.minute_of_day(instant, start.date()) for instant in (start, end))
    return hours_on(meeting.center, on or start.date()).covers(*minutes)


@pytest.mark.parametrize("slug", ["foreningernes-hus", "kvarterhuset"])
def test_one_meeting_was_held_and_one_is_next_week(slug: str) -> None:
    held, coming = Meeting.objects.filter(center__slug=slug, circle=meeting_body.KEY).order_by("starts_at")
    assert (held.state, coming.state) == (MeetingState.HELD, MeetingState.CONVENED)
    assert held.is_approved
    assert all(item.is_minuted for item in held.items.all())
    assert held.participants.filter(present=True).exists()
    assert set(coming.participants.values_list("answer", flat=True)) == set(Answer)
    assert opens_for(held)
    assert opens_for(coming)
    day, next_monday = clock.local(coming.starts_at).date(), clock.monday(clock.today()) + timedelta(days=7)
    passed_over = [day - timedelta(weeks=weeks) for weeks in range(1, 1 + (day - next_monday).days // 7)]
    assert day >= next_monday
    assert not any(opens_for(coming, on=earlier) for earlier in passed_over)
    before = Motion.objects.before_council().filter(council__center__slug=slug)
    assert {f"/{slug}/husraad/forslag/{number}/" for number in before.values_list("number", flat=True)} <= set(
        coming.items.values_list("about", flat=True)
    )
