"""What the standing orders turn on: proxies, secret ballots, days of review. While it is off, no page and no letter names it."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from actors.council.enums import MotionKind
from actors.council.models import Council, HouseRuleVersion, ProposedOrders, Seat, StandingOrders
from actors.models import User
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Message
from tests.actors.council.ballot_pages import close, main, path
from tests.actors.council.factories import Holder, fill_seats, make_council, make_rule, make_seat, turn_on
from tests.actors.council.motions import open_ballot, open_motion
from tests.actors.council.seats import FRONT, danish

pytestmark = pytest.mark.django_db

RULES = "/foreningernes-hus/husregler/"
MOTION = f"{FRONT}forslag/"


def change_of(rule: HouseRuleVersion, council: Council, **fields: Any) -> Any:
    """A motion to change the rule, which gives it a day of review."""
    said = {"kind": MotionKind.CHANGE_RULE, "rule": rule.rule, "based_on": rule, "review_on": rule.review_on, **fields}
    return open_motion(council, make_seat(council), **said)


def told(council: Council, holders: list[Holder], staff: User) -> dict[str, str]:
    """What the council's pages say to a member who holds no seat, to the chair and to staff, by address, and what all letters say."""
    mover, member, (seat, chair) = holders[0], holders[1][1], holders[2]
    Seat.objects.filter(pk=seat.pk).update(is_chair=True)
    member.seats_held.update(until=clock.now())
    rule = make_rule(council.center, review_on=clock.today() + timedelta(days=10))
    opened, counted = open_ballot(council, mover), open_ballot(council, mover)
    lying = change_of(rule, council)
    close(counted)
    addresses = [
        *(FRONT, RULES, f"{RULES}1/", f"{FRONT}forretningsorden/", f"{FRONT}pladser/", f"{FRONT}pladser/{seat.pk}/"),
        *(f"{MOTION}nyt/", f"{MOTION}nyt/?slags=new_rule", f"{MOTION}nyt/?slags=change_rule&regel=1"),
        *(f"{MOTION}{motion.number}/" for motion in (opened.motion, counted.motion, lying)),
        *(f"{MOTION}{lying.number}/inhabil/", f"{MOTION}{lying.number}/afstemning/", path(counted, "attest/")),
        *(path(ballot, page) for ballot in (opened, counted) for page in ("", "kontrol/")),
    ]
    answers = {(address, user): danish(user).get(address) for address in addresses for user in (member, chair, staff)}
    assert {answer.status_code for answer in answers.values()} == {200, 403}
    said = {f"{address} {user}": main(answer, answer.status_code) for (address, user), answer in answers.items()}
    return said | {f"letter {letter.pk}": f"{letter.subject} {letter.text}" for letter in Message.objects.all()}


@pytest.mark.parametrize("is_on", [False, True])
@pytest.mark.parametrize(
    ("switch", "word", "pages"), [("proxies", "fuldmagt", 1), ("secret", "hemmelig", 3), ("reviews", "op igen", 8)]
)
def test_what_the_orders_do_not_turn_on_is_named_nowhere(
    house: Center, staff: User, switch: str, word: str, pages: int, is_on: bool
) -> None:
    settings: dict[str, Any] = {switch: is_on}
    council = make_council(house, **settings)
    said = told(council, fill_seats(council, 7), staff)
    named = [where for where, text in said.items() if word in text.lower()]
    assert len(named) >= pages if is_on else named == []


def test_a_change_of_a_rule_keeps_the_day_that_no_form_asks_for(house: Center, council: Council) -> None:
    (mover, *_others) = fill_seats(council, 1)
    rule = make_rule(house, review_on=clock.today() + timedelta(days=10))
    form = {"title": rule.title, "text": "Stille.", "meaning": "Ro.", "seat": mover[0].pk}
    assert danish(mover[1]).post(f"{MOTION}nyt/?slags=change_rule&regel=1", form).status_code == 302
    assert council.motions.get().review_on == rule.review_on


def test_a_council_that_has_used_days_of_review_keeps_them(house: Center, other_house: Center) -> None:
    """The migration turns them on in all versions of its orders and in those that are proposed; in no other council's."""
    used, unused = make_council(house), make_council(other_house)
    turn_on(used, ballot_days=9)
    make_rule(house, review_on=clock.today())
    for council in (used, unused):
        motion = open_motion(council, make_seat(council), kind=MotionKind.STANDING_ORDERS)
        ProposedOrders.objects.create(motion=motion)
    open_motion(unused, make_seat(unused), kind=MotionKind.DISPUTE, review_on=clock.today())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as between migrations
        cursor.execute(import_module("actors.council.migrations.0007_switch_for_reviews").FILL)
    for model in (StandingOrders, ProposedOrders):
        of = "council" if model is StandingOrders else "motion__council"
        rows = model._default_manager.values_list(of, "reviews")
        assert set(rows) == {(used.pk, True), (unused.pk, False)}


def test_what_was_voted_before_the_switch_verifies_after_it(house: Center) -> None:
    """`reviews` is no part of what a chain says, so the chains that are older than it stay whole."""
    council = make_council(house, reviews=True)
    holder, *_others = fill_seats(council, 2)
    opened = open_ballot(council, holder).events.get()
    assert "reviews" not in opened.says["settings"]
    assert "proxies" in opened.says["settings"]


def test_a_review_without_the_switch_is_refused(house: Center, council: Council) -> None:
    ((_seat, user),) = fill_seats(council, 1)
    version = make_rule(house, review_on=clock.today())
    form = {"version": version.pk, "next_on": "24.11.2027"}
    assert danish(user).post(f"{RULES}1/behold/", form).status_code == 403
    turn_on(council, reviews=True)
    assert danish(user).post(f"{RULES}1/behold/", form).status_code == 302
