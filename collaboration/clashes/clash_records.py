"""The rows of clashes, as events are made, moved and cancelled: entered when two meet, settled when they meet no longer."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from actors.access import Access
from bookings.models import Booking
from collaboration.clashes import emails
from collaboration.clashes.enums import PARTED_STATES, ClashEvent, ClashState
from collaboration.clashes.models import Clash
from collaboration.clashes.nightly_search import Pair
from medborger.common import audit, clock
from medborger.common.messaging import outbox

BATCH = 2_000

ENTER = """
INSERT INTO clashes_clash (center_id, first_center_id, first_id, second_id, state, found_at, changed_at, message, answer, version)
SELECT second.center_id, first.center_id, first.id, second.id, %(open)s, %(now)s, %(now)s, '', '', 1
FROM unnest(%(firsts)s::bigint[], %(seconds)s::bigint[]) AS pair (first_id, second_id)
JOIN bookings_booking AS first ON first.id = pair.first_id
JOIN bookings_booking AS second ON second.id = pair.second_id
ORDER BY first.id, second.id
ON CONFLICT (first_id, second_id) DO UPDATE
    SET state = %(open)s, changed_at = %(now)s, side_id = NULL, version = clashes_clash.version + 1
    WHERE clashes_clash.state = ANY(%(parted)s)
RETURNING id, version
"""


def enter(pairs: Sequence[Pair], by: Access | None) -> int:
    """Enter pairs of events that meet (ids, the older first), in the caller's transaction; gives how many.

    A pair that had parted is open anew; one that is entered already stays as it is, whatever was done about it.
    """
    entered: list[tuple[int, int]] = []
    for start in range(0, len(pairs), BATCH):
        entered += _enter(pairs[start : start + BATCH])
    for clash in Clash.objects.filter(pk__in=[pk for pk, version in entered if version > 1]) if entered else ():
        audit.record(ClashEvent.MET_AGAIN, clash, by=by.user if by else None)
    return len(entered)


def _enter(pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    firsts, seconds = zip(*pairs, strict=True)
    said: dict[str, Any] = {
        "open": ClashState.OPEN.value,
        "now": clock.now(),
        "parted": [state.value for state in PARTED_STATES],
    }
    with connection.cursor() as cursor:
        cursor.execute(ENTER, {**said, "firsts": list(firsts), "seconds": list(seconds)})
        return [(pk, version) for pk, version in cursor.fetchall()]


def settle_parted(event: Booking, state: ClashState, by: Access) -> None:
    """Settle the clashes of an event that meets the other no longer, in the caller's transaction.

    One that is being dealt with at this instant is left to whoever does: waiting for it could go round in a circle. The nightly
    search settles what that leaves behind.
    """
    parted = Clash.objects.of_event(event).parted().select_for_update(skip_locked=True, of=("self",), no_key=True)
    verb = ClashEvent.MOVED if state == ClashState.MOVED else ClashEvent.GONE
    for clash in parted.order_by("first", "second"):
        asked = clash.side_id if clash.state == ClashState.ASKED else None
        settle(clash, state, side=event)
        act = audit.record(verb, clash, by=by.user, side=event.pk)
        if asked and asked != event.pk:
            outbox.post(emails.overtaken(clash, act))


def settle_all_parted() -> int:
    """What moves and cancellations left behind, in all houses. Gives how many."""
    parted = Clash.objects.parted().select_for_update(skip_locked=True, of=("self",), no_key=True)
    count = 0
    for clash in parted.order_by("first", "second"):
        settle(clash, ClashState.GONE)
        audit.record(ClashEvent.GONE, clash, by=None)
        count += 1
    return count


def settle(clash: Clash, state: ClashState, *, side: Booking | None = None, **more: object) -> None:
    """Write a clash's new state: by whose side, and what goes with it (`kept`, `message`, `answer`, `declined`). The row is locked."""
    for name, value in {"state": state, "side": side, "kept": None, **more}.items():
        setattr(clash, name, value)
    clash.changed_at = clock.now()
    clash.version += 1
    clash.save()
