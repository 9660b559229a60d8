"""Who gets the digest, making it once for each reader and week, and what a reader does about a line of it.

In a making the readers that are due are locked, and passed over by whoever comes meanwhile; their lines are collected once for each
language, chosen for each, and letters are posted for just the digests that this transaction inserted. So the number of statements does
not depend on the number of readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.text import Truncator

from actors.access import Access
from actors.digest_lines import Week, lines
from actors.enums import Role
from actors.meetings.actions import ItemData
from actors.models import CenterRole, User
from centers.models import Center
from collaboration.digests import emails, errors, recipients, weeks
from collaboration.digests.enums import DigestEvent, DigestState
from collaboration.digests.frozen_content import Content, DigestEntry, hash_of
from collaboration.digests.models import MONDAY_AT_SEVEN, Digest, Snooze, Subscription
from collaboration.digests.recipients import Recipient, Told
from collaboration.figures import Weekly, weekly
from collaboration.forum import actions as forum
from collaboration.forum.models import ProposedItem
from collaboration.introductions import actions as introductions
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone
from medborger.common.messaging import outbox


@transaction.atomic
def choose(*, center: Center, weekday: int, minute: int, when_empty: bool, by: Access) -> Subscription:
    """Get the house's digest on that weekday (0 is Monday) at that minute of the day, from now on, also after a no.

    Raises NotOfTheHouse, UnknownWeekday, UnknownTime.
    """
    if not by.is_tied_to(center.pk):
        raise errors.NotOfTheHouse
    if weekday not in range(7):
        raise errors.UnknownWeekday
    if minute not in range(clock.MINUTES_A_DAY):
        raise errors.UnknownTime
    now = clock.now()
    held = _locked(center, by.user.pk, now)
    if not held.goes_on:
        held.covered_until = max(held.covered_until, now - weeks.WEEK)
    held.weekday, held.minute, held.when_empty = weekday, minute, when_empty
    held.by_choice, held.unsubscribed, held.ended_at = True, False, None
    held.next_at = _first_due(held, now)
    held.save()
    audit.record(DigestEvent.CHOSEN, held, by=by.user)
    return held


def _locked(center: Center, user_id: int | None, now: datetime) -> Subscription:
    """The person's row, made where there is none; one at a time."""
    made = Subscription(center=center, user_id=user_id, covered_until=now - weeks.WEEK, next_at=now)
    Subscription.objects.bulk_create([made], ignore_conflicts=True)
    return Subscription.objects.select_for_update().get(center=center, user=user_id)


def _first_due(held: Subscription, now: datetime) -> datetime:
    """Not in a week of which the reader has had theirs."""
    due = weeks.next_due(held.weekday, held.minute, now)
    had = Digest.objects.filter(center=held.center_id, recipient=held.user_id, week_starts_on=weeks.week_of(due))
    return weeks.next_due(held.weekday, held.minute, due) if had.exists() else due


@transaction.atomic
def unsubscribe(*, center: Center, user: User) -> bool:
    """Stop the digest for good, by the person's own wish; no role brings it back. Gives whether it was going on."""
    held = Subscription.objects.select_for_update().filter(center=center, user=user).first()
    if held is None or held.unsubscribed:
        return False
    went_on = held.goes_on
    held.next_at, held.ended_at, held.unsubscribed = None, held.ended_at or clock.now(), True
    held.save(update_fields=["next_at", "ended_at", "unsubscribed"])
    audit.record(DigestEvent.UNSUBSCRIBED, held, by=user)
    return went_on


def keep_subscriptions() -> int:
    """Give every house its own copy and its coordinators theirs, where they lack one. Gives how many were made or taken up again."""
    now = clock.now()
    return _for_houses(now) + _for_coordinators(now) + _taken_up_again(now)


def _fresh(center_id: int, user_id: int | None, now: datetime) -> Subscription:
    return Subscription(
        center_id=center_id,
        user_id=user_id,
        next_at=weeks.next_due(**MONDAY_AT_SEVEN, after=now),
        covered_until=now - weeks.WEEK,
    )


