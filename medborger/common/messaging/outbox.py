"""The outbox: a mail or SMS is a row in the action's transaction, and is sent once.

`post` freezes the content and nudges the worker once after the commit; `tasks.send_waiting` finds what the nudge missed. Sending
never happens inside a transaction.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from redis.exceptions import RedisError

from medborger.common import clock
from medborger.common.models import Channel, Message

# The key of a letter that carries a code or a token used once begins so; its content is wiped when it has been sent.
ONE_TIME = "once:"

NUDGED, NUDGE_LASTS = "outbox:nudged", 5  # seconds, after which a nudge that was lost holds up no other

_dropping: ContextVar[bool] = ContextVar("dropping", default=False)


@dataclass(frozen=True)
class Letter:
    """One message to one person. `key` is unique for what happened and to whom: the same key is never sent twice.

    `html` is a mail that comes dressed, with `text` as its whole plain part. `unsubscribe` is the address at which mail programs
    stop letters of this kind, by a POST.
    """

    key: str
    channel: Channel
    recipient: str
    language: str
    subject: str
    text: str
    user_id: int | None = None
    center_id: int | None = None
    link: str = ""
    link_label: str = ""
    calendar: str = ""
    html: str = ""
    unsubscribe: str = ""


def post(letters: Iterable[Letter]) -> None:
    """Put letters in the outbox, in the caller's transaction; a key that is already there is left as it is."""
    if _dropping.get():
        return
    at = clock.now()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    rows = [
        Message(
            dedupe_key=letter.key,
            channel=letter.channel,
            recipient=letter.recipient,
            language=letter.language,
            subject=" ".join(letter.subject.split())[:200],
            text=letter.text,
            link=letter.link,
            link_label=letter.link_label,
            calendar=letter.calendar,
            html=letter.html,
            unsubscribe=letter.unsubscribe,
            user_id=letter.user_id,
            center_id=letter.center_id,
            message_id=f"<{secrets.token_hex(16)}@{domain}>",
            not_before=at,
            created_at=at,
        )
        for letter in letters
    ]
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        _nudge_on_commit()


@contextmanager
def unsent() -> Iterator[None]:
    """Drop what is posted within: the letters of a past that the demo makes up were read long ago. Nothing else may."""
    before = _dropping.set(True)
    try:
        yield
    finally:
        _dropping.reset(before)


def is_one_time(message: Message) -> bool:
    return message.dedupe_key.startswith(ONE_TIME)


def _nudge_on_commit() -> None:
    """Once, however often the transaction posts. What is rolled back to a savepoint takes its nudge along."""
    if all(waiting[1] is not _nudge for waiting in connection.run_on_commit):
        transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    from medborger.common.tasks import send_waiting

    if _is_first_to_nudge():
        send_waiting.delay()


def _is_first_to_nudge() -> bool:
    """One nudge wakes the worker for all that is posted until it looks; five hundred votes in ten seconds are not as many tasks."""
    try:
        return cache.add(NUDGED, 1, NUDGE_LASTS)
    except RedisError:
        return True


def looked_at() -> None:
    """The worker begins to send: what is posted from now on nudges it anew."""
    with suppress(RedisError):
        cache.delete(NUDGED)
