"""The chain of a ballot: events that each carry the hash of the one before, so that a change afterwards shows.

Pure functions over plain values; what is hashed is written here and nowhere else, and a change of it needs a new VERSION.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Protocol, TypeAlias

from django.utils.translation import gettext as _

VERSION = 1
GENESIS = "0" * 64
SALT_BYTES = 16
# 32 hexadecimal characters are 128 bits: nobody makes another chain that begins with the same.
SHORT = 32
GROUP = 4
# Without 0 O 1 I L, which are mistaken for each other on paper. Ten of these 31 are 49.5 bits.
RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECEIPT_HALF = 5

Value: TypeAlias = "str | int | datetime | Sequence[Value] | None"


def canonical(**fields: Value) -> bytes:
    """The one way to write `fields` as bytes: JSON with sorted keys, no spaces, UTF-8, and the version as `v`.

    Instants are written in UTC with microseconds, whatever zone they came in. Lists keep their order.
    Raises TypeError for what has more than one way to be written (floats, dates, sets, lazy texts), ValueError for a naive
    datetime, a text that is no Unicode, or a field called `v`.
    """
    if "v" in fields:
        raise ValueError("The version is not a field of the caller's")
    plain = {name: _plain(value) for name, value in fields.items()}
    return json.dumps(
        {"v": VERSION, **plain}, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _plain(value: Value) -> object:
    match value:
        case None | str() | int():  # bool is an int
            return value
        case datetime():
            return _instant(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _instant(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("A datetime without a zone is no instant")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def digest(**fields: Value) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(**fields)).hexdigest()


def link(previous: str, content: bytes) -> str:
    """The hash of an event: SHA-256, in hexadecimal, of the previous hash's 32 bytes and the event's own content.

    Raises ValueError when `previous` is no such hash.
    """
    before = bytes.fromhex(previous)
    if len(before) != hashlib.sha256().digest_size:
        raise ValueError("The previous hash is not a SHA-256")
    return hashlib.sha256(before + content).hexdigest()


def new_salt() -> str:
    """128 random bits in hexadecimal. Once it is erased, nobody can try persons against the commitment."""
    return secrets.token_hex(SALT_BYTES)


def commitment(salt: str, user_id: int, reason: str) -> str:
    """What the chain holds instead of the person who voted and the reason given: a hash that needs the salt to be checked.

    Raises ValueError for a salt that `new_salt` did not make: without one, a person could be found by trying them all.
    """
    if not re.fullmatch(rf"[0-9a-f]{{{2 * SALT_BYTES}}}", salt):
        raise ValueError("Not a salt")
    return digest(of="commitment", salt=salt, user=user_id, reason=reason)


def entitlement_hash(ballot_id: int, rows: Iterable[tuple[int, str, bool]]) -> str:
    """The hash of who may vote: (seat id, the seat's name at the opening, recused at the opening), in any order."""
    return digest(of="entitlement", ballot=ballot_id, seats=[list(row) for row in sorted(rows)])


def list_hash(ballot_id: int, rows: Iterable[tuple[str, str]]) -> str:
    """The hash of a secret ballot's list: (receipt code, choice), in any order."""
    return digest(of="list", ballot=ballot_id, votes=[list(row) for row in sorted(rows)])


class ChainEvent(Protocol):
    """What the walk needs of an event. Its content is canonical bytes of all it says, its number too."""

    @property
    def number(self) -> int: ...

    @property
    def previous(self) -> str: ...

    @property
    def hash(self) -> str: ...

    def content(self) -> bytes: ...


@dataclass(frozen=True)
class Head:
    """Where a chain ends according to its ballot. Of an empty chain: number 0 and GENESIS."""

    number: int = 0
    hash: str = GENESIS


class Fault(Enum):
    MISSING = "missing"
    PREVIOUS = "previous"
    CONTENT = "content"
    HEAD = "head"


@dataclass(frozen=True)
class Break:
    """The first event that does not fit: its number in an unbroken chain, and what stands there instead, if anything."""

    number: int
    fault: Fault
    found: int | None = None

    def __str__(self) -> str:
        words = {"number": self.number, "found": self.found}
        match self.fault:
            case Fault.MISSING if self.found is None:
                return _("Hændelse %(number)s mangler.") % words
            case Fault.MISSING:
                return _("Hændelse %(number)s mangler; på dens plads står hændelse %(found)s.") % words
            case Fault.PREVIOUS:
                return _("Hændelse %(number)s hænger ikke sammen med det, der står før den.") % words
            case Fault.CONTENT:
                return _("Hændelse %(number)s er ændret, efter at den blev skrevet.") % words
            case Fault.HEAD:
                return _("Hændelse %(number)s er ikke den, afstemningen har noteret som den sidste.") % words


def broken(events: Iterable[ChainEvent], head: Head | None = None) -> Break | None:
    """The first break in `events`, which come in the order of the chain; None when all fit.

    Only `head`, or an anchor kept elsewhere, shows that the end was cut off; only an anchor shows a chain rewritten whole.
    """
    last = Head()
    for event in events:
        fault = _fault(event, last)
        if fault:
            return fault
        last = Head(event.number, event.hash)
    if head is None or last == head:
        return None
    if last.number < head.number:
        return Break(last.number + 1, Fault.MISSING)
    return Break(min(last.number, head.number + 1), Fault.HEAD)


def _fault(event: ChainEvent, last: Head) -> Break | None:
    number = last.number + 1
    if event.number != number:
        return Break(number, Fault.MISSING, found=event.number)
    if event.previous != last.hash:
        return Break(number, Fault.PREVIOUS)
    if event.hash != link(last.hash, event.content()):
        return Break(number, Fault.CONTENT)
    return None


def short(value: str) -> str:
    """A hash as it is printed and mailed: its first 32 characters in groups of four, which break across lines."""
    return " ".join(value[start : start + GROUP] for start in range(0, SHORT, GROUP))


def parse_anchor(text: str) -> str:
    """The anchor that a person typed or copied: upper case, spaces, dashes and dots do not matter.

    Raises ValueError for anything but a hash or its first 32 characters or more.
    """
    anchor = re.sub(r"[\s.:…\-\u00ad\u200b\u2010-\u2015]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{32,64}", anchor):
        raise ValueError("Not an anchor")
    return anchor


def matches(anchor: str, hashes: Iterable[str]) -> bool:
    """Whether what a person kept is one of the `hashes` recomputed now. Raises ValueError for what is no anchor."""
    wanted = parse_anchor(anchor)
    return any(value.startswith(wanted) for value in hashes)


def receipt_code() -> str:
    """A random code for one secret vote, like 7KQ2M-XW9FA."""
    half, other = ("".join(secrets.choice(RECEIPT_ALPHABET) for _i in range(RECEIPT_HALF)) for _half in range(2))
    return f"{half}-{other}"
