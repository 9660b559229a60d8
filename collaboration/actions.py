"""Writing a collaboration into the log by hand, and what its actors and the house's staff do with it."""

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from actors.access import Access
from actors.models import Actor
from centers.models import Center
from collaboration import emails, errors
from collaboration.entries import (
    CollaborationData,
    acts_for_one,
    begin_forms_at,
    check,
    check_in_house,
    claimed,
    entry_key,
    locked,
    locked_for,
    party_ids,
    put_form,
    put_parties,
    put_subjects,
    state_of,
)
from collaboration.enums import CollaborationEvent, CollaborationKind, CollaborationState
from collaboration.models import Collaboration, CollaborationActor
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone, EndsBeforeStart, Stale, violated
from medborger.common.messaging import outbox

FORM_TOKEN_KEY = "collaboration_collaboration_form_token_key"  # noqa: S105


def enter(*, center: Center, entry: CollaborationData, by: Access, token: UUID | None = None) -> Collaboration:
    """Write one in that is going on, or that was. The other actors' contacts are told, and may step out.

    The same form sent twice makes one: AlreadyDone carries it. Raises NotYours, what `check` and `check_in_house` do, and
    AlreadyEntered with what stands.
    """
    staff = by.is_staff_in(center.pk)
    own = entry.actor_ids & by.actors_in(center.pk)
    if not staff and not own:
        raise errors.NotYours
    check(entry)
    check_in_house(entry.actor_ids, center, by)

    def write() -> Collaboration:
        at = clock.now()
        made = Collaboration.objects.create(
            center=center,
            **entry.columns,
            form=entry.form,
            state=state_of(entry.until),
            entry_key=claimed(center.pk, entry_key(entry.actor_ids, entry.title, entry.purpose)),
            by_house=not own,
            created_by_id=by.user.pk,
            created_at=at,
            confirmed_by_id=by.user.pk,
            confirmed_at=at,
            form_token=token,
        )
        put_parties(made, entry.actor_ids)
        put_form(made, entry.form, entry.since)
        _put_subjects(made, entry)
        act = audit.record(CollaborationEvent.ENTERED, made, by=by.user, form=entry.form)
        outbox.post(emails.entered(made, act, entry.actor_ids - own, by))
        return made

    return _once(write, lambda: _access(center.pk, entry, None), token)


def confirm(
    *, collaboration: Collaboration, by: Access, changes: CollaborationData | None = None, version: int | None = None
) -> Collaboration:
    """Say that what the page proposed is so, as it stands or with `changes`. From then on it counts. Actors who come in by the
    changes are told.

    Raises NotYours, NotProposed once it has been answered, Stale when it was changed since `version`, and what `change` does.
    """

    def write() -> Collaboration:
        fresh = locked_for(collaboration, by)
        if fresh.state != CollaborationState.PROPOSED:
            raise errors.NotProposed
        _check_version(fresh, version)
        before = party_ids(fresh)
        if changes is not None:
            _apply(fresh, changes, by)
            if changes.form != fresh.form:
                put_form(fresh, changes.form, fresh.since)
        fresh.state = state_of(fresh.until)
        fresh.by_house = not acts_for_one(fresh, by)
        fresh.confirmed_by_id, fresh.confirmed_at = by.user.pk, clock.now()
        fresh.version += 1
        fresh.save()
        act = audit.record(
            CollaborationEvent.CONFIRMED, fresh, by=by.user, form=fresh.form, changed=changes is not None
        )
        if changes is not None:
            outbox.post(emails.entered(fresh, act, changes.actor_ids - before, by))
        return locked(fresh)

    return _once(write, lambda: _access(collaboration.center_id, changes, collaboration))


@transaction.atomic
def dismiss(*, collaboration: Collaboration, by: Access) -> Collaboration:
    """Say that what the page proposed is not so: the same evidence proposes nothing again. Raises NotYours, NotProposed."""
    fresh = locked_for(collaboration, by)
    if fresh.state != CollaborationState.PROPOSED:
        raise errors.NotProposed
    _dismiss(fresh)
    audit.record(CollaborationEvent.DISMISSED, fresh, by=by.user)
    return fresh


