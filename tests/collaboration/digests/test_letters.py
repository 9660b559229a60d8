"""The digest as it is sent: frozen to the byte, in the reader's language, with a way out that a mail program can press."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
import time_machine
from django.test import Client

from actors.digest_lines import DigestPart
from actors.models import Actor, User
from centers.models import Center
from collaboration.digests import actions
from collaboration.digests.models import Subscription
from medborger.common import clock, tasks
from medborger.common.messaging import delivery, outbox
from medborger.common.messaging.channels import Dispatch, NotDelivered, as_mail
from medborger.common.models import Channel, Message
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.digests.lines import Told, for_all, line, urgent
from tests.common.test_outbox import Mailbox, Provider, letter, mailbox, provider
from tests.factories import UserFactory
from tests.fixtures import access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
__all__ = ["mailbox", "provider"]


def send(house: Center, friday: time_machine.Traveller) -> None:
    actions.keep_subscriptions()
    friday.move_to(MONDAY)
    actions.make_house(center_id=house.pk)
    tasks.send_waiting()


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_mail_begins_with_ugens_to_and_their_ready_words(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    told.tell(DigestPart.NEEDS, urgent("third", 50), urgent("first", 90), urgent("second", 80), line("fourth"))
    told.tell(DigestPart.COMING, for_all("event", day=MONDAY.date()))
    send(house, friday)
    mail = mailbox.received[0]
    assert mail["Subject"] == "To ting venter på dig: uge 48 i Foreningernes Hus"
    plain, html = body(mail, "plain"), body(mail, "html")
    places = [plain.index(f"* Tekst {key}") for key in ("first", "second", "third", "fourth")]
    assert places == sorted(places)
    assert "Hej. Vi skriver om first." in plain
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", html) == [
        "Tekst first",
        "Tekst second",
        "Venter på svar",
        "Den kommende uge",
    ]
    assert "man 23. nov: Tekst event" in plain
    assert plain.count("Tekst first") == html.count(">Tekst first<") == 1


def test_a_mail_is_inlined_and_safe_in_the_dark(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    told.tell(DigestPart.NEEDS, urgent("first", 90, text="<b>Klubben</b> & co."))
    send(house, friday)
    html = body(mailbox.received[0], "html")
    assert "prefers-color-scheme: dark" in html or "prefers-color-scheme:dark" in html
    assert html.count("style=") > 10
    assert "<b>Klubben" not in html
    assert "&lt;b&gt;Klubben&lt;/b&gt; &amp; co" in html
    assert not re.search(r"<(img|link|script)\b", html)


def test_a_full_mail_stays_under_sixty_kilobytes(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    """Beyond some hundred a mail program would cut it: lines as long as they come, forty in each part."""
    long = "Foreningen for ældre og unge i området har brug for hjælp til en fælles fest med mad. " * 2
    for number in range(40):
        told.tell(DigestPart.NEEDS, urgent(f"needs:{number}", 50, text=long, detail=long, for_forum=True))
        told.tell(DigestPart.NEWS, for_all(f"news:{number}", text=long, detail=long, form="exchange_resources"))
        told.tell(DigestPart.COMING, for_all(f"coming:{number}", text=long, detail=long, day=MONDAY.date()))
        told.tell(DigestPart.TIE, urgent(f"tie:{number}", 50, text=long, detail=long))
    send(house, friday)
    assert len(as_mail(Message.objects.get()).message().as_bytes()) < 60_000
    assert "og 37 mere" in body(mailbox.received[0], "plain")


def test_a_reader_of_english_is_written_to_in_english(
    house: Center, association: Actor, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    reader = UserFactory.create(member_of=association, language="en")
    actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=True, by=access(reader))
    send(house, friday)
    assert '<html lang="en">' in body(mailbox.received[0], "html")
    assert {week.center for week in told.asked} == {house}


def test_who_reads_sms_gets_one_with_the_two_and_the_link(
    house: Center, association: Actor, told: Told, friday: time_machine.Traveller, provider: type[Provider]
) -> None:
    reader = UserFactory.create(member_of=association, email=None, phone="+4520304050")
    actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=False, by=access(reader))
    for key, urgency in (("a", 90), ("b", 80), ("c", 70)):
        told.tell(DigestPart.NEEDS, for_all(key, text=f"Sag {key}.", urgency=urgency, message="Hej."))
    send(house, friday)
    link = "http://localhost:8000/foreningernes-hus/overblik/2026/48/"
    said = provider.received[0][1]["message"]
    assert said == f"Uge 48 i Foreningernes Hus. To ting venter på dig: Sag a. Sag b. {link}"
    assert len(said) <= 160
    only = Message.objects.get()
    assert (only.channel, only.html, only.unsubscribe) == (Channel.SMS, "", "")


def test_a_retry_sends_the_same_bytes(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    """Whatever has happened in between: the letter was dressed when it was made, and nothing in it is drawn at random later."""
    told.tell(DigestPart.NEEDS, urgent("first", 90))
    mailbox.answer = "451 Try again later"
    send(house, friday)
    first = Message.objects.get()
    assert (first.state, first.attempts) == ("waiting", 1)
    before = as_mail(first).message().as_bytes()
    house.name, coordinator.language = "Et nyt navn", "en"
    house.save()
    coordinator.save()
    mailbox.answer = "250 OK"
    friday.move_to(first.not_before)
    tasks.send_waiting()
    again = Message.objects.get()
    assert (again.state, again.attempts) == ("sent", 2)
    assert as_mail(again).message().as_bytes() == before
    assert "Tekst first" in body(mailbox.received[0], "plain")
    assert (mailbox.received[0]["Date"], mailbox.received[0]["Message-ID"]) == (
        "Mon, 23 Nov 2026 06:00:00 +0000",
        first.message_id,
    )


def test_a_mail_program_can_end_it_with_one_post(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    """RFC 8058: no log-in, no cookie, no token in the form, no redirect."""
    told.tell(DigestPart.NEEDS, urgent("first", 90))
    send(house, friday)
    mail = mailbox.received[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = mail["List-Unsubscribe"].strip(" <>").removeprefix("http://localhost:8000")
    program = Client(enforce_csrf_checks=True)
    for _again in range(2):
        answer = program.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"OK")
    held = Subscription.objects.get(user=coordinator)
    assert (held.goes_on, held.unsubscribed) == (False, True)
    assert actions.keep_subscriptions() == 0


def test_readers_who_are_told_the_same_get_links_of_their_own(
    house: Center, coordinator: User, association: Actor, told: Told, friday: time_machine.Traveller, mailbox: Mailbox
) -> None:
    readers = [UserFactory.create(member_of=association) for _ in range(2)]
    for reader in readers:
        actions.choose(center=house, weekday=0, minute=7 * 60, when_empty=False, by=access(reader))
    told.tell(DigestPart.NEEDS, for_all("first", urgency=90, message="Hej."))
    send(house, friday)
    links = [set(re.findall(r"/mig/overblik/[\w:/-]+", body(mail, "plain"))) for mail in mailbox.received]
    assert [len(own) for own in links] == [2, 2, 2]
    assert len(set.union(*links)) == 6
    assert not [mail for mail in mailbox.received if "~" in body(mail, "plain") + body(mail, "html")]


def _too_late(message: Message) -> None:
    raise NotDelivered("TimeoutError")


def test_who_lost_the_lease_takes_back_no_delivery(house: Center, coordinator: User, mailbox: Mailbox) -> None:
    """A sender so slow that another has sent meanwhile tells of its failure too late: the letter would go out twice."""
    outbox.post([letter()])
    slow = delivery.claim()
    assert slow is not None
    Message.objects.update(leased_until=clock.now() - delivery.LEASE)
    assert tasks.send_waiting() == 1

    with Dispatch() as dispatch, pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatch, "deliver", _too_late)
        delivery.deliver(slow, dispatch)
    assert Message.objects.get().state == "sent"
    assert tasks.send_waiting() == 0
