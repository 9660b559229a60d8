"""Whatever is changed in a ballot's chain behind the application's back is found, and named in words."""

import json
from collections.abc import Callable, Mapping

import pytest

from actors.council.ballots import actions, chain, verify
from actors.council.enums import Capacity, Choice, Entitled, EventKind
from actors.council.models import (
    Ballot,
    Entitlement,
)
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council
from tests.actors.council.motions import open_ballot
from tests.actors.council.tampering import (
    CHANGED_VOTE,
    CLOSED,
    PROXY,
    PROXYS_VOTE,
    VOTE,
    behind_the_back,
    change,
    close_the_gap_at,
    delete,
    event,
    findings,
    forge_adoption,
    found_and_restored,
    insert,
    make_room_at,
    rewrite,
    run,
    seat_of,
)

pytestmark = pytest.mark.django_db


# --- events -----------------------------------------------------------------------------------------------------------


def test_an_untouched_ballot_holds_and_its_codes_are_anchors(ballot: Ballot) -> None:
    for kept in (ballot.entitlement_hash, ballot.opening_hash, ballot.final_hash):
        report = verify.check(ballot, chain.short(kept))
        assert (report.findings, report.anchored, report.holds) == ([], True, True)


def changing(number: int, fields: Mapping[str, object]) -> Callable[[Ballot], None]:
    return lambda ballot: change(ballot, number, **fields)


@pytest.mark.parametrize("number", [1, VOTE, PROXY, CLOSED])
def test_a_changed_event_is_named(ballot: Ballot, number: int) -> None:
    changes: list[dict[str, object]] = [
        {"kind": EventKind.RECUSED, "choice": ""},
        {"capacity": Capacity.DEPUTY},
        {"commitment": chain.commitment("0" * 32, 1, "")},
        {"payload": '{"settings": {}}'},
        {"at": clock.now()},
        {"hash": "f" * 64},
    ]
    for fields in changes:
        found = found_and_restored(ballot, changing(number, fields))
        assert found == [f"Hændelse {number} er ændret, efter at den blev skrevet."], fields


def test_a_changed_choice_is_named(ballot: Ballot) -> None:
    found = found_and_restored(ballot, lambda ballot: change(ballot, VOTE, choice=Choice.FOR))
    assert found == ["Hændelse 3 er ændret, efter at den blev skrevet."]


def test_a_vote_given_to_another_seat_is_named(ballot: Ballot) -> None:
    other = seat_of(ballot, CHANGED_VOTE)
    found = found_and_restored(ballot, lambda ballot: change(ballot, VOTE, seat=other))
    assert found == ["Hændelse 3 er ændret, efter at den blev skrevet."]


def test_a_broken_link_is_named(ballot: Ballot) -> None:
    found = found_and_restored(ballot, lambda ballot: change(ballot, VOTE, previous="e" * 64))
    assert found == ["Hændelse 3 hænger ikke sammen med det, der står før den."]


def test_a_deleted_event_is_named(ballot: Ballot) -> None:
    found = found_and_restored(ballot, lambda ballot: delete(ballot, VOTE))
    assert found == ["Hændelse 3 mangler; på dens plads står hændelse 4."]


def test_a_cut_off_end_is_named(ballot: Ballot) -> None:
    found = found_and_restored(ballot, lambda ballot: delete(ballot, CLOSED))
    assert found == ["Hændelse 7 mangler."]


def test_events_that_are_all_gone_are_missed(ballot: Ballot) -> None:
    run_away = "DELETE FROM council_voteevent WHERE ballot_id = %s"
    assert found_and_restored(ballot, lambda ballot: run(run_away, ballot.pk)) == ["Hændelse 1 mangler."]

    def and_the_head(ballot: Ballot) -> None:
        run(run_away, ballot.pk)
        Ballot.objects.filter(pk=ballot.pk).update(head_number=0, head_hash=chain.GENESIS)

    assert found_and_restored(ballot, and_the_head) == ["Afstemningens åbning mangler i hændelserne."]


