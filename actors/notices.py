"""How a person is told: by mail, or by SMS when that is all they have or what they chose."""

from django.conf import settings

from actors.models import User
from medborger.common.models import Channel
from medborger.common.outbox import Letter

SMS_LENGTH = 160


def letter_to(
    user: User,
    *,
    key: str,
    subject: str,
    text: str,
    link: str = "",
    link_label: str = "",
    calendar: str = "",
    center_id: int | None = None,
) -> Letter:
    """One message to one person over the channel they read. `link` is a path of ours; `key` names what happened.

    Write subject and text in `user.language` (`translation.override`). An SMS carries the subject, as much of the text as one
    message holds, and the link; a mail carries all of it, and `calendar` (an .ics) as an attachment.
    Raises ValueError for a person who can no longer be reached (erased).
    """
    by_sms = bool(user.phone) and (user.notices_by_sms or not user.email)
    recipient = user.phone if by_sms else user.email
    if not recipient:
        raise ValueError("the person has neither mail nor phone")
    link = absolute(link)
    return Letter(
        key=f"{key}:{user.pk}",
        channel=Channel.SMS if by_sms else Channel.MAIL,
        recipient=recipient,
        language=user.language,
        subject=subject,
        text=short(f"{subject}. {text}", link) if by_sms else text,
        user_id=user.pk,
        center_id=center_id,
        link=link,
        link_label=link_label,
        calendar="" if by_sms else calendar,
    )


def absolute(link: str) -> str:
    """The address that a mail or SMS links to."""
    return f"{settings.PUBLIC_URL}{link}" if link.startswith("/") else link


def short(text: str, link: str = "") -> str:
    """The text on one line, cut at a word so that it fits one SMS together with its link."""
    words = " ".join(text.split())
    room = SMS_LENGTH - (len(link) + 1 if link else 0)
    if len(words) <= room:
        return words
    return words[: room - 1].rsplit(" ", 1)[0] + "…"
