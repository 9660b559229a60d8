"""Send a message by mail or SMS; in a demo nothing is sent."""

from collections.abc import Mapping
from email.utils import format_datetime
from hashlib import sha256
from types import TracebackType
from typing import Any, Protocol, Self

import requests
from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from medborger.common.installation import is_demo
from medborger.common.messaging import message_rendering
from medborger.common.models import Channel, Message, MessageState

SECONDS = 20
# What a provider or the network may answer; anything else is an error of ours and must be seen.
TROUBLE = (OSError, AnymailError)  # what requests raises is an OSError


class NotDelivered(Exception):
    """The message did not go out. `final`: trying again would not help."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Sender(Protocol):
    def deliver(self, message: Message) -> MessageState: ...


class Dispatch:
    """Sends messages one by one over the channel of each; keeps the mail server's connection open meanwhile.

    `deliver` returns the state the message ends in, or raises NotDelivered.
    """

    def __init__(self) -> None:
        mail = MailSender()
        self._mail = mail
        self._senders: dict[str, Sender] = {Channel.MAIL: mail, Channel.SMS: SmsSender()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._mail.close()

    def deliver(self, message: Message) -> MessageState:
        return store(message) if is_demo() else self._senders[message.channel].deliver(message)


def store(message: Message) -> MessageState:
    """In a demo nothing leaves: /demo/post/ shows every message; a mail to a real address counts as dropped."""
    real = message.channel == Channel.MAIL and not message.recipient.endswith(".example")
    return MessageState.DROPPED if real else MessageState.SENT


class MailSender:
    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def deliver(self, message: Message) -> MessageState:
        connection = self._connection or get_connection()
        self._connection = connection
        try:
            connection.open()
            as_mail(message, connection).send()
        except TROUBLE as error:
            self.close()
            raise NotDelivered(_said(error), final=_refused(error)) from error
        return MessageState.SENT

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Mail(EmailMultiAlternatives):
    """A mail that is the same bytes each time it is made: what Python's would draw at random follows from its Message-ID."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        for number, part in enumerate(made.walk()):
            if part.is_multipart():
                part.set_boundary(sha256(f"{made['Message-ID']} {number}".encode()).hexdigest()[:40])
        return made


def as_mail(message: Message, connection: BaseEmailBackend | None = None) -> Mail:
    """The mail with its plain and HTML parts and, where there is one, the .ics."""
    mail = Mail(
        subject=message.subject,
        body=message_rendering.text_of(message),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.recipient],
        headers=_headers(message),
        connection=connection,
    )
    mail.attach_alternative(message_rendering.html_of(message), "text/html")
    if message.calendar:
        mail.attach("kalender.ics", message.calendar, "text/calendar")
    return mail


def _headers(message: Message) -> dict[str, str]:
    headers = {
        "Message-ID": message.message_id,
        "Date": format_datetime(message.created_at),
        "Auto-Submitted": "auto-generated",
    }
    if message.unsubscribe:  # RFC 8058: the mail program's own button posts there
        headers |= {
            "List-Unsubscribe": f"<{message.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


class SmsSender:
    """An SMS provider that takes GatewayAPI's JSON."""

    def deliver(self, message: Message) -> MessageState:
        if not settings.SMS_URL:
            raise NotDelivered("SMS_URL is not set", final=True)
        text = message_rendering.sms_of(message)
        body = {
            "sender": settings.SMS_SENDER,
            "message": text,
            "encoding": "UTF8" if message_rendering.fits_gsm(text) else "UCS2",
            "recipients": [{"msisdn": int(message.recipient.removeprefix("+"))}],
            "userref": message.message_id.strip("<>")[:64],
        }
        try:
            status = _post(body)
        except TROUBLE as error:
            # An SMS_URL that is no address is a ValueError: no attempt will help before it is set right.
            raise NotDelivered(_said(error), final=isinstance(error, ValueError)) from error
        if status >= 300:
            raise NotDelivered(f"HTTP {status}", final=400 <= status < 500 and status not in (401, 403, 408, 429))
        return MessageState.SENT


def _post(body: Mapping[str, Any]) -> int:
    """Post JSON to the SMS provider; the status it answers with. A redirect is not followed: the token is for one address."""
    login = (settings.SMS_TOKEN, "")
    answer = requests.post(settings.SMS_URL, json=body, auth=login, timeout=SECONDS, allow_redirects=False, stream=True)
    with answer:
        return answer.status_code


def _refused(error: Exception) -> bool:
    """Whether the mail server said a lasting no (5xx), so that another attempt would only be refused again."""
    if isinstance(error, AnymailRecipientsRefused):
        return True
    refused = getattr(error, "recipients", None)
    if isinstance(refused, dict):
        return all(code >= 500 for code, _ in refused.values())
    return getattr(error, "smtp_code", 0) in (550, 551, 553, 554)


def _said(error: Exception) -> str:
    """What kind of trouble it was; not its text, which may hold the recipient."""
    return type(error).__name__
