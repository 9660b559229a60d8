"""A chain that fits is held against everything else that is stored of the ballot; what was changed there is named in words."""

from datetime import timedelta

import pytest

from actors.council.ballots import actions
from actors.council.enums import Choice, Entitled, Majority, Method, Verdict
from actors.council.models import (
    Ballot,
    BoxVote,
    Cast,
    Entitlement,
    Motion,
    MotionFigure,
    MotionText,
    ProposedOrders,
    SecretVote,
    StandingOrders,
)
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council, make_seat
from tests.actors.council.motions import open_amendment, open_motion
from tests.actors.council.tampering import (
    CHANGED_VOTE,
    PROXY,
    VOTE,
    Tamper,
    event,
    found_and_restored,
    run,
    seat_of,
    set_result,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


# --- the ballot, the person, the result, who was entitled --------------------------------------------------------------


def on_ballot(**fields: object) -> Tamper:
    return lambda ballot: Ballot.objects.filter(pk=ballot.pk).update(**fields)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (on_ballot(head_hash="d" * 64), "Hændelse 7 er ikke den, afstemningen har noteret som den sidste."),
        (on_ballot(head_number=6), "Hændelse 7 er ikke den, afstemningen har noteret som den sidste."),
        (on_ballot(head_number=9), "Hændelse 8 mangler."),
        (on_ballot(opening_hash="d" * 64), "Koden fra åbningen er ændret."),
        (on_ballot(entitlement_hash="d" * 64), "Listen over, hvem der kunne stemme, er ændret."),
        (on_ballot(method=Method.MEETING), "Måden, der blev stemt på, er ændret."),
        (on_ballot(closed_at=None), "Afstemningen er lukket, men står som åben."),
        (
            lambda ballot: on_ballot(closes_at=ballot.closes_at + timedelta(hours=1))(ballot),
            "Tidspunktet, hvor afstemningen lukker, er ændret.",
        ),
        (
            lambda ballot: on_ballot(chair=seat_of(ballot, VOTE))(ballot),
            "Måden, der blev stemt på, er ændret.",
        ),
    ],
)
def test_a_changed_ballot_is_named(ballot: Ballot, tamper: Tamper, words: str) -> None:
    assert found_and_restored(ballot, tamper) == [words]


def test_a_ballot_moved_to_another_motion_is_named(ballot: Ballot) -> None:
    other = open_motion(ballot.council, seat_of(ballot, VOTE), title="Nye borde")
    found = found_and_restored(ballot, on_ballot(motion=other))
    assert found == ["Det forslag, der blev stemt om, er ændret."]


@pytest.mark.parametrize(
    "fields", [{"reason": "Noget andet"}, {"salt": "0" * 32}, {"salt": "ikke et salt"}, {"salt": ""}, {"user": None}]
)
def test_a_changed_person_or_reason_behind_a_vote_is_named(ballot: Ballot, fields: dict[str, object]) -> None:
    found = found_and_restored(ballot, lambda ballot: Cast.objects.filter(event=event(ballot, VOTE)).update(**fields))
    assert found == ["Personen eller begrundelsen bag hændelse 3 er ændret."]


def test_a_vote_put_on_somebody_else_is_named(ballot: Ballot) -> None:
    other = UserFactory.create()
    found = found_and_restored(ballot, lambda ballot: Cast.objects.filter(event=event(ballot, VOTE)).update(user=other))
    assert found == ["Personen eller begrundelsen bag hændelse 3 er ændret."]


def test_a_person_taken_away_behind_a_vote_is_named(ballot: Ballot) -> None:
    gone = "DELETE FROM council_cast WHERE event_id = %s"
    found = found_and_restored(ballot, lambda ballot: run(gone, event(ballot, VOTE).pk))
    assert found == ["Personen eller begrundelsen bag hændelse 3 er ændret."]


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": Verdict.ADOPTED},
        {"votes_for": 2, "against": 1},
        {"blank": 1, "cast": 4},
        {"needed": 1},
        {"recused": 1},
        {"quorum_needed": 4},
        {"tied": True},
        {"chair": Choice.FOR},
        {"verdict": Verdict.NOT_QUORATE},
    ],
    ids=str,
)
def test_a_changed_result_is_named(ballot: Ballot, fields: dict[str, object]) -> None:
    found = found_and_restored(ballot, lambda ballot: set_result(ballot, **fields))
    assert found == ["Resultatet passer ikke, når stemmerne tælles igen."]


def test_a_result_that_says_cancelled_is_named(ballot: Ballot) -> None:
    found = found_and_restored(ballot, lambda ballot: set_result(ballot, verdict=Verdict.CANCELLED))
    assert found == ["Resultatet passer ikke med hændelserne."]


def test_a_result_taken_away_is_missed(ballot: Ballot) -> None:
    gone = "DELETE FROM council_result WHERE ballot_id = %s"
    assert found_and_restored(ballot, lambda ballot: run(gone, ballot.pk)) == ["Resultatet mangler."]


def test_a_seat_added_to_who_could_vote_is_named(ballot: Ballot) -> None:
    late = make_seat(ballot.council)
    found = found_and_restored(ballot, lambda ballot: Entitlement.objects.create(ballot=ballot, seat=late))
    assert found == ["De pladser, der kan stemme, er ikke dem, der kunne ved åbningen."]


def test_a_seat_taken_from_who_could_vote_is_named(ballot: Ballot) -> None:
    seat = seat_of(ballot, VOTE)
    found = found_and_restored(ballot, lambda ballot: Entitlement.objects.filter(ballot=ballot, seat=seat).delete())
    assert found == ["De pladser, der kan stemme, er ikke dem, der kunne ved åbningen."]