def change(*, collaboration: Collaboration, entry: CollaborationData, version: int, by: Access) -> Collaboration:
    """Say it otherwise. Actors can come in and are told; out they step themselves. The form has an act of its own.

    Raises NotYours, NotConfirmed, Stale, ActorsStepOutThemselves, AlreadyEntered, what `check` and `check_in_house` do.
    """

    def write() -> Collaboration:
        fresh = locked_for(collaboration, by)
        if not fresh.is_confirmed:
            raise errors.NotConfirmed
        _check_version(fresh, version)
        before = party_ids(fresh)
        _apply(fresh, entry, by)
        if not (fresh.state == CollaborationState.ENDED and entry.until == clock.today()):
            fresh.state = state_of(entry.until)
        fresh.version += 1
        fresh.save()
        act = audit.record(CollaborationEvent.CHANGED, fresh, by=by.user)
        outbox.post(emails.entered(fresh, act, entry.actor_ids - before, by))
        return locked(fresh)

    return _once(write, lambda: _access(collaboration.center_id, entry, collaboration))


@transaction.atomic
def change_form(*, collaboration: Collaboration, form: CollaborationKind, since: date, by: Access) -> Collaboration:
    """Write that it works in another form from a day on; all that it was before stays in its history.

    Raises NotYours, NotConfirmed, UnknownForm, FormOutsidePeriod.
    """
    fresh = locked_for(collaboration, by)
    if not fresh.is_confirmed:
        raise errors.NotConfirmed
    if form not in CollaborationKind.values:
        raise errors.UnknownForm
    last = min(fresh.until, clock.today()) if fresh.until else clock.today()
    if not fresh.since <= since <= last:
        raise errors.FormOutsidePeriod
    put_form(fresh, form, since)
    _saved_anew(fresh)
    audit.record(CollaborationEvent.FORM_CHANGED, fresh, by=by.user, form=form, since=since.isoformat())
    return fresh


@transaction.atomic
def end(*, collaboration: Collaboration, on: date, learned: str, by: Access) -> Collaboration:
    """It was over on a day, and this was learned; a next step falls away. Raises NotYours, NotGoing, EndsBeforeStart, NotOverYet."""
    fresh = locked_for(collaboration, by)
    if fresh.state != CollaborationState.GOING:
        raise errors.NotGoing
    if on < fresh.since:
        raise EndsBeforeStart(errors.ENDS_BEFORE_FIRST_DAY, field="until")
    if on > clock.today():
        raise errors.NotOverYet
    fresh.state, fresh.until, fresh.learned = CollaborationState.ENDED, on, learned
    fresh.next_step, fresh.next_step_owner, fresh.next_step_on = "", None, None
    _saved_anew(fresh)
    audit.record(CollaborationEvent.ENDED, fresh, by=by.user, on=on.isoformat())
    return fresh


def reopen(*, collaboration: Collaboration, by: Access) -> Collaboration:
    """It goes on after all. Raises NotYours, NotEnded, and AlreadyEntered when the same was written in anew meanwhile."""

    def write() -> Collaboration:
        fresh = locked_for(collaboration, by)
        if fresh.state != CollaborationState.ENDED:
            raise errors.NotEnded
        claimed(fresh.center_id, fresh.entry_key)
        fresh.state, fresh.until = CollaborationState.GOING, None
        _saved_anew(fresh)
        audit.record(CollaborationEvent.REOPENED, fresh, by=by.user)
        return fresh

    return _once(write, lambda: _same(collaboration.center_id, collaboration.entry_key, None, collaboration))


def leave(*, collaboration: Collaboration, actor: Actor, by: Access) -> Collaboration:
    """An actor steps out. Two are left at least, or the whole entry is dismissed. Staff may do it for it.

    Raises NotYours for who does not act for the actor, NotAParty, NotConfirmed, and AlreadyEntered when those who are left have
    the same in the log already.
    """

    def write() -> Collaboration:
        fresh = locked(collaboration)
        if actor.pk not in by.actors_in(fresh.center_id) and not by.is_staff_in(fresh.center_id):
            raise errors.NotYours
        if not fresh.is_confirmed:
            raise errors.NotConfirmed
        left = party_ids(fresh) - {actor.pk}
        if actor.pk not in party_ids(fresh):
            raise errors.NotAParty
        if len(left) < 2:
            _dismiss(fresh)
        else:
            _take_out(fresh, actor, left)
        audit.record(CollaborationEvent.LEFT, fresh, by=by.user, actor=actor.pk)
        return locked(fresh)

    return _once(write, lambda: None)


