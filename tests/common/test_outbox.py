"""A mail or SMS is a row in the action's transaction, and goes out once, whatever the network does."""

import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import create_server, socket
from threading import Thread
from typing import Any, ClassVar

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from medborger.common import clock, tasks
from medborger.common.messaging import channels, delivery, outbox
from medborger.common.messaging.outbox import Letter, post
from medborger.common.models import Channel, Installation, Message, MessageState

pytestmark = pytest.mark.django_db


def letter(key: str = "k", recipient: str = "mette@huset.example", **fields: Any) -> Letter:
    defaults = {"subject": "Booket: Salen", "text": "Tirsdag kl. 18.00.\n\nVel mødt <3", "language": "da"}
    channel = Channel.MAIL if "@" in recipient else Channel.SMS
    return Letter(key=key, channel=channel, recipient=recipient, **(defaults | fields))


class Mailbox:
    """A mail server that keeps what it is given; `answer` is what it says to the next ones."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


class Provider(BaseHTTPRequestHandler):
    """An SMS provider that keeps what it is given and answers `status`; a redirect leads back to itself."""

    received: ClassVar[list[tuple[str, dict[str, Any]]]] = []
    status: ClassVar = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.received.append((self.headers["Authorization"], body))
        self.send_response(self.status)
        if 300 <= self.status < 400:
            self.send_header("Location", self.path)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    Provider.received, Provider.status = [], 200
    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/rest/mtsms"
        settings.SMS_TOKEN, settings.SMS_SENDER = "hemmelig", "Medborger"
        yield Provider
        server.shutdown()


def only() -> Message:
    return Message.objects.get()


# --- into the outbox --------------------------------------------------------------------------------------------------


def test_a_key_is_posted_once() -> None:
    post([letter(text="første")])
    post([letter(text="anden"), letter("anden")])
    assert list(Message.objects.order_by("id").values_list("dedupe_key", "text")) == [
        ("k", "første"),
        ("anden", "Tirsdag kl. 18.00.\n\nVel mødt <3"),
    ]


def test_the_letters_of_a_made_up_past_are_dropped() -> None:
    with outbox.unsent():
        post([letter("then")])
    post([letter("now")])
    assert [message.dedupe_key for message in Message.objects.all()] == ["now"]


def test_a_rollback_sends_none(
    mailbox: Mailbox, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ZeroDivisionError), transaction.atomic():
        post([letter()])
        raise ZeroDivisionError
    assert (callbacks, tasks.send_waiting(), mailbox.received) == ([], 0, [])


def test_the_commit_nudges_the_worker_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudged: list[bool] = []
    monkeypatch.setattr(tasks.send_waiting, "delay", lambda: nudged.append(True))
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            post([letter("rolled back")])
            1 / 0  # noqa: B018
        post([letter("first")])
        post([letter("second")])
        assert not nudged
    assert nudged == [True]


@pytest.mark.django_db(transaction=True)
def test_until_the_worker_has_looked_one_nudge_is_enough_for_all(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudged: list[bool] = []
    monkeypatch.setattr(tasks.send_waiting, "delay", lambda: nudged.append(True))
    post([letter("first")])
    post([letter("second")])
    assert nudged == [True]
    assert tasks.send_waiting() == 2
    post([letter("third")])
    assert nudged == [True, True]


# --- mail -------------------------------------------------------------------------------------------------------------


def test_a_mail_has_a_plain_part_an_html_part_and_the_calendar(mailbox: Mailbox) -> None:
    link = {"link": "https://huset.example/b/7/", "link_label": "Se bookingen"}
    post([letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", **link)])
    assert tasks.send_waiting() == 1
    mail = mailbox.received[0]
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert (mail["Subject"], mail["To"], mail["Message-ID"]) == (
        "Booket: Salen",
        "mette@huset.example",
        only().message_id,
    )
    written = "Tirsdag kl. 18.00.\n\nVel mødt <3\n\nSe bookingen:\nhttps://huset.example/b/7/\n"
    assert plain.get_content().replace("\r\n", "\n").startswith(written)
    assert "Vel mødt &lt;3" in html.get_content()
    assert 'href="https://huset.example/b/7/"' in html.get_content()
    assert "style=" in html.get_content()
    assert "@media" in html.get_content()
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]
    assert only().state == MessageState.SENT


def test_a_mail_goes_out_once(mailbox: Mailbox) -> None:
    post([letter()])
    assert [tasks.send_waiting(), tasks.send_waiting()] == [1, 0]
    assert len(mailbox.received) == 1


def test_the_footer_is_in_the_readers_language(mailbox: Mailbox) -> None:
    post([letter(language="en")])
    tasks.send_waiting()
    html = mailbox.received[0].get_body(("html",))
    assert html is not None
    assert '<html lang="en">' in html.get_content()


@pytest.mark.parametrize("forged", ["Hej\r\nBcc: alle@huset.example", "Hej\nBcc: alle@huset.example"])
def test_a_subject_cannot_forge_headers(mailbox: Mailbox, forged: str) -> None:
    """A line break in a subject becomes a space (docs/security.md, check 22)."""
    post([letter(subject=forged)])
    tasks.send_waiting()
    mail = mailbox.received[0]
    assert (mail["Subject"], mail["Bcc"], mail["To"]) == ("Hej Bcc: alle@huset.example", None, "mette@huset.example")


def test_text_cannot_smuggle_markup_into_the_mail(mailbox: Mailbox) -> None:
    """Text, link and label are escaped in the HTML part (docs/security.md, check 22)."""
    post([letter(text="<img src=x onerror=alert(1)>", link="javascript:alert(1)", link_label='"><script>')])
    tasks.send_waiting()
    html = mailbox.received[0].get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert "<script" not in html.get_content()


def test_a_refused_mail_is_given_up_at_once(mailbox: Mailbox) -> None:
    mailbox.answer = "550 No such user"
    post([letter()])
    tasks.send_waiting()
    assert (only().state, only().attempts, only().error) == (MessageState.FAILED, 1, "SMTPRecipientsRefused")


def test_a_busy_server_is_tried_again_later_and_later_for_a_day(mailbox: Mailbox) -> None:
    mailbox.answer = "451 Try again later"
    post([letter()])
    started = clock.now()
    waits = []
    with time_machine.travel(started, tick=False) as traveller:
        while only().state == MessageState.WAITING:
            traveller.move_to(only().not_before)
            tasks.send_waiting()
            waits.append(round((only().not_before - clock.now()) / timedelta(minutes=1)))
        took = clock.now() - started
    assert waits[:-1] == [1, 4, 16, 64, 256, 1024]
    assert (only().state, only().attempts) == (MessageState.FAILED, delivery.MOST_ATTEMPTS)
    assert timedelta(hours=22) < took < timedelta(hours=24)


def test_one_that_fails_holds_up_no_other(mailbox: Mailbox, provider: type[Provider]) -> None:
    provider.status = 500
    post([letter("a", "+4520000001"), letter("b"), letter("c")])
    assert tasks.send_waiting() == 3
    assert len(mailbox.received) == 2


def test_without_a_server_it_waits(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    post([letter()])
    tasks.send_waiting()
    assert (only().state, only().error) == (MessageState.WAITING, "ConnectionRefusedError")


def test_who_dies_while_sending_leaves_it_to_another(mailbox: Mailbox) -> None:
    post([letter()])
    claimed = delivery.claim()
    assert claimed is not None
    assert tasks.send_waiting() == 0
    with time_machine.travel(clock.now() + delivery.LEASE + timedelta(seconds=1)):
        assert tasks.send_waiting() == 1
    assert mailbox.received[0]["Message-ID"] == claimed.message_id


def test_one_whose_every_sender_dies_is_given_up(mailbox: Mailbox) -> None:
    post([letter()])
    Message.objects.update(
        state=MessageState.SENDING,
        attempts=delivery.MOST_ATTEMPTS,
        leased_until=clock.now() - timedelta(seconds=1),
    )
    tasks.send_waiting()
    assert (only().state, mailbox.received) == (MessageState.FAILED, [])


@pytest.mark.parametrize("key", [f"{outbox.ONE_TIME}code:1", "booking:1"])
def test_a_code_is_wiped_when_it_has_been_sent(mailbox: Mailbox, key: str) -> None:
    post([letter(key, text="Koden er 123456", link="https://huset.example/invitation/abc/")])
    tasks.send_waiting()
    plain = mailbox.received[0].get_body(("plain",))
    assert plain is not None
    assert "123456" in plain.get_content()
    kept = (only().text, only().link)
    assert kept == (
        ("", "") if key.startswith("once:") else ("Koden er 123456", "https://huset.example/invitation/abc/")
    )


# --- SMS --------------------------------------------------------------------------------------------------------------


def test_an_sms_goes_to_the_provider_with_its_link(provider: type[Provider]) -> None:
    post([letter(recipient="+4520000001", text="Booket: Sælen på å", link="https://huset.example/b/7/")])
    tasks.send_waiting()
    authorization, body = provider.received[0]
    assert authorization == "Basic aGVtbWVsaWc6"
    assert body == {
        "sender": "Medborger",
        "message": "Booket: Sælen på å https://huset.example/b/7/",
        "encoding": "UTF8",
        "recipients": [{"msisdn": 4520000001}],
        "userref": only().message_id.strip("<>"),
    }
    assert only().state == MessageState.SENT


def test_letters_outside_the_phones_alphabet_are_sent_as_such(provider: type[Provider]) -> None:
    post([letter(recipient="+4520000001", text="Merhaba Ş")])
    tasks.send_waiting()
    assert provider.received[0][1]["encoding"] == "UCS2"


@pytest.mark.parametrize(
    ("status", "state"),
    [(500, "waiting"), (503, "waiting"), (429, "waiting"), (401, "waiting"), (400, "failed"), (422, "failed")],
)
def test_the_providers_no_is_final_only_when_it_is_about_the_message(
    provider: type[Provider], status: int, state: str
) -> None:
    provider.status = status
    post([letter(recipient="+4520000001")])
    tasks.send_waiting()
    assert (only().state, only().error) == (state, f"HTTP {status}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_of_the_provider_is_not_followed(provider: type[Provider], status: int) -> None:
    provider.status = status
    post([letter(recipient="+4520000001")])
    tasks.send_waiting()
    assert len(provider.received) == 1
    assert (only().state, only().error) == (MessageState.WAITING, f"HTTP {status}")


def test_a_provider_that_does_not_answer_in_time_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "SECONDS", 0.2)
    with create_server(("127.0.0.1", 0)) as silent:
        settings.SMS_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        post([letter(recipient="+4520000001")])
        tasks.send_waiting()
    assert (only().state, only().error) == (MessageState.WAITING, "ReadTimeout")


def test_a_provider_that_cannot_be_reached_is_tried_again(settings: Settings) -> None:
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}/"
    post([letter(recipient="+4520000001")])
    tasks.send_waiting()
    assert (only().state, only().error) == (MessageState.WAITING, "ConnectionError")


def test_without_a_provider_an_sms_fails_and_says_why(settings: Settings) -> None:
    settings.SMS_URL = ""
    post([letter(recipient="+4520000001")])
    tasks.send_waiting()
    assert (only().state, only().error) == (MessageState.FAILED, "SMS_URL is not set")


def test_an_address_that_is_none_fails_at_once(settings: Settings) -> None:
    settings.SMS_URL = "gateway.example/rest"
    post([letter(recipient="+4520000001")])
    tasks.send_waiting()
    assert (only().state, only().error) == (MessageState.FAILED, "MissingSchema")


# --- the demo ---------------------------------------------------------------------------------------------------------


def test_nothing_leaves_a_demo(mailbox: Mailbox, provider: type[Provider], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medborger.common.installation._known_demo", False)
    monkeypatch.setattr("django.conf.settings.DEMO", True)
    Installation.objects.create(is_demo=True, created_at=clock.now())
    post([letter("a"), letter("b", "rigtig@gmail.com"), letter("c", "+4520000001"), letter("once:d")])
    tasks.send_waiting()
    assert (mailbox.received, provider.received) == ([], [])
    states = dict(Message.objects.values_list("dedupe_key", "state"))
    assert states == {"a": "sent", "b": "dropped", "c": "sent", "once:d": "sent"}
    assert Message.objects.get(dedupe_key="once:d").text


# --- at the same time -------------------------------------------------------------------------------------------------


@pytest.mark.race
@pytest.mark.xdist_group("race")
@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_message_once(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_nudge", lambda: None)
    post([letter(f"k{n}") for n in range(40)])

    def work() -> None:
        try:
            tasks.send_waiting()
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sent = [mail["Message-ID"] for mail in mailbox.received]
    assert (len(sent), len(set(sent))) == (40, 40)
    assert not Message.objects.exclude(state=MessageState.SENT).exists()


def test_the_nightly_sweep_runs_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medborger.common.privacy.rules", lambda: [lambda: 2, lambda: 3])
    assert tasks.forget() == 5
