"""The command that says of each ballot whether it holds."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from actors.council.ballots import chain
from actors.council.enums import Choice, Entitled
from actors.council.models import (
    Ballot,
)
from centers.models import Center
from tests.actors.council.factories import fill_seats, make_council
from tests.actors.council.motions import open_ballot
from tests.actors.council.tampering import (
    VOTE,
    behind_the_back,
    change,
    forge_adoption,
)

pytestmark = pytest.mark.django_db


def said_by(*arguments: str) -> list[str]:
    """What the command prints, with the refusal it ends with, if any, as its last line."""
    out = io.StringIO()
    try:
        call_command("council_verify", *arguments, stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), f"refused: {error}"]
    return out.getvalue().splitlines()


def test_the_command_says_a_line_for_each_ballot(ballot: Ballot) -> None:
    assert said_by() == [f"{ballot.council.center.slug}\t1\tNye stole\tholds", "All 1 ballots hold."]


def test_the_command_finds_the_ballot_of_a_code_however_it_was_typed(ballot: Ballot) -> None:
    line = f"{ballot.council.center.slug}\t1\tNye stole\tholds\thas the code"
    for typed in (ballot.final_hash, chain.short(ballot.opening_hash).upper(), chain.short(ballot.entitlement_hash)):
        assert said_by("--anchor", typed) == [line, "All 1 ballots hold."]


def test_the_command_fails_for_a_code_that_no_ballot_has(ballot: Ballot) -> None:
    *_lines, last = said_by("--anchor", "ab" * 16)
    assert last == "refused: No ballot has that code. Either it is not from here, or a ballot was rewritten."


def test_the_command_fails_for_a_code_of_a_chain_that_was_rewritten(ballot: Ballot) -> None:
    with behind_the_back():
        forge_adoption(ballot)
        assert said_by()[-1] == "All 1 ballots hold."
        assert said_by("--anchor", ballot.final_hash)[-1].startswith("refused: No ballot has that code.")


def test_the_command_fails_when_a_ballot_is_broken_and_still_checks_the_others(ballot: Ballot, secret: Ballot) -> None:
    with behind_the_back():
        change(ballot, VOTE, choice=Choice.FOR)
        first, second, last = said_by("--anchor", ballot.final_hash)
    with translation.override("en"):
        named = str(chain.Break(VOTE, chain.Fault.CONTENT))
    assert first == f"foreningernes-hus\t1\tNye stole\t{named}\thas the code"
    assert second == "kvarterhuset\t1\tNye stole\tholds"
    assert last == "refused: 1 of 2 ballots do not hold."


def test_the_command_refuses_what_is_no_code(ballot: Ballot) -> None:
    assert said_by("--anchor", "Nye stole")[-1].startswith("refused: Error: argument --anchor: that is no code")


def test_the_command_looks_at_one_house(ballot: Ballot, other_house: Center) -> None:
    council = make_council(other_house, entitled=Entitled.CHOSEN)
    holders = fill_seats(council, 1)
    open_ballot(council, holders[0])
    assert said_by()[-1] == "All 2 ballots hold."
    assert said_by("--house", other_house.slug)[-1] == "All 1 ballots hold."
    assert said_by("--house", other_house.slug, "--anchor", ballot.final_hash)[-1].startswith("refused: No ballot")
    assert said_by("--house", "findes-ikke") == ["refused: There is no house findes-ikke."]
