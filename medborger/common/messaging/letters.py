"""Write letters to people: by mail, or by SMS when that is all they have or what they chose."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language

from medborger.common.messaging.outbox import Letter
from medborger.common.models import Channel

SMS_LENGTH = 160
# One of these would more than halve what an SMS holds: the phone network's own alphabet lacks them.
PLAIN_SIGNS = str.maketrans("–—’‘“”", "--''\"\"")


class Address(Protocol):
    """A mail address or a phone number; the other is empty."""

    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


class _Reached(NamedTuple):
    email: str
    phone: str


class Recipient(Protocol):
    """What a letter needs to know of a person."""

    @property
    def pk(self) -> int: ...
    @property
    def email(self) -> str | None: ...
    @property
    def phone(self) -> str | None: ...
    @property
    def notices_by_sms(self) -> bool: ...
    @property
    def language(self) -> str: ...


def reads_sms(user: Recipient) -> bool:
    """Whether the person is told by SMS."""
    return bool(user.phone) and (user.notices_by_sms or not user.email)


Words = Callable[[], tuple[str, str]]


def letters_to(
    people: Iterable[Recipient],
    words: Words,
    *,
    key: str,
    link: str,
    label: str | Promise,
    center_id: int,
    calendar: str = "",
) -> list[Letter]:
    """One letter to each person in their language; `words` gives the subject and the text, and is asked once a language.

    `label` is what the link says, translated lazily; the rest is as in `letter_to`.
    """
    said: dict[str, tuple[str, str, str]] = {}
    letters = []
    for person in people:
        if person.language not in said:
            with translation.override(person.language):
                said[person.language] = (*words(), str(label))
        subject, text, link_label = said[person.language]
        named = {"key": key, "subject": subject, "text": text, "link": link, "link_label": link_label}
        letters.append(letter_to(person, calendar=calendar, center_id=center_id, **named))
    return letters


def letter_to(
    user: Recipient,
    *,
    key: str,
    subject: str,
    text: str,
    link: str = "",
    link_label: str = "",
    calendar: str = "",
    html: str = "",
    unsubscribe: str = "",
    center_id: int | None = None,
) -> Letter:
    """One message to one person over the channel they read. `link` is a path of ours; `key` names what happened.

    Write subject and text in `user.language` (`translation.override`). An SMS carries the subject, as much of the text
    as one message holds, and the link; a mail carries all of it, and `calendar` (an .ics) as an attachment. `html` and `unsubscribe`
    are as in `outbox.Letter`.
    Raises ValueError for a person who can no longer be reached (erased).
    """
    return letter_to_address(
        _Reached("", user.phone or "") if reads_sms(user) else _Reached(user.email or "", ""),
        key=f"{key}:{user.pk}",
        subject=subject,
        text=text,
        link=link,
        link_label=link_label,
        calendar=calendar,
        html=html,
        unsubscribe=unsubscribe,
        center_id=center_id,
        language=user.language,
        user_id=user.pk,
    )


def letter_to_address(
    address: Address,
    *,
    key: str,
    subject: str,
    text: str,
    link: str = "",
    link_label: str = "",
    calendar: str = "",
    html: str = "",
    unsubscribe: str = "",
    center_id: int | None = None,
    language: str = "",
    user_id: int | None = None,
) -> Letter:
    """The same to an address that may be nobody's yet. Raises ValueError for an empty one."""
    recipient = address.email or address.phone
    if not recipient:
        raise ValueError("neither mail nor phone")
    by_sms = not address.email
    link = absolute(link)
    return Letter(
        key=key,
        channel=Channel.SMS if by_sms else Channel.MAIL,
        recipient=recipient,
        language=language or get_language() or settings.LANGUAGE_CODE,
        subject=subject,
        text=short(f"{subject}. {text}", link) if by_sms else text,
        user_id=user_id,
        center_id=center_id,
        link=link,
        link_label=link_label,
        calendar="" if by_sms else calendar,
        html="" if by_sms else html,
        unsubscribe="" if by_sms else unsubscribe,
    )


def absolute(link: str) -> str:
    """The address that a mail or SMS links to."""
    return f"{settings.PUBLIC_URL}{link}" if link.startswith("/") else link


def short(text: str, link: str = "") -> str:
    """The text on one line, cut at a word so that it fits one SMS together with its link."""
    words = " ".join(text.translate(PLAIN_SIGNS).split())
    room = SMS_LENGTH - (len(link) + 1 if link else 0)
    if len(words) <= room:
        return words
    return words[: room - 3].rsplit(" ", 1)[0].rstrip(" .,:;") + "..."
