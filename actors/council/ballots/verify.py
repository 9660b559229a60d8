"""Verify a ballot: recompute the chain, count the votes again, compare the stored result with both.

What a person keeps (the code in the mail, or on the certificate) is compared as an anchor: only that shows a chain that was
rewritten whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from actors.council.ballots import chain, counting
from actors.council.ballots.vote_log import NOBODY, proposal_digest
from actors.council.enums import CAPACITY_RANK, Capacity, Choice, EventKind, Verdict
from actors.council.models import Ballot, BoxVote, Cast, Entitlement, Result, SecretVote, VoteEvent
from medborger.common import phrases


@dataclass
class Replay:
    """What the events of a ballot come to: by seat the event that counts, and who is recused."""

    counting: dict[int, VoteEvent] = field(default_factory=dict)
    recused: set[int] = field(default_factory=set)
    seats: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[VoteEvent]) -> Replay:
        replay = cls()
        for event in events:
            replay._take(event)
        return replay

    def _take(self, event: VoteEvent) -> None:
        seat = event.seat_id or 0
        match event.kind:
            case EventKind.OPENED:
                self.seats = {pk: name for pk, name, _recused in event.says["seats"]}
                self.recused = {pk for pk, _name, recused in event.says["seats"] if recused}
            case EventKind.VOTE | EventKind.CAST if seat in self.seats and seat not in self.recused:
                access = self.counting.get(seat)
                if (
                    access is None
                    or CAPACITY_RANK[Capacity(event.capacity)] >= CAPACITY_RANK[Capacity(access.capacity)]
                ):
                    self.counting[seat] = event
            case EventKind.VOIDED:
                if seat in self.counting and self.counting[seat].number == event.says["voided"]:
                    del self.counting[seat]
            case EventKind.RECUSED:
                self.recused.add(seat)
                self.counting.pop(seat, None)


@dataclass(frozen=True)
class Report:
    """What was found. `anchored` is None when no anchor was given."""

    ballot: Ballot
    events: list[VoteEvent]
    findings: list[str]
    anchored: bool | None

    @property
    def holds(self) -> bool:
        return not self.findings and self.anchored is not False


@transaction.atomic
def check(ballot: Ballot, anchor: str = "") -> Report:
    """Recompute everything of a ballot, its row locked: a vote that comes meanwhile waits. Raises ValueError for an anchor that is none."""
    ballot = Ballot.objects.locked(ballot.pk)
    events = list(VoteEvent.objects.filter(ballot=ballot).select_related("cast", "seat__actor").order_by("number"))
    findings = list(_findings(ballot, events))
    kept = [ballot.entitlement_hash, *(event.hash for event in events)]
    return Report(ballot, events, findings, chain.matches(anchor, kept) if anchor else None)


def _findings(ballot: Ballot, events: list[VoteEvent]) -> Iterator[str]:
    if found := chain.broken(events, chain.Head(ballot.head_number, ballot.head_hash)):
        yield str(found)
        return
    if not events or events[0].kind != EventKind.OPENED:
        yield _("Afstemningens åbning mangler i hændelserne.")
        return
    if unreadable := next((event for event in events if not _is_readable(event)), None):
        yield _("Hændelse %(number)s kan ikke læses.") % {"number": unreadable.number}
        return
    yield from _opening(ballot, events[0])
    yield from _persons(events)
    replay = Replay.of(events)
    yield from _entitlements(ballot, replay)
    if ballot.secret:
        yield from _secret_votes(ballot, events, replay)
    if ballot.closed_at is not None:
        yield from _result(ballot, events, replay)
    elif events[-1].kind in (EventKind.CLOSED, EventKind.CANCELLED) or Result.objects.filter(ballot=ballot).exists():
        yield _("Afstemningen er lukket, men står som åben.")


# What an event must say for the rest to be checked. A chain that was rewritten whole can say anything.
OPENED_SAYS = "entitlement proposal settings closes_at motion amendment recusal method secret chair seats"
SAYS: dict[str, set[str]] = {
    EventKind.OPENED: set(OPENED_SAYS.split()),
    EventKind.VOIDED: {"voided"},
    EventKind.LIST: {"list"},
}


def _is_readable(event: VoteEvent) -> bool:
    try:
        says: object = event.says
    except (ValueError, RecursionError):
        return False
    if not isinstance(says, dict) or not SAYS.get(event.kind, set()) <= says.keys():
        return False
    if event.kind == EventKind.OPENED:
        return isinstance(says["seats"], list) and all(_is_seat(row) for row in says["seats"])
    return event.kind not in (EventKind.VOTE, EventKind.CAST) or event.capacity in Capacity.values


def _is_seat(row: object) -> bool:
    return isinstance(row, list) and [type(value) for value in row] == [int, str, bool]


def _opening(ballot: Ballot, opened: VoteEvent) -> Iterator[str]:
    says = opened.says
    seats = [(pk, name, recused) for pk, name, recused in says["seats"]]
    if not chain.entitlement_hash(ballot.pk, seats) == says["entitlement"] == ballot.entitlement_hash:
        yield _("Listen over, hvem der kunne stemme, er ændret.")
    if opened.hash != ballot.opening_hash:
        yield _("Koden fra åbningen er ændret.")
    on = {"motion": ballot.motion_id, "amendment": ballot.amendment_id, "recusal": ballot.recusal_id}
    if proposal_digest(ballot) != says["proposal"] or any(says[name] != pk for name, pk in on.items()):
        yield _("Det forslag, der blev stemt om, er ændret.")
    way = {"method": ballot.method, "secret": ballot.secret, "chair": ballot.chair_id}
    if any(says[name] != value for name, value in way.items()):
        yield _("Måden, der blev stemt på, er ændret.")
    if ballot.orders.of_ballots() != says["settings"]:
        yield _("Den forretningsorden, der blev stemt efter, er ændret.")
    if ballot.closes_at.isoformat() != says["closes_at"]:
        yield _("Tidspunktet, hvor afstemningen lukker, er ændret.")


def _persons(events: list[VoteEvent]) -> Iterator[str]:
    """A person who was erased has no salt any more: the commitment stands unchecked, and the chain with it."""
    for event in events:
        cast: Cast | None = getattr(event, "cast", None)
        if not (_is_committed(cast, event) if cast else not event.commitment):
            yield _("Personen eller begrundelsen bag hændelse %(number)s er ændret.") % {"number": event.number}


def _is_committed(cast: Cast, event: VoteEvent) -> bool:
    if not cast.salt:
        return cast.user_id is None
    try:
        return chain.commitment(cast.salt, cast.user_id or NOBODY, cast.reason) == event.commitment
    except ValueError:
        return False


def _entitlements(ballot: Ballot, replay: Replay) -> Iterator[str]:
    rows = {row.seat_id: row for row in Entitlement.objects.filter(ballot=ballot)}
    if rows.keys() != replay.seats.keys():
        yield _("De pladser, der kan stemme, er ikke dem, der kunne ved åbningen.")
    for seat_id, row in rows.items():
        counts = replay.counting.get(seat_id)
        if row.counting_id != (counts.pk if counts else None) or row.recused != (seat_id in replay.recused):
            yield _("Det, der tæller for %(seat)s, passer ikke med hændelserne.") % {
                "seat": replay.seats.get(seat_id, seat_id)
            }


def _result(ballot: Ballot, events: list[VoteEvent], replay: Replay) -> Iterator[str]:
    result = Result.objects.filter(ballot=ballot).first()
    if result is None:
        yield _("Resultatet mangler.")
        return
    closed = events[-1]
    if result.verdict == Verdict.CANCELLED or closed.kind == EventKind.CANCELLED:
        if result.verdict != Verdict.CANCELLED or closed.kind != EventKind.CANCELLED:
            yield _("Resultatet passer ikke med hændelserne.")
        return
    try:
        recount = counting.result(ballot.orders.rules(), _tally(ballot, replay))
    except ValueError:
        yield _("Stemmerne passer ikke med pladserne.")
        return
    stored = {name: getattr(result, name) for name in asdict(recount)}
    if not asdict(recount) == stored == closed.says:
        yield _("Resultatet passer ikke, når stemmerne tælles igen.")


def _tally(ballot: Ballot, replay: Replay) -> counting.Tally:
    if ballot.secret:
        choices = list(SecretVote.objects.filter(ballot=ballot).values_list("choice", flat=True))
        chair = None
    else:
        choices = [event.choice for event in replay.counting.values()]
        of_chair = replay.counting.get(ballot.chair_id or 0)
        chair = Choice(of_chair.choice) if of_chair else None
    return counting.Tally.of(choices, seats=len(replay.seats), recused=len(replay.recused), chair=chair)


def _secret_votes(ballot: Ballot, events: list[VoteEvent], replay: Replay) -> Iterator[str]:
    """While it is open they lie in the box, afterwards on the list; as many as have voted."""
    if events[-1].kind == EventKind.CANCELLED:
        return
    cast = Counter(event.kind for event in replay.counting.values())[EventKind.CAST]
    said = next((event.says["list"] for event in events if event.kind == EventKind.LIST), None)
    votes = list(SecretVote.objects.filter(ballot=ballot).values_list("code", "choice"))
    if ballot.closed_at is not None and said != chain.list_hash(ballot.pk, votes):
        yield _("Listen over de hemmelige stemmer er ændret.")
    stored = len(votes) + BoxVote.objects.filter(ballot=ballot).count()
    if cast != stored:
        yield _("Der er %(votes)s hemmelige stemmer, men %(cast)s har stemt.") % {"votes": stored, "cast": cast}


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
