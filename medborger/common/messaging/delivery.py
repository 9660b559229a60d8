"""Deliver the outbox: lease a message to one sender, hand it to its channel outside of any transaction, retry or give up."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from medborger.common import clock
from medborger.common.installation import is_demo
from medborger.common.messaging.channels import Dispatch, NotDelivered
from medborger.common.messaging.outbox import is_one_time
from medborger.common.models import Message, MessageState

# Longer than the slowest mail server can keep a sender waiting: ten answers of at most 20 seconds each (`channels.SECONDS`).
LEASE = timedelta(minutes=5)
# Tried after 1, 4, 16, 64, 256 and 1024 minutes more, which is a day; then given up.
MOST_ATTEMPTS = 7
MOST_A_RUN = 500

log = structlog.get_logger("medborger.outbox")


@transaction.atomic
def claim() -> Message | None:
    """Take the next message that is due, for the length of a lease: who dies while sending leaves it to another."""
    now = clock.now()
    message = _unsent(now).filter(not_before__lte=now, attempts__lt=MOST_ATTEMPTS).order_by("not_before", "id").first()
    if message is not None:
        message.state, message.leased_until = MessageState.SENDING, now + LEASE
        message.attempts += 1
        message.save(update_fields=["state", "leased_until", "attempts"])
    return message


@transaction.atomic
def give_up() -> None:
    """A message whose last attempt never came back has failed."""
    ids = list(_unsent(clock.now()).filter(attempts__gte=MOST_ATTEMPTS).values_list("pk", flat=True)[:MOST_A_RUN])
    if ids:
        Message.objects.filter(pk__in=ids).update(state=MessageState.FAILED, leased_until=None)


def deliver(message: Message, dispatch: Dispatch) -> None:
    """Send a message that was claimed, and write down what came of it. Outside of any transaction: a mail server may take its time."""
    try:
        message.state, message.error = dispatch.deliver(message), ""
    except NotDelivered as failure:
        _put_off(message, failure)
    message.leased_until = None
    if message.state in (MessageState.SENT, MessageState.DROPPED):
        message.sent_at = clock.now()
    became = {name: getattr(message, name) for name in ("state", "error", "leased_until", "sent_at", "not_before")}
    if message.state not in (MessageState.WAITING, MessageState.SENDING) and is_one_time(message) and not is_demo():
        became |= {"text": "", "link": ""}
    # Whoever was erased while this was on its way stays erased; who lost the lease meanwhile has only a delivery to tell of.
    theirs = Message.objects.filter(pk=message.pk, body_hash="")
    if message.state in (MessageState.WAITING, MessageState.FAILED):
        theirs = theirs.filter(attempts=message.attempts, state=MessageState.SENDING)
    theirs.update(**became)
    log.info("message", message=message.pk, channel=message.channel, state=message.state, attempts=message.attempts)


def _unsent(now: datetime) -> QuerySet[Message]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    unlocked = Message.objects.select_for_update(skip_locked=True)
    return unlocked.filter(free, state__in=[MessageState.WAITING, MessageState.SENDING])


def _put_off(message: Message, failure: NotDelivered) -> None:
    last = failure.final or message.attempts >= MOST_ATTEMPTS
    message.state = MessageState.FAILED if last else MessageState.WAITING
    message.error = str(failure)[:300]
    message.not_before = clock.now() + timedelta(minutes=4 ** (message.attempts - 1))
