"""Make proposals from evidence: once a month, at most three per actor; one that nobody answers leaves nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils import translation

from actors.models import Actor
from centers.models import Center
from collaboration.entries import claimed, entry_key, locked, party_ids, put_form, put_parties, put_subjects
from collaboration.enums import CollaborationEvent, CollaborationState
from collaboration.models import Collaboration, CollaborationActor, Evidence
from collaboration.proposals import evidence
from collaboration.proposals.evidence import SeenTogether
from medborger.common import audit, clock
from medborger.common.errors import violated

# How far back what was seen counts: two bookings half a year apart are two bookings.
LOOKS_BACK = timedelta(days=182)
# Who has said no, or nothing, is not asked again each month because their weekly room goes on: half a year must go by, or something
# be seen that is enough by itself.
RESTS = timedelta(days=182)
MOST_PER_ACTOR = 3
TAKES = 2


@dataclass(frozen=True)
class Candidate:
    """All that is new of the same actors, oldest first."""

    actor_ids: frozenset[int]
    seen: tuple[SeenTogether, ...]

    @property
    def is_enough(self) -> bool:
        """Something in it is enough by itself."""
        return any(each.enough for each in self.seen)

    @property
    def proposes(self) -> bool:
        """Something that is enough by itself, or two of one kind that are not."""
        kinds = Counter(each.kind for each in self.seen if not each.enough)
        return self.is_enough or any(count >= TAKES for count in kinds.values())

    @property
    def weight(self) -> tuple[bool, int, date, tuple[int, ...]]:
        """Which come first: what is enough, what was seen most, what is newest; the ids keep the order the same each time."""
        return self.is_enough, len(self.seen), self.seen[-1].on, tuple(sorted(self.actor_ids, reverse=True))


@transaction.atomic
def gather(*, center: Center, now: datetime) -> int:
    """Propose what was seen in the house until `now`, once a month; done again in the same month it does nothing.

    What nobody answered since the month before lapses. What is seen of actors whose collaboration is in the log already is attached
    to it without a word. Gives how many were proposed.
    """
    today = clock.local(now).date()
    if not _first_this_month(center, now):
        return 0
    _lapse(center)
    with translation.override(settings.LANGUAGE_CODE):
        new = _new(center, evidence.seen(center, today - LOOKS_BACK), today)
    resting = _resting(center, now)
    candidates = [
        candidate for candidate in _attach(center, new) if candidate.is_enough or candidate.actor_ids not in resting
    ]
    proposed = _open_per_actor(center)
    made = 0
    for candidate in sorted(candidates, key=lambda candidate: candidate.weight, reverse=True):
        if any(proposed[actor] >= MOST_PER_ACTOR for actor in candidate.actor_ids):
            continue
        if _propose(center, candidate, now):
            proposed.update(candidate.actor_ids)
            made += 1
    return made


def _first_this_month(center: Center, now: datetime) -> bool:
    """Whether this is the month's gathering. A second one waits here until the first is committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collaboration_gathering (center_id, month, gathered_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [center.pk, clock.local(now).date().replace(day=1), now],
        )
        return bool(cursor.rowcount)


def _lapse(center: Center) -> None:
    """Silence leaves nothing. The evidence stays, so that it proposes nothing a second time."""
    for unanswered in Collaboration.objects.proposed().filter(center=center).order_by("pk"):
        fresh = locked(unanswered)
        if fresh.state == CollaborationState.PROPOSED:
            fresh.state = CollaborationState.DISMISSED
            fresh.version += 1
            fresh.save(update_fields=["state", "version"])
            audit.record(CollaborationEvent.LAPSED, fresh, by=None)


def _resting(center: Center, now: datetime) -> set[frozenset[int]]:
    """The actors to whom something was proposed not long ago that they did not want, or did not answer."""
    refused = Collaboration.objects.filter(
        center=center, state=CollaborationState.DISMISSED, created_at__gt=now - RESTS
    )
    return {party_ids(each) for each in refused.filter(evidence__isnull=False).distinct().with_parties()}


