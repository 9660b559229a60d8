"""Periodic tasks of the council: close ballots, remind, refresh seats, verify the chains."""

import logging

from celery import shared_task

from actors.council.ballots import actions, verify
from actors.council.ballots.actions.closing import REMIND_HOURS
from actors.council.enums import Method
from actors.council.models import Ballot, Council
from actors.council.seats import actions as seat_actions
from medborger.common import clock

logger = logging.getLogger(__name__)


@shared_task(name="actors.council.tasks.close_due")
def close_due() -> None:
    """Close ballots that are over; every minute, each ballot in its own task."""
    for pk in Ballot.objects.due().order_by("closes_at", "pk").values_list("pk", flat=True):
        close_ballot.delay(pk)


@shared_task(name="actors.council.tasks.close_ballot")
def close_ballot(pk: int) -> None:
    actions.close(ballot=Ballot.objects.get(pk=pk))


@shared_task(name="actors.council.tasks.remind_due")
def remind_due() -> None:
    """Remind those who have not voted, 48 and 6 hours before closing; every ten minutes."""
    for ballot in Ballot.objects.unclosed().filter(method=Method.ONLINE, closes_at__gt=clock.now()):
        for hours in REMIND_HOURS:
            actions.remind(ballot=ballot, hours=hours)


@shared_task(name="actors.council.tasks.refresh_seats")
def refresh_seats() -> None:
    """Refresh the seats of each council, in its own transaction; every night."""
    for each in Council.objects.order_by("pk"):
        seat_actions.keep_seats_in_step(council=each)


@shared_task(name="actors.council.tasks.verify_chains")
def verify_chains() -> None:
    """Verify every ballot's chain, each in its own task; every night."""
    for pk in Ballot.objects.order_by("pk").values_list("pk", flat=True):
        verify_chain.delay(pk)


@shared_task(name="actors.council.tasks.verify_chain")
def verify_chain(pk: int) -> None:
    """Verify one ballot's chain; a broken one is logged as critical, which alerts."""
    for finding in verify.check(Ballot.objects.get(pk=pk)).findings:
        logger.critical("ballot %s: %s", pk, finding)
