"""Periodic tasks that every app uses: send the outbox, delete what is old."""

from celery import shared_task

from medborger.common import privacy
from medborger.common.messaging import delivery, outbox
from medborger.common.messaging.channels import Dispatch


@shared_task(name="medborger.common.tasks.send_waiting")
def send_waiting() -> int:
    """Send what is due, one by one, so that one that fails holds up no other. Returns how many were tried."""
    outbox.looked_at()
    delivery.give_up()
    tried = 0
    with Dispatch() as dispatch:
        while tried < delivery.MOST_A_RUN and (message := delivery.claim()):
            delivery.deliver(message, dispatch)
            tried += 1
    return tried


@shared_task(name="medborger.common.tasks.forget")
def forget() -> int:
    """Delete what has been kept long enough, each table by its own rule. Returns how many rows."""
    return sum(rule() for rule in privacy.rules())