def test_an_inserted_event_is_named_by_the_one_it_pushed_away(ballot: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        vote = event(ballot, VOTE)
        make_room_at(ballot, VOTE)
        insert(ballot, vote, VOTE, vote.previous)

    found = found_and_restored(ballot, tamper)
    assert found == ["Hændelse 4 hænger ikke sammen med det, der står før den."]


def test_events_that_swapped_places_are_named(ballot: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        change(ballot, VOTE, number=1000)
        change(ballot, CHANGED_VOTE, number=VOTE)
        change(ballot, 1000, number=CHANGED_VOTE)

    found = found_and_restored(ballot, tamper)
    assert found == ["Hændelse 3 hænger ikke sammen med det, der står før den."]


def test_a_vote_added_after_closing_is_named(ballot: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        insert(ballot, event(ballot, PROXYS_VOTE), 8, ballot.head_hash)

    found = found_and_restored(ballot, tamper)
    assert found == ["Hændelse 8 er ikke den, afstemningen har noteret som den sidste."]


def test_a_vote_added_after_closing_that_the_ballot_knows_of_does_not_fit_the_result(ballot: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        added = insert(ballot, event(ballot, PROXYS_VOTE), 8, ballot.head_hash)
        Ballot.objects.filter(pk=ballot.pk).update(head_number=8, head_hash=added.hash)
        Entitlement.objects.filter(ballot=ballot, seat=added.seat).update(counting=added)

    assert found_and_restored(ballot, tamper) == ["Resultatet passer ikke, når stemmerne tælles igen."]


# --- rewritten whole --------------------------------------------------------------------------------------------------


def test_a_chain_rewritten_whole_is_found_by_the_code_that_everybody_was_mailed_and_by_nothing_else(
    ballot: Ballot,
) -> None:
    anchor = chain.short(ballot.final_hash)
    with behind_the_back():
        forge_adoption(ballot)
        assert findings(ballot) == []
        report = verify.check(ballot, anchor)
        assert (report.anchored, report.holds) == (False, False)
    assert verify.check(ballot, anchor).holds


UNREADABLE = ["", "{", "null", "3", "[]", '"x"', "{}", '{"seats": 3}', '{"seats": [[1, 2]]}', "[" * 100_000]


@pytest.mark.parametrize("payload", UNREADABLE, ids=lambda text: text[:12])
def test_an_opening_that_says_nothing_is_named(ballot: Ballot, payload: str) -> None:
    def tamper(ballot: Ballot) -> None:
        change(ballot, 1, payload=payload)
        rewrite(ballot)

    assert found_and_restored(ballot, tamper) == ["Hændelse 1 kan ikke læses."]


@pytest.mark.parametrize("key", sorted(verify.SAYS[EventKind.OPENED]))
def test_an_opening_that_says_something_else_is_named(ballot: Ballot, key: str) -> None:
    said = event(ballot, 1).says

    def says(value: object) -> Callable[[Ballot], None]:
        def tamper(ballot: Ballot) -> None:
            change(ballot, 1, payload=json.dumps(said | {key: value}))
            rewrite(ballot)

        return tamper

    values: list[object] = [None, [], {}, 0, [[1.5, None]], "x"]
    others = [value for value in values if value != said[key]]
    assert [value for value in others if found_and_restored(ballot, says(value)) == []] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": EventKind.VOIDED, "choice": "", "payload": ""},
        {"kind": EventKind.LIST, "choice": "", "payload": "{}"},
        {"kind": "unheard", "choice": "", "payload": "[1]"},
        {"capacity": "king"},
        {"payload": "null"},
    ],
    ids=str,
)
def test_an_event_that_makes_no_sense_is_named_also_in_a_chain_that_fits(
    ballot: Ballot, fields: dict[str, object]
) -> None:
    def tamper(ballot: Ballot) -> None:
        change(ballot, VOTE, **fields)
        rewrite(ballot)

    assert found_and_restored(ballot, tamper) == ["Hændelse 3 kan ikke læses."]


def test_a_chain_that_begins_with_a_vote_is_named(ballot: Ballot) -> None:
    def tamper(ballot: Ballot) -> None:
        delete(ballot, 1)
        close_the_gap_at(ballot, 1)
        rewrite(ballot)

    assert found_and_restored(ballot, tamper) == ["Afstemningens åbning mangler i hændelserne."]


# --- when it is asked -------------------------------------------------------------------------------------------------


def test_a_page_that_read_the_ballot_before_the_last_vote_raises_no_alarm(house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN)
    holders = fill_seats(council, 2)
    stale = open_ballot(council, holders[0])
    seat, user = holders[1]
    actions.vote(ballot=stale, seat=seat, choice=Choice.FOR, by=council_member(user, council))
    assert findings(stale) == []


def test_what_is_no_code_is_said_to_be_none(ballot: Ballot) -> None:
    with pytest.raises(ValueError, match="Not an anchor"):
        verify.check(ballot, "Nye stole")
