"""Drafting a motion, putting it forward, and taking it back."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from actors.council import errors
from actors.council.ballots import actions
from actors.council.ballots.vote_log import proposal_digest
from actors.council.enums import Choice, Entitled, HolderRole, MotionKind, MotionState, Movers, Quorum
from actors.council.models import Council, HouseRuleVersion, Motion, StandingOrders
from actors.council.motions import actions as motion_actions, motion_kinds
from actors.council.motions.actions import MotionData
from actors.enums import Role
from actors.models import User
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.errors import AlreadyDone, Stale
from medborger.common.models import Message
from tests.actors.council.factories import (
    Holder,
    council_member,
    fill_seats,
    make_council,
    make_rule,
    make_seat,
    seat_person,
)
from tests.actors.council.motions import open_ballot, open_motion
from tests.factories import MembershipFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def mover(council: Council) -> Holder:
    seat = make_seat(council)
    return seat, seat_person(seat)


def proposal(**said: Any) -> MotionData:
    return MotionData(
        **{"kind": MotionKind.OTHER, "title": "Nye stole", "text": "Vi køber nye stole til Salen.", **said}
    )


def drafted(mover: Holder, **said: Any) -> Motion:
    seat, user = mover
    return motion_actions.draft(seat=seat, proposal=proposal(**said), by=council_member(user, seat.council))


def put_forward(motion: Motion, user: User) -> Motion:
    return motion_actions.open_for_discussion(
        motion=motion, version=motion.version, by=council_member(user, motion.council)
    )


def what_is_missing(motion: Motion) -> list[str | None]:
    return [lacking.field for lacking in motion_actions.missing(motion)]


# --- drafting ---------------------------------------------------------------------------------------------------------


def test_a_draft_gets_the_councils_next_number(mover: Holder) -> None:
    assert [drafted(mover).number, drafted(mover).number] == [1, 2]


def test_numbers_are_the_councils_own(mover: Holder, other_house: Center) -> None:
    drafted(mover)
    next_door = make_seat(make_council(other_house))
    assert drafted((next_door, seat_person(next_door))).number == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.BOOKING_ADMIN, Role.COORDINATOR, Role.MANAGER])
def test_staff_cannot_move_a_motion(council: Council, mover: Holder, house: Center, role: Role) -> None:
    with pytest.raises(errors.NotAMover):
        drafted((mover[0], person_with(role, house)))
    assert not Motion.objects.exists()


def test_nor_can_the_administrator(mover: Holder, admin: User) -> None:
    with pytest.raises(errors.NotAMover):
        drafted((mover[0], admin))


def test_staff_who_hold_a_seat_of_their_association_can(mover: Holder, house: Center) -> None:
    seat, _user = mover
    both = person_with(Role.STAFF, house)
    assert seat.actor is not None
    MembershipFactory.create(user=both, actor=seat.actor)
    seat_person(seat, both, HolderRole.DEPUTY)
    assert drafted((seat, both)).mover == seat


def test_a_member_without_a_part_on_the_seat_cannot_unless_the_orders_say_so(mover: Holder, council: Council) -> None:
    seat, _user = mover
    member = UserFactory.create(member_of=seat.actor)
    with pytest.raises(errors.NotAMover):
        drafted((seat, member))
    StandingOrders.objects.create(
        council=council,
        version=2,
        in_force_at=clock.now(),
        movers=Movers.MEMBERS,
        quorum=Quorum.NONE,
        entitled=Entitled.CHOSEN,
    )
    assert drafted((seat, member)).mover == seat


def test_nobody_drafts_for_another_seat(mover: Holder, council: Council) -> None:
    with pytest.raises(errors.NotAMover):
        drafted((make_seat(council), mover[1]))


def test_a_dispute_is_not_drafted(mover: Holder) -> None:
    with pytest.raises(errors.KindNotOffered):
        drafted(mover, kind=MotionKind.DISPUTE)


def test_the_same_form_twice_makes_one_draft(mover: Holder) -> None:
    seat, user = mover
    token = uuid4()
    first = motion_actions.draft(seat=seat, proposal=proposal(), token=token, by=council_member(user, seat.council))
    with pytest.raises(AlreadyDone) as done:
        motion_actions.draft(seat=seat, proposal=proposal(), token=token, by=council_member(user, seat.council))
    assert done.value.outcome == first
    assert Motion.objects.count() == 1


def test_a_change_is_written_on_the_rule_of_today(mover: Holder, house: Center) -> None:
    version = make_rule(house)
    motion = drafted(mover, kind=MotionKind.CHANGE_RULE, rule=version.rule)
    assert (motion.rule, motion.based_on) == (version.rule, version)


@pytest.mark.parametrize("kind", [MotionKind.CHANGE_RULE, MotionKind.REPEAL_RULE])
def test_a_change_names_a_rule_in_force(mover: Holder, other_house: Center, kind: MotionKind) -> None:
    for rule in (None, make_rule(other_house).rule):
        with pytest.raises(errors.RuleNotInForce):
            drafted(mover, kind=kind, rule=rule)


def test_a_repealed_rule_is_not_in_force(mover: Holder, house: Center) -> None:
    rule = make_rule(house, repeals=True, text="").rule
    with pytest.raises(errors.RuleNotInForce):
        drafted(mover, kind=MotionKind.CHANGE_RULE, rule=rule)


def test_standing_orders_that_contradict_themselves_are_refused(mover: Holder) -> None:
    settings = StandingOrders.objects.in_force(mover[0].council_id).settings()
    with pytest.raises(errors.OrdersContradict):
        drafted(mover, kind=MotionKind.STANDING_ORDERS, orders={**settings, "secret": True, "proxies": 2})


# --- editing ----------------------------------------------------------------------------------------------------------


def test_editing_writes_the_whole_draft_anew(mover: Holder, room: Room) -> None:
    _seat, user = mover
    motion = drafted(mover, kind=MotionKind.FINANCING, figures=[("Stole", -12_500), ("Tilskud", 10_000)])
    edited = motion_actions.edit_draft(
        motion=motion,
        proposal=proposal(kind=MotionKind.NEW_RULE, title="Ny", text="Stolene bliver i Salen.", rooms=[room]),
        version=1,
        by=council_member(user, motion.council),
    )
    assert (edited.version, edited.title, edited.figures.count()) == (2, "Ny", 0)
    assert [text.text for text in edited.texts.all()] == ["Stolene bliver i Salen."]
    assert [found.name for found in edited.rooms.all()] == ["Salen"]


def test_an_edit_on_an_older_version_is_stale(mover: Holder) -> None:
    _seat, user = mover
    motion = drafted(mover)
    by = council_member(user, motion.council)
    motion_actions.edit_draft(motion=motion, proposal=proposal(title="Først"), version=1, by=by)
    with pytest.raises(Stale):
        motion_actions.edit_draft(motion=motion, proposal=proposal(title="Så"), version=1, by=by)
    motion.refresh_from_db()
    assert motion.title == "Først"


def test_only_the_movers_people_edit_put_forward_and_withdraw(mover: Holder, council: Council) -> None:
    ((_seat, stranger),) = fill_seats(council, 1)
    motion, by = drafted(mover), council_member(stranger, council)
    with pytest.raises(errors.NotAMover):
        motion_actions.edit_draft(motion=motion, proposal=proposal(), version=1, by=by)
    with pytest.raises(errors.NotAMover):
        motion_actions.open_for_discussion(motion=motion, version=1, by=by)
    with pytest.raises(errors.NotAMover):
        motion_actions.withdraw(motion=motion, by=by)


def test_what_is_put_forward_is_not_edited(mover: Holder) -> None:
    _seat, user = mover
    motion = put_forward(drafted(mover), user)
    with pytest.raises(errors.NotADraft):
        motion_actions.edit_draft(
            motion=motion, proposal=proposal(), version=1, by=council_member(user, motion.council)
        )
    with pytest.raises(errors.NotADraft):
        put_forward(motion, user)


# --- putting it forward -----------------------------------------------------------------------------------------------


def test_putting_forward_starts_the_notice_and_tells_the_council(mover: Holder, council: Council) -> None:
    _seat, user = mover
    others = [person for _seat, person in fill_seats(council, 2)]
    motion = put_forward(drafted(mover), user)
    assert motion.state == MotionState.OPEN
    assert motion.opened_at is not None
    letters = Message.objects.order_by("recipient")
    assert [letter.recipient for letter in letters] == sorted(str(person.email) for person in others)
    assert letters[0].subject == "Nyt forslag: Nye stole"
    assert letters[0].link.endswith(f"/foreningernes-hus/husraad/forslag/{motion.number}/")


def test_a_person_on_two_seats_gets_one_letter(mover: Holder, council: Council) -> None:
    ((_seat, other),) = fill_seats(council, 1)
    seat_person(make_seat(council, name="Kassereren"), other)
    put_forward(drafted(mover), mover[1])
    assert Message.objects.count() == 1


def test_putting_forward_an_older_version_is_stale(mover: Holder) -> None:
    motion = drafted(mover)
    with pytest.raises(Stale):
        motion_actions.open_for_discussion(motion=motion, version=7, by=council_member(mover[1], motion.council))


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"text": " "}, ["text"]),
        ({"kind": MotionKind.NEW_RULE, "text": ""}, ["text", "meaning"]),
        ({"kind": MotionKind.FINANCING}, ["figures"]),
        ({"kind": MotionKind.STANDING_ORDERS, "text": ""}, [None]),
        ({"kind": MotionKind.FINANCING, "figures": [("Stole", -100)]}, []),
    ],
)
def test_a_motion_is_whole_before_it_is_put_forward(
    mover: Holder, said: dict[str, Any], lacks: list[str | None]
) -> None:
    motion = drafted(mover, **said)
    assert what_is_missing(motion) == lacks
    if lacks:
        with pytest.raises(errors.MotionIncomplete) as refused:
            put_forward(motion, mover[1])
        assert refused.value.field == lacks[0]
        motion.refresh_from_db()
        assert motion.state == MotionState.DRAFT


def test_a_motion_cannot_have_been_in_force_already(mover: Holder) -> None:
    today = clock.today()
    assert what_is_missing(drafted(mover, effective_on=today - timedelta(days=1))) == ["effective_on"]
    assert what_is_missing(drafted(mover, effective_on=today)) == []


def test_a_change_that_changes_nothing_is_not_put_forward(mover: Holder, house: Center) -> None:
    version = make_rule(house)
    same = {"title": version.title, "text": version.text, "short": version.short, "meaning": "Intet."}
    motion = drafted(mover, kind=MotionKind.CHANGE_RULE, rule=version.rule, **same)
    assert what_is_missing(motion) == ["text"]
    other_hours = drafted(mover, kind=MotionKind.CHANGE_RULE, rule=version.rule, **same, hours=(1290, 1440))
    assert what_is_missing(other_hours) == []


def test_a_repeal_needs_no_text(mover: Holder, house: Center) -> None:
    motion = drafted(mover, kind=MotionKind.REPEAL_RULE, rule=make_rule(house).rule, text="", meaning="Frit.")
    assert put_forward(motion, mover[1]).state == MotionState.OPEN


def test_a_rule_has_one_motion_before_the_council_at_a_time(mover: Holder, house: Center) -> None:
    said = {"kind": MotionKind.CHANGE_RULE, "rule": make_rule(house).rule, "meaning": "Ro."}
    first, second = drafted(mover, **said), drafted(mover, **said)
    put_forward(first, mover[1])
    with pytest.raises(errors.RuleHasMotion) as refused:
        put_forward(second, mover[1])
    assert refused.value.motion == first


def test_a_draft_on_a_rule_that_has_changed_is_written_anew_first(mover: Holder, house: Center) -> None:
    version = make_rule(house)
    said = {"kind": MotionKind.CHANGE_RULE, "rule": version.rule, "meaning": "Ro."}
    motion = drafted(mover, **said)
    newer = HouseRuleVersion.objects.create(
        rule=version.rule,
        number=2,
        title="Ro",
        text="Ro altid.",
        in_force_on=clock.today(),
        created_at=clock.now(),
    )
    with pytest.raises(errors.RuleChangedSince):
        put_forward(motion, mover[1])
    again = motion_actions.edit_draft(
        motion=motion, proposal=proposal(**said), version=1, by=council_member(mover[1], motion.council)
    )
    assert put_forward(again, mover[1]).based_on == newer


def test_a_rule_that_changes_soon_waits(mover: Holder, house: Center) -> None:
    version = make_rule(house)
    later = clock.today() + timedelta(days=30)
    HouseRuleVersion.objects.create(
        rule=version.rule, number=2, title="Ro", text="Ro altid.", in_force_on=later, created_at=clock.now()
    )
    motion = drafted(mover, kind=MotionKind.CHANGE_RULE, rule=version.rule, meaning="Ro.")
    with pytest.raises(errors.RuleChangesSoon) as refused:
        put_forward(motion, mover[1])
    assert refused.value.on == later


# --- taking it back ---------------------------------------------------------------------------------------------------


def test_a_motion_is_withdrawn_once(mover: Holder, council: Council) -> None:
    motion, by = open_motion(council, mover[0]), council_member(mover[1], council)
    withdrawn = motion_actions.withdraw(motion=motion, by=by)
    assert withdrawn.state == MotionState.WITHDRAWN
    assert withdrawn.ended_at is not None
    with pytest.raises(errors.MotionOver):
        motion_actions.withdraw(motion=motion, by=by)


def test_withdrawing_breaks_off_the_ballot(mover: Holder, council: Council) -> None:
    ballot = open_ballot(council, mover)
    motion_actions.withdraw(motion=ballot.motion, by=council_member(mover[1], council))
    ballot.refresh_from_db()
    assert ballot.closed_at is not None
    assert ballot.result.verdict == "cancelled"
    with pytest.raises(errors.BallotClosed):
        actions.vote(ballot=ballot, seat=mover[0], choice=Choice.FOR, by=council_member(mover[1], council))


def test_what_is_being_counted_is_not_withdrawn(mover: Holder, council: Council) -> None:
    ballot = open_ballot(council, mover)
    with time_machine.travel(ballot.closes_at, tick=False), pytest.raises(errors.BallotBeingCounted):
        motion_actions.withdraw(motion=ballot.motion, by=council_member(mover[1], council))


def test_a_draft_stays_hidden_when_it_is_thrown_away(mover: Holder, council: Council) -> None:
    ((_seat, other),) = fill_seats(council, 1)
    motion = motion_actions.withdraw(motion=drafted(mover), by=council_member(mover[1], council))
    assert motion in Motion.objects.visible_to(council_member(mover[1], council))
    assert motion not in Motion.objects.visible_to(council_member(other, council))


# What of a motion is not voted on.
ABOUT_THE_MOTION = {
    *("id", "council", "number", "state", "mover", "author", "form_token", "version"),
    *("created_at", "opened_at", "notice_from", "ended_at"),
}


@pytest.mark.parametrize(
    ("reader", "besides"), [(proposal_digest, set()), (motion_kinds.of_draft, {"kind", "rule", "based_on"})]
)
def test_a_field_of_a_motion_is_in_its_chain_and_in_the_form_on_its_draft(
    reader: Callable[..., object], besides: set[str]
) -> None:
    fields = {field.name for field in Motion._meta.get_fields() if field.concrete} - ABOUT_THE_MOTION - besides
    source = inspect.getsource(reader)
    assert {field for field in fields if f"motion.{field}" not in source} == set()
