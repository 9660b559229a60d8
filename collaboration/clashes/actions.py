"""Making one event of two, letting both stand, and the nightly search. Moving is the bookings' own act.

Lock order: rooms, bookings, the clash; whoever takes only the clash waits for nobody while holding it.
"""

from django.db import transaction

from actors.access import Access
from bookings.actions.cancel import lock_both, make_one
from bookings.enums import BookingState
from bookings.errors import BookingOver
from bookings.models import Booking
from collaboration.clashes import clash_records, emails, errors
from collaboration.clashes.clash_texts import actor_of
from collaboration.clashes.enums import ClashEvent, ClashState
from collaboration.clashes.models import Clash
from collaboration.clashes.nightly_search import new_pairs
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed, Stale
from medborger.common.messaging import outbox


@transaction.atomic
def ask_together(*, clash: Clash, side: Booking, kept: Booking, message: str, version: int, by: Access) -> Clash:
    """Ask the other side to make one event of the two: `side` is the event that is asked for, `kept` the one that shall remain.

    Staff may ask for an actor that phones; its contact persons are told.
    Raises NotAllowed, Stale, Settled, ToldNo, KeptElsewhere, Begun.
    """
    clash = _locked(clash, version)
    _check_side(clash, side, by)
    if clash.state not in (ClashState.OPEN, ClashState.LEFT):
        raise errors.Settled
    if clash.declined_id == side.pk:
        raise errors.ToldNo
    if _one_of(clash, kept.pk) is None:
        raise errors.KeptElsewhere
    _check_ahead(clash)
    clash_records.settle(clash, ClashState.ASKED, side=side, kept=kept, message=message, answer="")
    act = audit.record(ClashEvent.ASKED, clash, by=by.user, side=side.pk, kept=kept.pk)
    outbox.post(emails.asked(clash, act, by))
    return clash


@transaction.atomic
def accept(*, clash: Clash, version: int, by: Access) -> Clash:
    """Say yes for the actor that was asked: the one event is cancelled, the other gets both actors. It cannot be undone.

    Never on behalf (docs/security.md, "Never on behalf"): for the other actor it is to take on terms, and it may give up its room by it.
    Raises OnlyThemselves, Stale, Settled, Begun.
    """
    try:
        lock_both(clash.first, clash.second)
    except BookingOver:
        raise errors.Begun from None
    clash = _locked(clash, version)
    asked = _asked(clash)
    if actor_of(asked).pk not in by.actor_ids:
        raise errors.OnlyThemselves
    kept = clash.kept
    assert kept is not None
    given_up = clash.other(kept)
    clash_records.settle(clash, ClashState.MERGED, side=asked, kept=kept)
    act = audit.record(ClashEvent.MERGED, clash, by=by.user, side=asked.pk, kept=kept.pk)
    outbox.post(emails.merged(clash, act))
    make_one(kept=kept, given_up=given_up, by=by)
    return clash


@transaction.atomic
def decline(*, clash: Clash, reason: str, version: int, by: Access) -> Clash:
    """Say no for the actor that was asked, by its own people or by staff whom it told. The question is not put a second time.

    Raises NotAllowed, Stale, Settled.
    """
    clash = _locked(clash, version)
    asked = _asked(clash)
    _check_side(clash, asked, by)
    asking = clash.other(asked)
    clash_records.settle(clash, ClashState.OPEN, declined=asking, answer=reason)
    act = audit.record(ClashEvent.DECLINED, clash, by=by.user, side=asked.pk)
    outbox.post(emails.declined(clash, act))
    return clash


@transaction.atomic
def leave_it(*, clash: Clash, side: Booking, version: int, by: Access) -> Clash:
    """Let both stand as they are; it can be taken up again. Raises NotAllowed, Stale, Settled."""
    clash = _locked(clash, version)
    _check_side(clash, side, by)
    if clash.state != ClashState.OPEN:
        raise errors.Settled
    clash_records.settle(clash, ClashState.LEFT, side=side)
    audit.record(ClashEvent.LEFT, clash, by=by.user, side=side.pk)
    return clash


@transaction.atomic
def reopen(*, clash: Clash, version: int, by: Access) -> Clash:
    """Take up again what was let stand, or take back a question of one's own. Raises NotAllowed, Stale, Settled."""
    clash = _locked(clash, version)
    if clash.state not in (ClashState.ASKED, ClashState.LEFT):
        raise errors.Settled
    sides = clash.events if clash.state == ClashState.LEFT else (clash.side,)
    if not any(side and side.may_be_changed_by(by) for side in sides):
        raise NotAllowed
    clash_records.settle(clash, ClashState.OPEN)
    audit.record(ClashEvent.REOPENED, clash, by=by.user)
    return clash


def search() -> int:
    """Enter what meets in all houses and was not seen when it was made (two made at the same instant, a house that became a
    neighbour), and settle what parted unseen. Gives how many were entered."""
    with transaction.atomic():
        clash_records.settle_all_parted()
    with transaction.atomic():
        return clash_records.enter(new_pairs(), by=None)


def _locked(clash: Clash, version: int) -> Clash:
    """The clash as it is now, its row locked. Raises Stale when it was changed since `version`."""
    fresh: Clash = Clash.objects.select_for_update(no_key=True, of=("self",)).with_events().get(pk=clash.pk)
    if fresh.version != version:
        raise Stale(current=fresh)
    fresh.side, fresh.kept = (_one_of(fresh, pk) for pk in (fresh.side_id, fresh.kept_id))
    return fresh


def _one_of(clash: Clash, pk: int | None) -> Booking | None:
    return next((event for event in clash.events if event.pk == pk), None)


def _check_side(clash: Clash, side: Booking, by: Access) -> None:
    """Whoever may change an event acts for its side: its actor's people, and the staff of its house."""
    event = _one_of(clash, side.pk)
    if event is None or not event.may_be_changed_by(by):
        raise NotAllowed


def _check_ahead(clash: Clash) -> None:
    now = clock.now()
    if any(event.state != BookingState.CONFIRMED or event.starts_at <= now for event in clash.events):
        raise errors.Begun


def _asked(clash: Clash) -> Booking:
    """The event whose side is to answer. Raises Settled where nobody is."""
    if clash.state != ClashState.ASKED or clash.side is None:
        raise errors.Settled
    return clash.other(clash.side)
