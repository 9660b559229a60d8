"""A real Celery worker on the real broker: what an action posts is on its way when the action is done."""

from threading import Event

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from pytest_django import Settings

from medborger.celery import app
from medborger.common.messaging.outbox import Letter, post
from medborger.common.models import Channel, Message, MessageState

arrived = Event()


class Backend(BaseEmailBackend):
    """Says when a mail comes."""

    def send_messages(self, mails: list[EmailMessage]) -> int:  # type: ignore[override]
        arrived.set()
        return len(mails)


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_as_soon_as_its_action_is_done(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Backend"
    arrived.clear()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        with transaction.atomic():
            post([Letter("k", Channel.MAIL, "mette@huset.example", "da", "Hej", "Hej Mette")])
        assert arrived.wait(20)
    connection.close()
    assert Message.objects.get().state == MessageState.SENT