def _for_houses(now: datetime) -> int:
    own = Subscription.objects.filter(center=OuterRef("pk"), user=None)
    lacking = Center.objects.filter(~Exists(own), retired_at=None).values_list("pk", flat=True)
    rows = [_fresh(center_id, None, now) for center_id in lacking]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _for_coordinators(now: datetime) -> int:
    own = Subscription.objects.filter(center=OuterRef("center"), user=OuterRef("user"))
    roles = CenterRole.objects.in_force().filter(
        ~Exists(own), role=Role.COORDINATOR, user__is_active=True, center__retired_at=None
    )
    rows = [_fresh(*place, now) for place in roles.values_list("center", "user").distinct()]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def _taken_up_again(now: datetime) -> int:
    """Of coordinators who have come back; what they once chose of day and hour stands."""
    ended = Subscription.objects.of_readers().by_role().filter(next_at=None, unsubscribed=False)
    ended = ended.filter(user__is_active=True, center__retired_at=None)
    held = list(ended.select_for_update(of=("self",)))
    for subscription in held:
        subscription.ended_at, subscription.covered_until = None, now - weeks.WEEK
        subscription.next_at = _first_due(subscription, now)
    Subscription.objects.bulk_update(held, ["ended_at", "covered_until", "next_at"])
    return len(held)


def houses_due() -> list[int]:
    """The houses in which a digest is due."""
    return list(Subscription.objects.due(clock.now()).order_by().values_list("center", flat=True).distinct())


@transaction.atomic
def make_house(*, center_id: int) -> int:
    """Make what is due in the house, and post it. Gives how many digests were made; none when another is making them."""
    now = clock.now()
    due = Subscription.objects.due(now).filter(center=center_id).select_related("user", "center").order_by("pk")
    held = list(due.with_forum().select_for_update(of=("self",), skip_locked=True))
    if not held:
        return 0
    center = held[0].center
    everyone = recipients.of_house(held, center, now)
    reading = [reader for reader in everyone if reader.still_reads]
    making = [reader for reader in reading if reader.due]
    if making:
        introductions.choose(center=center, monday=weeks.week_of(now))
    found = _Week.of(center, making, has_forum=held[0].has_forum) if making else None
    made = _insert([*_skipped(reading), *(_made(reader, found) for reader in making if found)])
    _post(center, made, reading)
    _advance(everyone)
    audit.record(DigestEvent.MADE, center, by=None, center_id=center.pk, digests=len(made))
    return len(made)


@dataclass(frozen=True)
class _Week:
    """What there is to tell of the house, in each language that somebody reads."""

    told: dict[str, Told]
    weekly: Weekly
    has_forum: bool

    @classmethod
    def of(cls, center: Center, making: Sequence[Recipient], *, has_forum: bool) -> _Week:
        today = clock.local(making[0].now).date()
        week = Week(center, min(reader.subscription.covered_until for reader in making), making[0].now)
        languages = {language for reader in making for language in reader.languages}
        return cls(
            told={language: _lines(week, language) for language in sorted(languages)},
            weekly=weekly(center.pk, today),
            has_forum=has_forum,
        )


def _lines(week: Week, language: str) -> Told:
    with translation.override(language):
        return list(lines(week))


def _skipped(reading: Iterable[Recipient]) -> list[Digest]:
    return [
        _digest(
            reader, state=DigestState.SKIPPED, week_starts_on=monday, covers_until=reader.subscription.covered_until
        )
        for reader in reading
        for monday in reader.skipped
    ]


def _made(reader: Recipient, week: _Week) -> Digest:
    assert reader.due is not None
    content = Content(
        entries={name: reader.chosen(week.told[name], has_forum=week.has_forum) for name in reader.languages},
        skipped=tuple(sorted({*reader.skipped_before, *reader.skipped})),
        weekly=week.weekly or None,
    )
    monday, subscription = weeks.week_of(reader.due), reader.subscription
    is_written = reader.is_reached and (not content.is_empty or subscription.when_empty)
    return _digest(
        reader,
        state=DigestState.EMPTY if content.is_empty else DigestState.MADE,
        week_starts_on=monday,
        covers_until=reader.now,
        content=content,
        message_key=emails.key_of(subscription.center_id, monday, subscription.user_id) if is_written else "",
    )


