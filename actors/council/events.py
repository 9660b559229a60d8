"""A ballot's events in plain words, for the page where everybody can check them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.council import chain
from actors.council.enums import Capacity, EventKind
from actors.council.models import VoteEvent
from medborger.common import phrases


@dataclass(frozen=True)
class Told:
    """One line: what happened, when, and the beginning of its hash."""

    number: int
    what: str
    at: str
    code: str


def told(event: VoteEvent, *, shows_votes: bool) -> Told:
    """What the event says to everybody: of an open vote its choice only where `shows_votes`, as the panel's."""
    return Told(event.number, _what(event, shows_votes), phrases.moment(event.at), chain.short(event.hash)[:9])


def _what(event: VoteEvent, shows_votes: bool) -> str:
    seat = event.seat.name if event.seat else ""
    match event.kind:
        case EventKind.VOTE:
            return _vote(event, seat, shown=shows_votes)
        case EventKind.CAST:
            return _("%(seat)s har stemt hemmeligt") % {"seat": seat}
        case EventKind.VOIDED:
            return _("Stemmen for %(seat)s tæller ikke mere") % {"seat": seat}
        case EventKind.RECUSED:
            return _("%(seat)s er inhabil") % {"seat": seat}
        case EventKind.PROXY_GIVEN:
            return _("%(seat)s har givet fuldmagt") % {"seat": seat}
        case EventKind.PROXY_ENDED:
            return _("%(seat)s har trukket sin fuldmagt tilbage") % {"seat": seat}
        case _:
            return str(event.get_kind_display())


def _vote(event: VoteEvent, seat: str, *, shown: bool) -> str:
    if not shown:
        return _("%(seat)s har stemt") % {"seat": seat}
    words = {"seat": seat, "choice": event.get_choice_display(), "how": _lower_first(event.get_capacity_display())}
    if event.capacity == Capacity.REPRESENTATIVE:
        return _("%(seat)s stemte »%(choice)s«") % words
    return _("%(seat)s stemte »%(choice)s« (%(how)s)") % words


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