@pytest.mark.parametrize("instead", ["nothing", "an earlier vote", "another seat's vote"])
def test_a_seat_that_points_at_another_vote_is_named(ballot: Ballot, instead: str) -> None:
    points_at = {"nothing": None, "an earlier vote": event(ballot, 2), "another seat's vote": event(ballot, PROXY)}
    seat = seat_of(ballot, CHANGED_VOTE)
    rows = Entitlement.objects.filter(ballot=ballot, seat=seat)
    found = found_and_restored(ballot, lambda ballot: rows.update(counting=points_at[instead]))
    assert found == [f"Det, der tæller for {seat.name}, passer ikke med hændelserne."]


def test_a_seat_made_recused_afterwards_is_named(ballot: Ballot) -> None:
    seat = seat_of(ballot, VOTE)
    rows = Entitlement.objects.filter(ballot=ballot, seat=seat)
    found = found_and_restored(ballot, lambda ballot: rows.update(recused=True, counting=None))
    assert found == [f"Det, der tæller for {seat.name}, passer ikke med hændelserne."]


# --- what was voted on ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tamper",
    [
        lambda ballot: MotionText.objects.filter(pk=ballot.text_id).update(text="Vi køber gamle stole."),
        lambda ballot: MotionText.objects.filter(pk=ballot.text_id).update(short="Gamle stole"),
        lambda ballot: Motion.objects.filter(pk=ballot.motion_id).update(title="Gamle stole"),
        lambda ballot: Motion.objects.filter(pk=ballot.motion_id).update(effective_on=clock.today()),
        lambda ballot: MotionFigure.objects.create(motion=ballot.motion, position=1, label="Stole", kroner=-9_000),
        lambda ballot: ProposedOrders.objects.create(motion=ballot.motion),
    ],
    ids=["text", "short", "title", "effective_on", "figures", "orders"],
)
def test_a_changed_motion_is_named(ballot: Ballot, tamper: Tamper) -> None:
    assert found_and_restored(ballot, tamper) == ["Det forslag, der blev stemt om, er ændret."]


def test_a_changed_amendment_is_named(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    holders = fill_seats(council, 3)
    motion = open_motion(council, holders[0][0])
    amendment = open_amendment(motion, holders[1][0], "Vi køber grønne stole.")
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    rows = type(amendment).objects.filter(pk=amendment.pk)
    found = found_and_restored(ballot, lambda ballot: rows.update(text="Vi køber røde stole."))
    assert found == ["Det forslag, der blev stemt om, er ændret."]


def test_changed_standing_orders_are_named(ballot: Ballot) -> None:
    rows = StandingOrders.objects.filter(pk=ballot.orders_id)
    changed = "Den forretningsorden, der blev stemt efter, er ændret."
    assert found_and_restored(ballot, lambda ballot: rows.update(notice_days=30)) == [changed]
    found = found_and_restored(ballot, lambda ballot: rows.update(majority=Majority.ABSOLUTE))
    assert found == [changed, "Resultatet passer ikke, når stemmerne tælles igen."]


# --- secret ballots ---------------------------------------------------------------------------------------------------

LIST_CHANGED = "Listen over de hemmelige stemmer er ændret."
COUNTED_ANEW = "Resultatet passer ikke, når stemmerne tælles igen."


def test_a_changed_choice_on_the_secret_list_is_named(secret: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        SecretVote.objects.filter(ballot=ballot, choice=Choice.AGAINST).update(choice=Choice.FOR)

    assert found_and_restored(secret, tamper) == [LIST_CHANGED, COUNTED_ANEW]


def test_a_changed_code_on_the_secret_list_is_named(secret: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        SecretVote.objects.filter(ballot=ballot, choice=Choice.BLANK).update(code="22222-22222")

    assert found_and_restored(secret, tamper) == [LIST_CHANGED]


def test_a_choice_that_does_not_exist_on_the_secret_list_is_named(secret: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        SecretVote.objects.filter(ballot=ballot, choice=Choice.BLANK).update(choice="maybe")

    assert found_and_restored(secret, tamper) == [LIST_CHANGED, "Stemmerne passer ikke med pladserne."]


def test_a_row_taken_from_the_secret_list_is_named(secret: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        run("DELETE FROM council_secretvote WHERE ballot_id = %s AND choice = 'blank'", ballot.pk)

    expected = [LIST_CHANGED, "Der er 4 hemmelige stemmer, men 5 har stemt.", COUNTED_ANEW]
    assert found_and_restored(secret, tamper) == expected


def test_a_row_put_on_the_secret_list_is_named(secret: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        SecretVote.objects.create(ballot=ballot, code="22222-22222", choice=Choice.AGAINST)

    expected = [LIST_CHANGED, "Der er 6 hemmelige stemmer, men 5 har stemt.", COUNTED_ANEW]
    assert found_and_restored(secret, tamper) == expected


def test_a_box_with_more_or_fewer_votes_than_were_cast_is_named_while_it_is_open(open_box: Ballot) -> None:
    def stuff(ballot: Ballot) -> None:
        BoxVote.objects.create(ballot=ballot, code="22222-22222", choice=Choice.FOR)

    def empty(ballot: Ballot) -> None:
        BoxVote.objects.filter(ballot=ballot).delete()

    assert found_and_restored(open_box, stuff) == ["Der er 6 hemmelige stemmer, men 5 har stemt."]
    assert found_and_restored(open_box, empty) == ["Der er 0 hemmelige stemmer, men 5 har stemt."]


def test_a_secret_ballot_made_open_is_named(secret: Ballot) -> None:
    found = found_and_restored(secret, on_ballot(secret=False))
    assert found[0] == "Måden, der blev stemt på, er ændret."