def _new(center: Center, seen: Iterable[SeenTogether], today: date) -> list[SeenTogether]:
    """What stands nowhere yet, of actors who are all still in the house; oldest first."""
    here = frozenset(Actor.objects.in_house(center.pk).values_list("pk", flat=True))
    found = {each.key: each for each in seen if each.on <= today and len(each.actor_ids) > 1 and each.actor_ids <= here}
    known = set(Evidence.objects.filter(key__in=list(found)).values_list("key", flat=True))
    return sorted((found[key] for key in found.keys() - known), key=lambda each: (each.on, each.key))


def _attach(center: Center, new: list[SeenTogether]) -> list[Candidate]:
    """Put what belongs to collaborations in the log with them; what is left, by actors, as far as it proposes anything."""
    access: dict[frozenset[int], list[Collaboration]] = defaultdict(list)
    for collaboration in Collaboration.objects.confirmed().filter(center=center).with_parties():
        access[party_ids(collaboration)].append(collaboration)
    by_actors: dict[frozenset[int], list[SeenTogether]] = defaultdict(list)
    for each in new:
        covering = next((c for c in access[each.actor_ids] if _covers(c, each.on)), None)
        if covering is None:
            by_actors[each.actor_ids].append(each)
        elif _put_evidence(covering, [each]):
            audit.record(CollaborationEvent.EVIDENCE_ADDED, covering, by=None, key=each.key)
    candidates = (Candidate(actor_ids, tuple(seen)) for actor_ids, seen in by_actors.items())
    return [candidate for candidate in candidates if candidate.proposes]


def _covers(collaboration: Collaboration, day: date) -> bool:
    return collaboration.since <= day and (collaboration.until is None or day <= collaboration.until)


def _open_per_actor(center: Center) -> Counter[int]:
    rows = CollaborationActor.objects.filter(
        collaboration__center=center, collaboration__state=CollaborationState.PROPOSED
    )
    return Counter(dict(rows.values_list("actor").annotate(Count("pk"))))


def _propose(center: Center, candidate: Candidate, now: datetime) -> bool:
    """One proposal with its evidence; gives whether it came to be. The database says whether the evidence is still new, and
    whether the actors have the same in the log already."""
    try:
        with transaction.atomic():
            made = _proposal(center, candidate, now)
            kept = _put_evidence(made, candidate.seen)
            if not Candidate(candidate.actor_ids, tuple(each for each in candidate.seen if each.key in kept)).proposes:
                transaction.set_rollback(True)
                return False
            audit.record(CollaborationEvent.PROPOSED, made, by=None, evidence=sorted(kept))
            return True
    except IntegrityError as error:
        if violated(error) == "collaboration_entered_once":
            return False
        raise


def _proposal(center: Center, candidate: Candidate, now: datetime) -> Collaboration:
    latest, first = candidate.seen[-1], candidate.seen[0]
    made = Collaboration.objects.create(
        center=center,
        title=latest.title,
        since=first.on,
        state=CollaborationState.PROPOSED,
        form=latest.form,
        entry_key=claimed(center.pk, entry_key(candidate.actor_ids, latest.title, "")),
        created_at=now,
    )
    put_parties(made, candidate.actor_ids)
    put_form(made, latest.form, first.on)
    themes = frozenset[int]().union(*(each.theme_ids for each in candidate.seen))
    groups = frozenset[int]().union(*(each.target_group_ids for each in candidate.seen))
    put_subjects(made, themes, groups)
    return made


def _put_evidence(collaboration: Collaboration, seen: Iterable[SeenTogether]) -> set[str]:
    """Insert what stands nowhere yet; gives the keys that came back."""
    rows = list(seen)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO collaboration_evidence (collaboration_id, kind, key, title, "on", link)
            SELECT %s, seen.* FROM unnest(%s::text[], %s::text[], %s::text[], %s::date[], %s::text[]) AS seen
            ON CONFLICT (key) DO NOTHING RETURNING key
            """,
            [
                collaboration.pk,
                [each.kind for each in rows],
                [each.key for each in rows],
                [each.title[:120] for each in rows],
                [each.on for each in rows],
                [each.link[:200] for each in rows],
            ],
        )
        return {key for (key,) in cursor.fetchall()}
