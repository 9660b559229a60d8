"""Making a house's digests: once for each reader and week, whatever the beat and the workers do.

The readers that are due are locked, and passed over by whoever comes meanwhile; their lines are collected once for each language,
chosen for each, and letters are posted for just the digests that this transaction inserted. So the number of statements does not
depend on the number of readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from actors.week import Week, lines
from centers.models import Center
from collaboration.digests import emails, recipients, weeks
from collaboration.digests.enums import DigestState, Verb
from collaboration.digests.frozen_content import Content, hash_of
from collaboration.digests.models import Digest, Subscription
from collaboration.digests.recipients import Reader, Told
from collaboration.figures import Weekly, weekly
from collaboration.forum.models import Forum
from collaboration.introductions import actions as introductions
from medborger.common import audit, clock, outbox


def houses_due() -> list[int]:
    """The houses in which a digest is due."""
    return list(Subscription.objects.due(clock.now()).order_by().values_list("center", flat=True).distinct())


@transaction.atomic
def make_house(*, center_id: int) -> int:
    """Make what is due in the house, and post it. Gives how many digests were made; none when another is making them."""
    now = clock.now()
    due = Subscription.objects.due(now).filter(center=center_id).select_related("user", "center").order_by("pk")
    due = due.annotate(has_forum=Exists(Forum.objects.filter(center=OuterRef("center"))))
    held = list(due.select_for_update(of=("self",), skip_locked=True))
    if not held:
        return 0
    center = held[0].center
    everyone = recipients.of_house(held, center, now)
    reading = [reader for reader in everyone if reader.still_reads]
    making = [reader for reader in reading if reader.due]
    found = _Week.of(center, making, has_forum=vars(held[0])["has_forum"]) if making else None
    made = _insert([*_skipped(reading), *(_made(reader, found) for reader in making if found)])
    _post(center, made, reading)
    _advance(everyone)
    audit.record(Verb.MADE, center, by=None, center_id=center.pk, digests=len(made))
    return len(made)


@dataclass(frozen=True)
class _Week:
    """What there is to tell of the house, in each language that somebody reads."""

    told: dict[str, Told]
    weekly: Weekly
    has_forum: bool

    @classmethod
    def of(cls, center: Center, making: Sequence[Reader], *, has_forum: bool) -> _Week:
        today = clock.local(making[0].now).date()
        introductions.choose(center=center, monday=clock.monday(today))
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


def _skipped(reading: Iterable[Reader]) -> list[Digest]:
    return [
        _digest(
            reader, state=DigestState.SKIPPED, week_starts_on=monday, covers_until=reader.subscription.covered_until
        )
        for reader in reading
        for monday in reader.skipped
    ]


def _made(reader: Reader, week: _Week) -> Digest:
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


def _digest(reader: Reader, *, content: Content | None = None, **fields: object) -> Digest:
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


def _post(center: Center, made: Iterable[Digest], reading: Iterable[Reader]) -> None:
    composer = emails.Composer(center)
    by_choice = {reader.subscription.user_id: reader.subscription.by_choice for reader in reading}
    written = [digest for digest in made if digest.message_key]
    outbox.post(composer.letter(digest, by_choice=by_choice[digest.recipient_id]) for digest in written)


def _advance(everyone: Iterable[Reader]) -> None:
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