def _digest(reader: Recipient, *, content: Content | None = None, **fields: object) -> Digest:
    subscription, stored = reader.subscription, (content or Content()).as_json()
    return Digest(
        center_id=subscription.center_id,
        recipient=subscription.user,
        covers_from=subscription.covered_until,
        made_at=reader.now,
        content=stored,
        content_hash=hash_of(stored),
        **fields,
    )


def _insert(digests: Sequence[Digest]) -> list[Digest]:
    """Those that were not there yet, as they came into the database."""
    if not digests:
        return []
    Digest.objects.bulk_create(digests, ignore_conflicts=True)
    first = digests[0]
    ours = Digest.objects.filter(center=first.center_id, made_at=first.made_at)
    inserted = set(ours.values_list("recipient", "week_starts_on"))
    return [digest for digest in digests if (digest.recipient_id, digest.week_starts_on) in inserted]


def _post(center: Center, made: Iterable[Digest], reading: Iterable[Recipient]) -> None:
    composer = emails.Composer(center)
    by_choice = {reader.subscription.user_id: reader.subscription.by_choice for reader in reading}
    written = [digest for digest in made if digest.message_key]
    outbox.post(composer.letter(digest, by_choice=by_choice[digest.recipient_id]) for digest in written)


def _advance(everyone: Iterable[Recipient]) -> None:
    """When each is due next; who no longer reads stops here."""
    held = []
    for reader in everyone:
        subscription = reader.subscription
        held.append(subscription)
        if not reader.still_reads:
            subscription.next_at, subscription.ended_at = None, reader.now
            continue
        subscription.next_at = weeks.next_due(subscription.weekday, subscription.minute, reader.now)
        if reader.due:
            subscription.covered_until = reader.now
    Subscription.objects.bulk_update(held, ["next_at", "ended_at", "covered_until"])


A_WEEK, FORUM_TAKES = timedelta(weeks=1), timedelta(weeks=4)
TITLE_LENGTH = 120


@transaction.atomic
def snooze(*, center: Center, entry: DigestEntry, by: Access) -> Snooze:
    """Leave the line out of the person's digests for a week. Raises NotOfTheHouse."""
    if not by.is_tied_to(center.pk):
        raise errors.NotOfTheHouse
    put_off = _put_off(center, entry, by, A_WEEK)
    audit.record(DigestEvent.SNOOZED, put_off, by=by.user)
    return put_off


@transaction.atomic
def put_on_forum(*, center: Center, entry: DigestEntry, by: Access) -> ProposedItem:
    """Propose the line for the forum's agenda; who has proposed it before, it is done. It leaves the person's digests for four weeks,
    in which a forum meets.

    Raises what `forum.propose` does, but for AlreadyDone.
    """
    try:
        item = forum.propose(center=center, words=_as_item(entry), about=entry.link, by=by)
    except AlreadyDone as error:
        item = error.outcome
    _put_off(center, entry, by, FORUM_TAKES)
    audit.record(DigestEvent.PUT_ON_FORUM, item, by=by.user)
    return item


def _as_item(entry: DigestEntry) -> ItemData:
    title = entry.text.strip().rstrip(".")
    return ItemData(title=Truncator(title).chars(TITLE_LENGTH, truncate="…"), text=entry.detail)


def _put_off(center: Center, entry: DigestEntry, by: Access, lasts: timedelta) -> Snooze:
    assert isinstance(by.user, User)
    row = Snooze(center=center, user=by.user, key=entry.key, until=clock.now() + lasts)
    unique = ["center", "user", "key"]
    (put_off,) = Snooze.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=["until"])
    return put_off
