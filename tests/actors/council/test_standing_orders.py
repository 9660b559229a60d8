"""Standing orders: what they say in plain words, and how a vote changes them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from actors.council.ballots import actions
from actors.council.enums import Choice, Entitled, Majority, MotionKind, MotionState, Movers, Quorum, TieRule
from actors.council.models import Council, Motion, ProposedOrders, Seat, StandingOrders
from actors.council.standing_orders import Change, changes, sentences
from actors.models import User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, make_council, make_seat, seat_person
from tests.actors.council.motions import open_motion
from tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


def said(topic: str, **settings: Any) -> str:
    with translation.override("da"):
        return next(sentence.text for sentence in sentences(StandingOrders(**settings)) if sentence.topic == topic)


# --- in plain words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"quorum": Quorum.NONE}, "Der er intet krav til, hvor mange der skal stemme."),
        ({"quorum_share": 50}, "Mindst halvdelen af foreningerne skal stemme, ellers besluttes der ikke noget."),
        ({"quorum_share": 40}, "Mindst 40 procent af foreningerne skal stemme, ellers besluttes der ikke noget."),
        ({"quorum_share": 100}, "Alle foreningerne skal stemme, ellers besluttes der ikke noget."),
        (
            {"quorum": Quorum.NUMBER, "quorum_number": 4, "entitled": Entitled.BOARD},
            "Mindst 4 af pladserne skal stemme, ellers besluttes der ikke noget.",
        ),
    ],
)
def test_how_many_must_vote(settings: dict[str, Any], text: str) -> None:
    assert said("Hvor mange skal stemme", **settings) == text


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "Et forslag er vedtaget, når flere stemmer for end imod. Blanke stemmer tæller ikke med."),
        (
            {"blanks_count": True},
            "Et forslag er vedtaget, når mere end halvdelen af de afgivne stemmer er for. Blanke stemmer tæller med.",
        ),
        (
            {"majority": Majority.TWO_THIRDS},
            "Et forslag er vedtaget, når mindst to tredjedele af de afgivne stemmer er for. Blanke stemmer tæller ikke med.",
        ),
        (
            {"majority": Majority.ABSOLUTE, "entitled": Entitled.CHOSEN},
            "Et forslag er vedtaget, når mere end halvdelen af alle aktørerne stemmer for.",
        ),
    ],
)
def test_which_majority_decides(settings: dict[str, Any], text: str) -> None:
    assert said("Flertal", **settings) == text


@pytest.mark.parametrize(
    ("topic", "settings", "text"),
    [
        ("Pladser", {}, "Hver forening i huset har én plads og én stemme, uanset hvor stor den er."),
        ("Pladser", {"entitled": Entitled.BOARD}, "Hver person, der er valgt ind, har én plads og én stemme."),
        (
            "Hvem kan stille forslag",
            {"movers": Movers.MEMBERS},
            "Alle, der er med i en aktør med en plads. Husets medarbejdere kan ikke.",
        ),
        ("Drøftelse", {"notice_days": 0}, "Der kan stemmes om et forslag, så snart det er stillet."),
        ("Drøftelse", {"notice_days": 1}, "Et forslag skal ligge til drøftelse i mindst 1 dag, før der stemmes."),
        (
            "Afstemning",
            {"ballot_days": 5, "secret": True, "turnout_shown": False},
            "Den varer 5 dage. Der stemmes hemmeligt: ingen i huset kan i systemet se, hvad du stemte.",
        ),
        ("Stemmelighed", {"tie": TieRule.CHAIR}, "Står stemmerne lige, afgør formandens stemme."),
        ("Husregler", {"reviews": True}, "En husregel kan få en dag, hvor rådet tager den op igen."),
        (
            "Fuldmagt",
            {"proxies": 2},
            "En plads kan have fuldmagt fra 2 andre. Stemmer de selv, gælder deres egen stemme.",
        ),
    ],
)
def test_the_rest_is_said_as_plainly(topic: str, settings: dict[str, Any], text: str) -> None:
    assert said(topic, **settings) == text


def test_a_tie_is_only_mentioned_where_there_can_be_one() -> None:
    with translation.override("da"):
        topics = [sentence.topic for sentence in sentences(StandingOrders(majority=Majority.ABSOLUTE))]
    assert "Stemmelighed" not in topics


def test_only_what_differs_is_a_change() -> None:
    before, now = StandingOrders(notice_days=7), StandingOrders(notice_days=3)
    with translation.override("da"):
        assert changes(before, now) == [
            Change(
                "Drøftelse",
                "Et forslag skal ligge til drøftelse i mindst 7 dage, før der stemmes.",
                "Et forslag skal ligge til drøftelse i mindst 3 dage, før der stemmes.",
            )
        ]
        assert changes(now, now) == []


# --- changed by a vote ----------------------------------------------------------------------------------------------


def vote_on(council: Council, seats: list[tuple[Seat, User]], choice: Choice, **settings: Any) -> Motion:
    """A motion to change the standing orders, voted on and closed."""
    seat, user = seats[0]
    motion = open_motion(council, seat, kind=MotionKind.STANDING_ORDERS, title="Kortere varsel")
    ProposedOrders.objects.create(motion=motion, **settings)
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(user, council))
    for held, holder in seats:
        actions.vote(ballot=ballot, seat=held, choice=choice, by=council_member(holder, council))
    with time_machine.travel(ballot.closes_at + timedelta(seconds=1), tick=False):
        actions.close(ballot=ballot)
    motion.refresh_from_db()
    return motion


def holders_of(council: Council, number: int = 3) -> list[tuple[Seat, User]]:
    seats = [make_seat(council) for _ in range(number)]
    return [(seat, seat_person(seat)) for seat in seats]


def test_what_the_council_adopts_is_the_next_version(house: Center) -> None:
    council = make_council(house)
    motion = vote_on(council, holders_of(council), Choice.FOR, notice_days=3, quorum=Quorum.NONE)
    orders = StandingOrders.objects.in_force(council.pk)
    assert motion.state == MotionState.ADOPTED
    assert (orders.version, orders.motion, orders.notice_days) == (2, motion, 3)
    assert orders.settings() == ProposedOrders.objects.get(motion=motion).settings()


def test_what_the_council_rejects_changes_nothing(house: Center) -> None:
    council = make_council(house)
    vote_on(council, holders_of(council), Choice.AGAINST, notice_days=3)
    assert StandingOrders.objects.in_force(council.pk).version == 1


def test_with_a_vote_for_every_association_those_without_a_seat_get_one(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    chosen = holders_of(council)
    ActorFactory.create(name="Nye venner", house=house)
    vote_on(council, chosen, Choice.FOR, entitled=Entitled.ASSOCIATIONS)
    assert Seat.objects.in_force().filter(council=council).count() == len(chosen) + 1


def test_changing_to_chosen_actors_ends_no_seat(house: Center) -> None:
    council = make_council(house)
    holders_of(council)
    before = list(Seat.objects.in_force().values_list("pk", flat=True))
    vote_on(council, holders_of(council), Choice.FOR, entitled=Entitled.CHOSEN)
    assert set(before) <= set(Seat.objects.in_force().values_list("pk", flat=True))


@pytest.mark.parametrize(
    "statement", ["UPDATE council_standingorders SET notice_days = 0", "DELETE FROM council_standingorders"]
)
def test_a_version_is_never_rewritten(house: Center, statement: str) -> None:
    make_council(house)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert StandingOrders.objects.get().in_force_at < clock.now()
