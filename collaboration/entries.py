"""Steps of every action on a collaboration: lock its row, check who may, write its columns, and the key that keeps the
same from being entered twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.db import connection

from actors.access import Access
from actors.enums import Tie
from actors.errors import ActorNotInHouse
from actors.models import Actor, Affiliation, TargetGroup, Theme
from centers.models import Center
from collaboration import errors
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.models import Collaboration, CollaborationActor, FormSince
from medborger.common import clock
from medborger.common.errors import EndsBeforeStart


@dataclass(frozen=True)
class CollaborationData:
    """What is said of a collaboration."""

    title: str
    actors: tuple[Actor, ...]
    since: date
    form: CollaborationKind
    purpose: str = ""
    until: date | None = None
    themes: tuple[Theme, ...] = field(default=())
    target_groups: tuple[TargetGroup, ...] = field(default=())
    learned: str = ""
    next_step: str = ""
    next_step_owner: Actor | None = None
    next_step_on: date | None = None

    @property
    def actor_ids(self) -> frozenset[int]:
        return frozenset(actor.pk for actor in self.actors)

    @property
    def columns(self) -> dict[str, object]:
        """What stands in the row itself, apart from its form."""
        names = ("title", "purpose", "since", "until", "learned", "next_step", "next_step_owner", "next_step_on")
        return {name: getattr(self, name) for name in names}


def entry_key(actor_ids: Iterable[int], title: str, purpose: str) -> str:
    """What makes two entries the same: their actors, and what it is for; the title stands for that where nothing else is said.
    Capitals and spaces do not count."""
    words = " ".join((purpose or title).casefold().split())
    return sha256("\0".join([*map(str, sorted(actor_ids)), words]).encode()).hexdigest()


def claimed(center_id: int, key: str) -> str:
    """The key, for this transaction alone: whoever would enter the same in the house waits until it ends. Left to the exclusion constraint,
    two who write at once wait for each other, and the database kills one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"collaboration {center_id} {key}"])
    return key


def locked(collaboration: Collaboration) -> Collaboration:
    """As it is now, its row locked: acts on one collaboration come one after another."""
    rows = Collaboration.objects.select_for_update(no_key=True, of=("self",)).with_parties()
    found: Collaboration = rows.get(pk=collaboration.pk)
    return found


def locked_for(collaboration: Collaboration, by: Access) -> Collaboration:
    """Locked, for its actors' people and the house's staff. Raises NotYours."""
    fresh = locked(collaboration)
    if not may_change(fresh, by):
        raise errors.NotYours
    return fresh


def may_change(collaboration: Collaboration, by: Access) -> bool:
    return by.is_staff_in(collaboration.center_id) or acts_for_one(collaboration, by)


def acts_for_one(collaboration: Collaboration, by: Access) -> bool:
    return not party_ids(collaboration).isdisjoint(by.actors_in(collaboration.center_id))


def party_ids(collaboration: Collaboration) -> frozenset[int]:
    return frozenset(party.actor_id for party in collaboration.parties.all())


def check(entry: CollaborationData) -> None:
    """What holds whoever says it. Raises TooFewActors, UnknownForm, NotBegun, EndsBeforeStart, StepNotWhole, StepOwnerNotIn."""
    if len(entry.actor_ids) < 2:
        raise errors.TooFewActors
    if entry.form not in CollaborationKind.values:
        raise errors.UnknownForm
    if entry.since > clock.today():
        raise errors.NotBegun
    if entry.until is not None and entry.until < entry.since:
        raise EndsBeforeStart(errors.ENDS_BEFORE_FIRST_DAY, field="until")
    step = (entry.next_step, entry.next_step_owner, entry.next_step_on)
    if any(step) and not all(step):
        raise errors.StepNotWhole
    if entry.next_step_owner is not None and entry.next_step_owner.pk not in entry.actor_ids:
        raise errors.StepOwnerNotIn


def check_in_house(actor_ids: Collection[int], center: Center, by: Access) -> None:
    """All belong to the house; those from outside only staff write in. Raises ActorNotInHouse, ExternalOnlyByStaff."""
    ties = Affiliation.objects.in_force().filter(center=center, actor__in=actor_ids, actor__retired_at=None)
    found = dict(ties.values_list("actor_id", "tie"))
    if found.keys() != set(actor_ids):
        raise ActorNotInHouse(field="actors")
    if Tie.EXTERNAL in found.values() and not by.is_staff_in(center.pk):
        raise errors.ExternalOnlyByStaff


def state_of(until: date | None) -> CollaborationState:
    """Of one that is confirmed: over when its last day is."""
    return CollaborationState.ENDED if until is not None and until < clock.today() else CollaborationState.GOING


def put_parties(collaboration: Collaboration, actor_ids: Iterable[int]) -> None:
    CollaborationActor.objects.bulk_create(
        CollaborationActor(collaboration=collaboration, actor_id=pk) for pk in sorted(actor_ids)
    )


def put_subjects(collaboration: Collaboration, theme_ids: Iterable[int], target_group_ids: Iterable[int]) -> None:
    """Its themes and target groups, and no others."""
    collaboration.themes.set(sorted(theme_ids))
    collaboration.target_groups.set(sorted(target_group_ids))


def put_form(collaboration: Collaboration, form: CollaborationKind, since: date) -> None:
    """Write that it took the form on that day; a form of the same day gives way. Its form is then its latest one."""
    FormSince.objects.update_or_create(collaboration=collaboration, since=since, defaults={"form": form})
    _take_latest_form(collaboration)


def begin_forms_at(collaboration: Collaboration, since: date) -> None:
    """Let the history of its forms begin on the day that the collaboration does: what it was before then is left out."""
    forms = list(collaboration.forms.all())
    first = next((form for form in reversed(forms) if form.since <= since), forms[0])
    collaboration.forms.filter(since__lt=first.since).delete()
    FormSince.objects.filter(pk=first.pk).update(since=since)
    _take_latest_form(collaboration)


def _take_latest_form(collaboration: Collaboration) -> None:
    latest = FormSince.objects.filter(collaboration=collaboration).latest("since")
    if collaboration.form != latest.form:
        collaboration.form = latest.form
        collaboration.save(update_fields=["form"])
