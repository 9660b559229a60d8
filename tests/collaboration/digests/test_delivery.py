"""Many beats, many workers, a mail server with faults: each letter goes out once, and one that cannot holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from actors.digest_lines import DigestPart
from actors.enums import Role
from actors.models import User
from centers.models import Center
from collaboration.digests import actions, weeks
from collaboration.digests.frozen_content import Content
from collaboration.digests.models import Digest, Subscription
from medborger.common import clock, tasks
from medborger.common.messaging import outbox
from medborger.common.models import Message
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.digests.full_house import fill, work_together
from tests.collaboration.digests.lines import Told, urgent
from tests.common.test_outbox import Mailbox, free_port, mailbox
from tests.factories import CenterFactory, person_with
from tests.races import at_once

__all__ = ["mailbox"]
# Which of the apps have something in a digest, by what their lines' keys begin with.
TELLING = [
    "actor",
    "ballot",
    "clash",
    "collaboration",
    "event",
    "forum",
    "meeting",
    "minutes",
    "motion",
    "point",
    "proposal",
    "step",
    "tie",
]


@pytest.mark.race
@pytest.mark.xdist_group("race")
@pytest.mark.django_db(transaction=True)
def test_two_beats_and_four_workers_send_each_once(
    mailbox: Mailbox, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_nudge", lambda: None)
    house = CenterFactory.create()
    readers = [person_with(Role.COORDINATOR, house) for _ in range(12)]
    told.tell(DigestPart.NEEDS, urgent("first", 90))
    actions.keep_subscriptions()
    Subscription.objects.update(next_at=clock.now() - timedelta(minutes=1))
    made = at_once(*[lambda: actions.make_house(center_id=house.pk)] * 4)
    assert sum(made) == len(readers) + 1
    at_once(*[tasks.send_waiting] * 4)
    assert sorted(str(mail["To"]) for mail in mailbox.received) == sorted(str(reader.email) for reader in readers)
    assert len({mail["Message-ID"] for mail in mailbox.received}) == len(readers)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.race
@pytest.mark.xdist_group("race")
@pytest.mark.django_db(transaction=True)
def test_a_no_while_the_digest_is_made_is_a_no(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever comes first, none is due afterwards."""
    monkeypatch.setattr(outbox, "_nudge", lambda: None)
    house = CenterFactory.create()
    reader = person_with(Role.COORDINATOR, house)
    told.tell(DigestPart.NEEDS, urgent("first", 90))
    actions.keep_subscriptions()
    Subscription.objects.update(next_at=clock.now() - timedelta(minutes=1))
    at_once(
        lambda: actions.make_house(center_id=house.pk),
        lambda: actions.unsubscribe(center=house, user=reader),
        actions.keep_subscriptions,
    )
    held = Subscription.objects.get(user=reader)
    assert (held.next_at, held.unsubscribed) == (None, True)
    assert Message.objects.count() == Digest.objects.filter(recipient=reader).count()


class Faulty(Mailbox):
    """Refuses one address for good and another for now."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return {"lukket@huset.example": "550 No such user", "fuld@huset.example": "452 Mailbox full"}.get(
            address, self.answer
        )


@pytest.fixture
def faulty(settings: Settings) -> Iterator[Faulty]:
    box = Faulty()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


def states() -> dict[str, tuple[str, int]]:
    return {row.recipient: (row.state, row.attempts) for row in Message.objects.all()}


@pytest.mark.django_db
def test_a_server_that_is_down_for_an_hour_gets_each_letter_once_and_one_address_holds_up_no_other(
    house: Center, told: Told, friday: time_machine.Traveller, faulty: Faulty, settings: Settings
) -> None:
    for name in ("lukket", "fuld", "aaben"):
        person_with(Role.COORDINATOR, house, email=f"{name}@huset.example")
    told.tell(DigestPart.NEEDS, urgent("first", 90))
    actions.keep_subscriptions()
    friday.move_to(MONDAY)
    actions.make_house(center_id=house.pk)
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    while clock.now() < MONDAY + timedelta(hours=1):
        tasks.send_waiting()
        friday.move_to(clock.now() + timedelta(minutes=1))
    assert set(states().values()) == {("waiting", 4)}
    settings.EMAIL_PORT = up
    friday.move_to(max(Message.objects.values_list("not_before", flat=True)))
    tasks.send_waiting()
    assert clock.now() < MONDAY + timedelta(hours=2)
    assert states() == {
        "lukket@huset.example": ("failed", 5),
        "fuld@huset.example": ("waiting", 5),
        "aaben@huset.example": ("sent", 5),
    }
    assert [mail["To"] for mail in faulty.received] == ["aaben@huset.example"]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 4])
def test_a_house_costs_at_most_forty_statements_with_all_that_the_apps_tell(
    house: Center, coordinator: User, friday: time_machine.Traveller, number: int
) -> None:
    """With the apps' own providers, for readers of both languages, however much there is to tell."""
    fill(house, number)
    work_together(house, number, coordinator)
    person_with(Role.COORDINATOR, house, language="en")
    actions.keep_subscriptions()
    Subscription.objects.update(covered_until=MONDAY - weeks.WEEK)
    friday.move_to(MONDAY)
    with CaptureQueriesContext(connection) as captured:
        actions.make_house(center_id=house.pk)
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 40
    told = Content.of_json(Digest.objects.get(recipient=None).content).in_language("da")
    assert sorted({entry.key.partition(":")[0] for entry in told}) == TELLING
