"""What is done to a chain behind the application's back is found and named, and what is hashed has one way to be written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, strategies as st

from actors.council.ballots import chain
from actors.council.ballots.chain import GENESIS, Break, Fault, Head
from actors.council.enums import Choice

NOON = datetime(2026, 11, 22, 12, 0, 0, 250, tzinfo=UTC)
LENGTH = 9
SALT = "00112233445566778899aabbccddeeff"


@dataclass(frozen=True)
class Row:
    """An event as a table keeps it."""

    ballot: int
    number: int
    kind: str
    seat: int | None
    choice: str
    capacity: str
    commitment: str
    payload: str
    at: datetime
    previous: str = ""
    hash: str = ""

    def content(self) -> bytes:
        said = {name: value for name, value in vars(self).items() if name not in ("previous", "hash")}
        return chain.canonical(**said)


def linked(rows: list[Row]) -> list[Row]:
    """The rows with the hashes that an honest application gives them."""
    made: list[Row] = []
    previous = GENESIS
    for row in rows:
        made.append(replace(row, previous=previous, hash=chain.link(previous, row.content())))
        previous = made[-1].hash
    return made


def row(number: int, **changed: Any) -> Row:
    at = NOON + timedelta(minutes=number)
    said = chain.commitment(SALT, number, "")
    return replace(Row(3, number, "vote", 100 + number, "for", "deputy", said, "", at), **changed)


@pytest.fixture
def events() -> list[Row]:
    return linked([row(1, kind="opened", seat=None, choice="", capacity=""), *map(row, range(2, LENGTH + 1))])


def head_of(events: list[Row]) -> Head:
    return Head(events[-1].number, events[-1].hash)


def test_an_untouched_chain_holds(events: list[Row]) -> None:
    assert chain.broken(events) is None
    assert chain.broken(iter(events), head_of(events)) is None


def test_a_chain_without_events_holds_when_its_ballot_knows_of_none() -> None:
    assert chain.broken([]) is None
    assert chain.broken([], Head()) is None
    assert chain.broken([], Head(2, "a" * 64)) == Break(1, Fault.MISSING)


CHANGES: dict[str, Any] = {
    "ballot": 4,
    "kind": "voided",
    "seat": 500,
    "choice": "against",
    "capacity": "representative",
    "commitment": chain.commitment(SALT, 1, "en anden"),
    "payload": "{}",
    "at": NOON,
    "hash": "f" * 64,
}


@pytest.mark.parametrize("place", range(LENGTH))
@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_field_names_its_event(events: list[Row], field: str, place: int) -> None:
    events[place] = replace(events[place], **{field: CHANGES[field]})
    assert chain.broken(events) == Break(place + 1, Fault.CONTENT)


@pytest.mark.parametrize("place", range(LENGTH))
@pytest.mark.parametrize("previous", ["e" * 64, "", "not a hash"])
def test_a_changed_link_names_its_event(events: list[Row], place: int, previous: str) -> None:
    events[place] = replace(events[place], previous=previous)
    assert chain.broken(events) == Break(place + 1, Fault.PREVIOUS)


@pytest.mark.parametrize("place", range(LENGTH))
@pytest.mark.parametrize("number", [0, LENGTH + 1])
def test_a_changed_number_names_the_number_that_is_gone(events: list[Row], place: int, number: int) -> None:
    events[place] = replace(events[place], number=number)
    assert chain.broken(events) == Break(place + 1, Fault.MISSING, found=number)


@pytest.mark.parametrize("place", range(LENGTH - 1))
def test_a_changed_event_with_a_new_hash_of_its_own_breaks_the_link_to_the_next(events: list[Row], place: int) -> None:
    forged = replace(events[place], choice="blank")
    events[place] = replace(forged, hash=chain.link(forged.previous, forged.content()))
    assert chain.broken(events) == Break(place + 2, Fault.PREVIOUS)


@pytest.mark.parametrize("place", range(LENGTH - 1))
def test_a_deleted_event_is_named(events: list[Row], place: int) -> None:
    del events[place]
    assert chain.broken(events) == Break(place + 1, Fault.MISSING, found=place + 2)


@pytest.mark.parametrize("place", range(LENGTH - 1))
def test_a_deleted_event_is_named_when_those_after_it_are_numbered_anew(events: list[Row], place: int) -> None:
    del events[place]
    events[place:] = [replace(event, number=event.number - 1) for event in events[place:]]
    assert chain.broken(events) == Break(place + 1, Fault.PREVIOUS)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (2, 3), (1, 7), (7, 8)])
def test_two_swapped_rows_are_named_at_the_first(events: list[Row], one: int, other: int) -> None:
    events[one], events[other] = events[other], events[one]
    assert chain.broken(events) == Break(one + 1, Fault.MISSING, found=other + 1)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (2, 3), (1, 7), (7, 8)])
def test_two_events_that_swapped_numbers_are_named_at_the_first(events: list[Row], one: int, other: int) -> None:
    first, second = events[one], events[other]
    events[one], events[other] = replace(second, number=one + 1), replace(first, number=other + 1)
    assert chain.broken(events) == Break(one + 1, Fault.PREVIOUS)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 3), (1, 7), (7, 8)])
def test_two_events_that_swapped_votes_are_named_at_the_first(events: list[Row], one: int, other: int) -> None:
    first, second = events[one], events[other]
    events[one], events[other] = replace(first, seat=second.seat), replace(second, seat=first.seat)
    assert chain.broken(events) == Break(one + 1, Fault.CONTENT)


@pytest.mark.parametrize("place", range(1, LENGTH))
def test_an_inserted_event_breaks_the_link_of_the_one_it_pushed_away(events: list[Row], place: int) -> None:
    forged = row(place + 1, seat=900, previous=events[place - 1].hash)
    pushed = [replace(event, number=event.number + 1) for event in events[place:]]
    altered = [*events[:place], replace(forged, hash=chain.link(forged.previous, forged.content())), *pushed]
    assert chain.broken(altered) == Break(place + 2, Fault.PREVIOUS)


@pytest.mark.parametrize("left", range(LENGTH))
def test_a_cut_off_end_is_found_only_by_what_the_ballot_or_a_person_kept(events: list[Row], left: int) -> None:
    cut = events[:left]
    assert chain.broken(cut) is None
    assert chain.broken(cut, head_of(events)) == Break(left + 1, Fault.MISSING)
    assert not chain.matches(events[-1].hash, [event.hash for event in cut])


def test_an_event_appended_after_closing_is_found_by_what_the_ballot_kept(events: list[Row]) -> None:
    longer = linked([*events, row(LENGTH + 1), row(LENGTH + 2)])
    assert chain.broken(longer) is None
    assert chain.broken(longer, head_of(events)) == Break(LENGTH + 1, Fault.HEAD)


def test_a_chain_rewritten_whole_fails_against_the_head_and_against_the_anchor(events: list[Row]) -> None:
    rewritten = linked([events[0], replace(events[1], choice="against"), *events[2:]])
    assert chain.broken(rewritten, head_of(events)) == Break(LENGTH, Fault.HEAD)


def test_a_chain_rewritten_with_its_head_fails_only_against_the_anchor(events: list[Row]) -> None:
    rewritten = linked([events[0], replace(events[1], choice="against"), *events[2:]])
    anchor = chain.short(events[-1].hash)
    assert chain.broken(rewritten, head_of(rewritten)) is None
    assert chain.matches(anchor, [event.hash for event in events])
    assert not chain.matches(anchor, [event.hash for event in rewritten])


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Break(7, Fault.MISSING), "Hændelse 7 mangler."),
        (Break(7, Fault.MISSING, 8), "Hændelse 7 mangler; på dens plads står hændelse 8."),
        (Break(7, Fault.PREVIOUS), "Hændelse 7 hænger ikke sammen med det, der står før den."),
        (Break(7, Fault.CONTENT), "Hændelse 7 er ændret, efter at den blev skrevet."),
        (Break(7, Fault.HEAD), "Hændelse 7 er ikke den, afstemningen har noteret som den sidste."),
    ],
)
def test_a_break_is_said_with_the_number_of_the_event(found: Break, words: str) -> None:
    assert str(found) == words


def test_canonical_bytes_are_these_for_ever() -> None:
    """Hashes that people were mailed are made of them: another way to write is another VERSION."""
    content = chain.canonical(
        kind="vote",
        seat=7,
        choice=Choice.FOR,
        at=NOON,
        named=None,
        recused=False,
        payload='Øl "gratis"\n',
        rows=[[1, "Ål"]],
    )
    assert (
        content
        == (
            '{"at":"2026-11-22T12:00:00.000250Z","choice":"for","kind":"vote","named":null,"payload":"Øl \\"gratis\\"\\n",'
            '"recused":false,"rows":[[1,"Ål"]],"seat":7,"v":1}'
        ).encode()
    )


def test_a_link_is_sha_256_of_the_hash_before_and_the_content() -> None:
    first = chain.link(GENESIS, b"one")
    assert first == hashlib.sha256(bytes(32) + b"one").hexdigest()
    assert chain.link(first, b"two") == hashlib.sha256(bytes.fromhex(first) + b"two").hexdigest()


@pytest.mark.parametrize("previous", ["", "ab", "0" * 66, "x" * 64])
def test_nothing_is_linked_to_what_is_no_hash(previous: str) -> None:
    with pytest.raises(ValueError, match=r"SHA-256|hexadecimal"):
        chain.link(previous, b"one")


@pytest.mark.parametrize(
    "zone", [ZoneInfo("Europe/Copenhagen"), ZoneInfo("America/New_York"), timezone(timedelta(hours=5, minutes=45))]
)
def test_an_instant_is_written_the_same_from_every_zone(zone: ZoneInfo | timezone) -> None:
    assert chain.canonical(at=NOON.astimezone(zone)) == chain.canonical(at=NOON)


def test_whole_seconds_are_written_with_microseconds_too() -> None:
    assert chain.canonical(at=NOON.replace(microsecond=0)) == b'{"at":"2026-11-22T12:00:00.000000Z","v":1}'


@pytest.mark.parametrize(
    "value", [1.0, date(2026, 11, 22), b"bytes", {"a": 1}, {1}, gettext_lazy("For"), [1, [2.5]]], ids=repr
)
def test_what_can_be_written_in_several_ways_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        chain.canonical(value=value)


def test_a_datetime_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        chain.canonical(at=NOON.replace(tzinfo=None))


def test_the_version_cannot_be_overwritten() -> None:
    with pytest.raises(ValueError, match="version"):
        chain.canonical(v=2)


FIELDS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers() | st.text(), max_size=3),
    max_size=5,
)


@given(FIELDS)
def test_canonical_bytes_say_all_fields_whatever_their_order(fields: dict[str, Any]) -> None:
    content = chain.canonical(**fields)
    assert json.loads(content) == {"v": 1, **fields}
    assert chain.canonical(**dict(reversed(fields.items()))) == content


@given(FIELDS, FIELDS)
def test_different_fields_are_different_bytes(some: dict[str, Any], others: dict[str, Any]) -> None:
    same = json.dumps(some, sort_keys=True) == json.dumps(others, sort_keys=True)
    assert (chain.canonical(**some) == chain.canonical(**others)) is same


def test_a_commitment_is_this_for_ever() -> None:
    content = '{"of":"commitment","reason":"Børn sover","salt":"00112233445566778899aabbccddeeff","user":42,"v":1}'
    assert chain.commitment(SALT, 42, "Børn sover") == hashlib.sha256(content.encode()).hexdigest()


def test_a_commitment_binds_salt_person_and_reason() -> None:
    made = {
        chain.commitment(SALT, 42, "1"),
        chain.commitment(SALT, 4, "21"),
        chain.commitment(SALT, 421, ""),
        chain.commitment(SALT[:-1] + "0", 42, "1"),
    }
    assert len(made) == 4


@pytest.mark.parametrize("salt", ["", SALT[:-1], SALT.upper(), SALT + "\n"])
def test_no_commitment_is_made_without_a_whole_salt(salt: str) -> None:
    with pytest.raises(ValueError, match="salt"):
        chain.commitment(salt, 42, "")


def test_salts_are_128_bits_and_never_the_same() -> None:
    salts = {chain.new_salt() for _i in range(500)}
    assert len(salts) == 500
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}


def test_the_entitlement_is_the_same_in_any_order_and_another_with_any_other_seat() -> None:
    rows = [(9, "Nabokoret", False), (10, "Skakklubben", True), (2, "Ældre, [x]", False)]
    made = chain.entitlement_hash(3, rows)
    content = '{"ballot":3,"of":"entitlement","seats":[[2,"Ældre, [x]",false],[9,"Nabokoret",false],[10,"Skakklubben",true]],"v":1}'
    assert made == hashlib.sha256(content.encode()).hexdigest()
    assert chain.entitlement_hash(3, reversed(rows)) == made
    others = [
        chain.entitlement_hash(4, rows),
        chain.entitlement_hash(3, rows[1:]),
        chain.entitlement_hash(3, [*rows, (11, "Syklubben", False)]),
        chain.entitlement_hash(3, [(9, "Nabokoret", True), *rows[1:]]),
        chain.entitlement_hash(3, [(9, "Nabokor", False), *rows[1:]]),
        chain.entitlement_hash(3, [(8, "Nabokoret", False), *rows[1:]]),
    ]
    assert len({made, *others}) == 7


def test_the_list_is_the_same_in_any_order_and_another_with_any_other_vote() -> None:
    rows: list[tuple[str, str]] = [("9XXXX-AAAAA", Choice.FOR), ("2XXXX-BBBBB", "against")]
    made = chain.list_hash(3, rows)
    content = '{"ballot":3,"of":"list","v":1,"votes":[["2XXXX-BBBBB","against"],["9XXXX-AAAAA","for"]]}'
    assert made == hashlib.sha256(content.encode()).hexdigest()
    assert chain.list_hash(3, reversed(rows)) == made
    swapped = [("9XXXX-AAAAA", "against"), ("2XXXX-BBBBB", "for")]
    assert len({made, chain.list_hash(3, swapped), chain.list_hash(4, rows), chain.list_hash(3, rows[1:])}) == 4


HASH = "3f2a91bc77d0e4a10b5c9d2e1f3a88c7" + "0123456789abcdef" * 2


def test_a_hash_is_printed_as_its_first_half_in_groups_of_four() -> None:
    assert chain.short(HASH) == "3f2a 91bc 77d0 e4a1 0b5c 9d2e 1f3a 88c7"


TYPED: dict[str, Callable[[str], str]] = {
    "as printed": chain.short,
    "whole": str,
    "upper case": lambda value: chain.short(value).upper(),
    "with dashes": lambda value: chain.short(value).replace(" ", "-"),
    "with long dashes": lambda value: chain.short(value).replace(" ", " – "),
    "on two lines of a mail": lambda value: f"\r\n {value[:32]}\r\n\t{value[32:]}\n",
    "with hard spaces": lambda value: chain.short(value).replace(" ", "\u00a0"),
    "with a full stop": lambda value: chain.short(value) + ".",
    "a little more than is printed": lambda value: value[:33],
}


@pytest.mark.parametrize("way", TYPED)
def test_an_anchor_is_found_however_it_is_typed(way: str) -> None:
    typed = TYPED[way](HASH)
    assert HASH.startswith(chain.parse_anchor(typed))
    assert chain.matches(typed, ["a" * 64, HASH])
    assert not chain.matches(typed, ["a" * 64, "3f2a91bc77d0e4a1" + "0" * 48])


@pytest.mark.parametrize("typed", ["", "3f2a 91bc 77d0 e4a1", HASH[:31], HASH + "0", "g" * 64, "sha256 " + HASH])
def test_what_is_no_anchor_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Not an anchor"):
        chain.matches(typed, [HASH])


def test_receipt_codes_differ_and_hold_no_characters_that_look_alike() -> None:
    codes = [chain.receipt_code() for _i in range(500)]
    assert len(set(codes)) == 500
    assert {(len(code), code.index("-")) for code in codes} == {(11, 5)}
    assert set("".join(codes)) == set("23456789ABCDEFGHJKMNPQRSTUVWXYZ-")