@transaction.atomic
def end_due(*, collaboration: Collaboration) -> bool:
    """End one whose last day was written beforehand and is over. Gives whether it was."""
    fresh = locked(collaboration)
    if fresh.state != CollaborationState.GOING or state_of(fresh.until) != CollaborationState.ENDED:
        return False
    fresh.state = CollaborationState.ENDED
    fresh.next_step, fresh.next_step_owner, fresh.next_step_on = "", None, None
    _saved_anew(fresh)
    audit.record(CollaborationEvent.ENDED, fresh, by=None)
    return True


def _apply(fresh: Collaboration, entry: CollaborationData, by: Access) -> None:
    """Put what is said on the row and around it, all but form and state."""
    check(entry)
    before = party_ids(fresh)
    if before - entry.actor_ids:
        raise errors.ActorsStepOutThemselves
    check_in_house(entry.actor_ids - before, fresh.center, by)
    put_parties(fresh, entry.actor_ids - before)
    for name, value in entry.columns.items():
        setattr(fresh, name, value)
    fresh.entry_key = claimed(fresh.center_id, entry_key(entry.actor_ids, entry.title, entry.purpose))
    _put_subjects(fresh, entry)
    begin_forms_at(fresh, entry.since)


def _put_subjects(collaboration: Collaboration, entry: CollaborationData) -> None:
    put_subjects(collaboration, [theme.pk for theme in entry.themes], [group.pk for group in entry.target_groups])


def _take_out(fresh: Collaboration, actor: Actor, left: Collection[int]) -> None:
    if fresh.next_step_owner_id == actor.pk:
        fresh.next_step, fresh.next_step_owner, fresh.next_step_on = "", None, None
    fresh.entry_key = claimed(fresh.center_id, entry_key(left, fresh.title, fresh.purpose))
    _saved_anew(fresh)
    CollaborationActor.objects.filter(collaboration=fresh, actor=actor).delete()


def _dismiss(fresh: Collaboration) -> None:
    fresh.state, fresh.confirmed_by, fresh.confirmed_at = CollaborationState.DISMISSED, None, None
    _saved_anew(fresh)


def _saved_anew(fresh: Collaboration) -> None:
    fresh.version += 1
    fresh.save()


def _check_version(fresh: Collaboration, version: int | None) -> None:
    if version is not None and fresh.version != version:
        raise Stale(current=fresh)


def _once(
    write: Callable[[], Collaboration], access: Callable[[], Collaboration | None], token: UUID | None = None
) -> Collaboration:
    """Write, and say what stands in the way when the database says that it is there already."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        name = violated(error)
        if name not in (FORM_TOKEN_KEY, "collaboration_entered_once"):
            raise
        made = Collaboration.objects.filter(form_token=token).first() if token else None
        if made is not None:
            raise AlreadyDone(outcome=made) from error
        raise errors.AlreadyEntered(entered=access()) from error


def _access(center_id: int, entry: CollaborationData | None, but: Collaboration | None) -> Collaboration | None:
    """The entry that is the same as `entry` (None: as `but`)."""
    if entry is None:
        return _same(center_id, but.entry_key if but else "", None, but)
    return _same(center_id, entry_key(entry.actor_ids, entry.title, entry.purpose), entry, but)


def _same(center_id: int, key: str, entry: CollaborationData | None, but: Collaboration | None) -> Collaboration | None:
    rows = Collaboration.objects.filter(center=center_id, entry_key=key).exclude(state=CollaborationState.DISMISSED)
    if entry is not None and entry.until is not None:
        rows = rows.filter(since__lte=entry.until)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found: Collaboration | None = rows.order_by("-since", "-id").first()
    return found
