"""What the page saw becomes proposals: quietly, once a month, at most three per actor, and never twice for the same."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.meetings.enums import ItemKind, MeetingState
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from bookings.enums import Audience, BookingRole, BookingState
from bookings.models import Booking
from centers.models import Center, Room
from collaboration import actions, evidence_sources, tasks
from collaboration.enums import CollaborationKind, CollaborationState, EvidenceKind
from collaboration.models import Collaboration, Evidence
from collaboration.proposals import actions as proposals
from collaboration.proposals.evidence import SeenTogether
from medborger.common import clock
from medborger.common.models import Audit, Message
from tests.collaboration.factories import days_ago, entered, gathered, only_seen, seen
from tests.factories import ActorFactory, TargetGroupFactory, ThemeFactory, past_booking
from tests.fixtures import access


def next_month() -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=32), tick=False)


@pytest.mark.parametrize(
    ("kinds", "proposals"),
    [
        ([(EvidenceKind.BOOKING, False)], 0),
        ([(EvidenceKind.BOOKING, False)] * 2, 1),
        ([(EvidenceKind.BOOKING, False), (EvidenceKind.AGENDA, False)], 0),
        ([(EvidenceKind.MERGED, True)], 1),
        ([(EvidenceKind.MERGED, True), (EvidenceKind.BOOKING, False)], 1),
    ],
)
def test_two_of_a_kind_or_one_that_is_enough_make_a_proposal(
    house: Center, association: Actor, singers: Actor, kinds: list[tuple[EvidenceKind, bool]], proposals: int
) -> None:
    evidence_sources = [seen(association, singers, key=f"{n}", kind=k, enough=e) for n, (k, e) in enumerate(kinds)]
    assert gathered(house, *evidence_sources) == proposals
    assert Evidence.objects.count() == (len(kinds) if proposals else 0)
    assert not Message.objects.exists()


def test_a_proposal_says_what_was_seen(house: Center, association: Actor, singers: Actor) -> None:
    theme, group = ThemeFactory.create(), TargetGroupFactory.create()
    gathered(
        house,
        seen(association, singers, key="a", on=days_ago(30), title="Før", theme_ids=frozenset({theme.pk})),
        seen(association, singers, key="b", on=days_ago(9), title="Efter", target_group_ids=frozenset({group.pk})),
    )
    made = Collaboration.objects.get()
    assert (made.title, made.since, made.state, made.form) == (
        "Efter",
        days_ago(30),
        CollaborationState.PROPOSED,
        CollaborationKind.COORDINATE,
    )
    assert (made.created_by, made.confirmed_at) == (None, None)
    assert (list(made.themes.all()), list(made.target_groups.all())) == ([theme], [group])
    assert [(e.key, e.title) for e in made.evidence.all()] == [("a", "Før"), ("b", "Efter")]


def test_gathered_twice_in_a_month_nothing_new_is_made(house: Center, association: Actor, singers: Actor) -> None:
    one = seen(association, singers, key="a", enough=True)
    assert gathered(house, one) == 1
    assert gathered(house, one, seen(association, singers, key="b", enough=True)) == 0
    assert (Collaboration.objects.count(), Evidence.objects.count()) == (1, 1)


def test_silence_leaves_nothing_and_does_not_come_back(house: Center, association: Actor, singers: Actor) -> None:
    one = seen(association, singers, key="a", enough=True)
    gathered(house, one)
    with next_month():
        assert gathered(house, one) == 0
    made = Collaboration.objects.get()
    assert (made.state, made.confirmed_by) == (CollaborationState.DISMISSED, None)
    assert Audit.objects.filter(verb="collaboration.lapsed", person=None, subject_id=made.pk).exists()
    assert Evidence.objects.count() == 1


def test_what_was_dismissed_comes_back_for_new_evidence_alone(
    house: Center, association: Actor, singers: Actor, singer: User
) -> None:
    one = seen(association, singers, key="a", enough=True)
    gathered(house, one)
    actions.dismiss(collaboration=Collaboration.objects.get(), by=access(singer))
    with next_month():
        assert gathered(house, one, seen(association, singers, key="b", enough=True)) == 1
    assert Collaboration.objects.proposed().get().evidence.get().key == "b"


def test_a_no_to_a_weekly_room_is_not_asked_for_again_each_month(
    house: Center, association: Actor, singers: Actor, singer: User
) -> None:
    def two(name: str) -> list[SeenTogether]:
        return [seen(association, singers, key=f"{name}{n}") for n in range(2)]

    gathered(house, *two("before"))
    actions.dismiss(collaboration=Collaboration.objects.get(), by=access(singer))
    with next_month():
        assert gathered(house, *two("after")) == 0
    with time_machine.travel(clock.now() + timedelta(days=200), tick=False):
        assert gathered(house, *two("later")) == 1


def test_at_most_three_proposals_per_actor_and_the_strongest_first(house: Center, association: Actor) -> None:
    others = [ActorFactory.create(house=house) for _ in range(5)]
    weak = [seen(association, other, key=f"enough:{other.pk}", enough=True) for other in others]
    strong = [seen(association, others[4], key=f"more:{n}", enough=True) for n in range(3)]
    apart = seen(others[0], others[1], key="apart", enough=True)
    assert gathered(house, *weak, *strong, apart) == 4
    proposed = Collaboration.objects.filter(parties__actor=association)
    assert proposed.count() == 3
    assert proposed.filter(parties__actor=others[4]).exists()


def test_what_is_in_the_log_already_gets_its_evidence_without_a_word(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User
) -> None:
    known = entered(house, contact, association, singers)
    ended = entered(house, contact, association, players, until=days_ago(50))
    gathered(
        house,
        seen(association, singers, key="known"),
        seen(association, players, key="after its end", enough=True),
        seen(association, players, key="before its end", on=days_ago(60)),
    )
    assert [e.key for e in known.evidence.all()] == ["known"]
    assert [e.key for e in ended.evidence.all()] == ["before its end"]
    assert Collaboration.objects.proposed().get().evidence.get().key == "after its end"


def test_one_that_would_be_the_same_as_what_stands_is_not_proposed(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    entered(house, contact, association, singers, title="Fælles aften", since=days_ago(3))
    assert gathered(house, seen(association, singers, key="before it began", enough=True)) == 0
    assert Collaboration.objects.count() == 1


def test_who_has_left_the_house_is_asked_nothing(house: Center, association: Actor, singers: Actor) -> None:
    singers.affiliations.update(until=clock.today())
    assert gathered(house, seen(association, singers, key="a", enough=True)) == 0


def test_each_house_gathers_its_own_by_the_clock(house: Center, other_house: Center, association: Actor) -> None:
    one, two = (ActorFactory.create(house=other_house) for _ in range(2))

    with only_seen(seen(one, two, key="a", enough=True)):
        tasks.gather(other_house.pk)
    assert Collaboration.objects.get().center == other_house


def test_what_the_first_of_a_month_missed_is_gathered_the_next_morning(
    house: Center, other_house: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(tasks.gather, "delay", asked.append)
    tasks.gather(house.pk)
    tasks.gather_all()
    assert asked == [other_house.pk]
    with next_month():
        tasks.gather_all()
    assert asked[1:] == [house.pk, other_house.pk]


# --- what the log sees itself ---------------------------------------------------------------------------------------


def shared(room: Room, holder: Actor, partner: Actor, days: int = 7, **said: object) -> Booking:
    """A booking of one with another, some days ago."""
    booking = past_booking(room, holder, None, clock.now() - timedelta(days=days))
    booking.parties.create(actor=partner, part=BookingRole.PARTNER)
    Booking.objects.filter(pk=booking.pk).update(**said)
    return booking


def test_a_booking_of_one_with_another_is_seen_once_it_has_been(
    house: Center, room: Room, association: Actor, singers: Actor
) -> None:
    theme, group = ThemeFactory.create(), TargetGroupFactory.create()
    booking = shared(room, association, singers, audience=Audience.EVERYONE)
    booking.themes.add(theme)
    booking.target_groups.add(group)
    shared(room, association, singers, days=-7)
    shared(room, association, singers, days=8, state=BookingState.CANCELLED)
    past_booking(room, association, None, clock.now() - timedelta(days=3))
    assert list(evidence_sources.shared_bookings(house, days_ago(182))) == [
        SeenTogether(
            kind=EvidenceKind.BOOKING,
            key=f"booking:{booking.pk}:{association.pk}-{singers.pk}",
            actor_ids=frozenset({association.pk, singers.pk}),
            title="Folkedans",
            on=clock.local(booking.starts_at).date(),
            link=f"/foreningernes-hus/bookinger/{booking.pk}/",
            form=CollaborationKind.COORDINATE,
            theme_ids=frozenset({theme.pk}),
            target_group_ids=frozenset({group.pk}),
        )
    ]


def test_the_title_of_a_closed_booking_is_not_told_to_the_house(
    house: Center, room: Room, association: Actor, singers: Actor
) -> None:
    shared(room, association, singers)
    seen_one = next(iter(evidence_sources.shared_bookings(house, days_ago(182))))
    assert (seen_one.title, seen_one.form) == ("Fælles booking af Salen", CollaborationKind.EXCHANGE_RESOURCES)


def item(house: Center, owner: Actor, *audience: Actor, circle: str = "forum", **said: object) -> AgendaItem:
    """A minuted item of a meeting a week ago."""
    at = clock.now() - timedelta(days=7)
    meeting = Meeting.objects.create(
        center=house,
        circle=circle,
        title="Forum",
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        state=MeetingState.HELD,
        convened_at=at,
        created_at=at,
    )
    fields = {"title": "Lys i gården", "minutes": "Vi køber lamper", "owner": owner, "position": 1} | said
    made = AgendaItem.objects.create(meeting=meeting, **fields)
    for actor in audience:
        made.concerned.create(actor=actor)
    return made


def test_an_item_that_some_few_worked_on_together_is_enough(house: Center, association: Actor, singers: Actor) -> None:
    made = item(house, association, singers)
    item(house, association, singers, kind=ItemKind.INFORMATION)
    item(house, association, singers, minutes="")
    item(house, association, singers, circle="council")
    item(house, association)
    item(house, association, *[ActorFactory.create(house=house) for _ in range(9)])
    found = list(evidence_sources.shared_items(house, days_ago(182)))
    assert [(s.key, s.actor_ids, s.enough) for s in found] == [
        (f"agenda:{made.pk}", frozenset({association.pk, singers.pk}), True)
    ]


def test_what_is_seen_is_read_in_the_same_statements_however_much_it_is(
    house: Center, room: Room, association: Actor, singers: Actor
) -> None:
    counts = []
    for days in (7, 8, 9):
        shared(room, association, singers, days=days)
        item(house, association, singers)
        with CaptureQueriesContext(connection) as statements:
            assert list(evidence_sources.shared_bookings(house, days_ago(182))) and list(
                evidence_sources.shared_items(house, days_ago(182))
            )
        counts.append(len(statements))
    assert counts[0] == counts[-1] <= 6


def test_from_two_bookings_to_a_proposal(house: Center, room: Room, association: Actor, singers: Actor) -> None:
    shared(room, association, singers, days=7)
    assert proposals.gather(center=house, now=clock.now()) == 0
    shared(room, singers, association, days=9)
    with next_month():
        assert proposals.gather(center=house, now=clock.now()) == 1
    assert Collaboration.objects.get().evidence.count() == 2
