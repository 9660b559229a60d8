"""Making a meeting, changing it, inviting to it, cancelling it, and telling whose time has moved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from actors.meetings import circles, emails, errors
from actors.meetings.actions.shared import locked, to_convene
from actors.meetings.emails import Notice
from actors.meetings.enums import Answer, MeetingState, Verb
from actors.meetings.models import LONGEST, Meeting, Participant
from centers.models import Center, Room
from medborger.common import audit, clock, outbox
from medborger.common.errors import AlreadyDone, NotAllowed, Stale, violated
from medborger.common.models import Audit

if TYPE_CHECKING:
    from actors.meetings.agenda import Span
    from actors.meetings.circles import Invitee
    from actors.standing import Standing

# An agenda that is being put in order is told of when it has lain still for so long, or when somebody says so.
SETTLES_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Frame:
    """What is said of a meeting apart from its agenda."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    place: str = ""


def create(*, center: Center, circle: str, frame: Frame, by: Standing, token: UUID | None = None) -> Meeting:
    """Make a draft that only those see who may convene. The same form sent twice makes one: AlreadyDone carries it.

    Raises NotAllowed, EndsBeforeStart, TooLong, InThePast, RoomElsewhere.
    """
    if not circles.by_key(circle).may_convene(by, center):
        raise NotAllowed
    _check(frame, center)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                center=center,
                circle=circle,
                created_by_id=by.user.pk,
                created_at=clock.now(),
                form_token=token,
                **vars(frame),
            )
            audit.record(Verb.CREATED, meeting, by=by.user, circle=circle)
            return meeting
    except IntegrityError as error:
        if violated(error) == "meetings_meeting_form_token_key":
            raise AlreadyDone(Meeting.objects.get(form_token=token)) from error
        raise


@transaction.atomic
def change(*, meeting: Meeting, frame: Frame, version: int, by: Standing) -> Meeting:
    """Another time, place or title. Who is invited is told at once, and asked anew whether they come when the time is another.

    Raises Stale when it was changed since `version`, MeetingOver once it has begun, and what `create` does.
    """
    meeting = to_convene(meeting, by)
    if meeting.version != version:
        raise Stale(meeting)
    _check_before(meeting)
    _check(frame, meeting.center)
    before = {name: getattr(meeting, name) for name in vars(frame)}
    if before == vars(frame):
        return meeting
    for name, value in vars(frame).items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()
    act = audit.record(Verb.CHANGED, meeting, by=by.user, fields=[n for n, v in vars(frame).items() if before[n] != v])
    if meeting.state == MeetingState.CONVENED:
        if (before["starts_at"], before["ends_at"]) != (frame.starts_at, frame.ends_at):
            meeting.participants.update(answer=Answer.NONE)
        _tell(meeting, act, everyone=True)
    return meeting


@transaction.atomic
def convene(*, meeting: Meeting, by: Standing) -> Meeting:
    """Invite those whom the circle names, each to just when they are needed. Done again, it invites those who have come since.

    Raises NotAllowed, MeetingOver, NothingOnAgenda, NobodyToInvite.
    """
    meeting = to_convene(meeting, by)
    _check_before(meeting)
    if not meeting.slots:
        raise errors.NothingOnAgenda
    invited = _invite(meeting)
    if meeting.state == MeetingState.DRAFT and not invited:
        raise errors.NobodyToInvite
    meeting.state, meeting.convened_at = MeetingState.CONVENED, meeting.convened_at or clock.now()
    meeting.save(update_fields=["state", "convened_at"])
    act = audit.record(Verb.CONVENED, meeting, by=by.user, invited=invited)
    _tell(meeting, act)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, by: Standing) -> Meeting:
    """Call it off; who was invited is told, and it leaves their calendars. A draft goes without a word.

    Raises NotAllowed, and MeetingOver once it has begun.
    """
    meeting = to_convene(meeting, by)
    _check_before(meeting)
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    meeting.slots_moved_at = None
    meeting.save(update_fields=["state", "sequence", "slots_moved_at"])
    act = audit.record(Verb.CANCELLED, meeting, by=by.user)
    told = [person for person in _participants(meeting) if person.told]
    outbox.post(emails.letters(meeting, act, [Notice(person, person.told_spans, []) for person in told]))
    return meeting


@transaction.atomic
def tell(*, meeting: Meeting, by: Standing) -> int:
    """Tell now whose time has moved, without waiting for the agenda to lie still. Returns how many. Raises NotAllowed, MeetingOver."""
    meeting = to_convene(meeting, by)
    if not meeting.stands or meeting.is_over:
        raise errors.MeetingOver
    return _tell(meeting, audit.record(Verb.TOLD, meeting, by=by.user))


def tell_settled() -> int:
    """Tell whose time has moved at meetings whose agenda has lain still for some minutes. Returns how many people."""
    still = Meeting.objects.filter(slots_moved_at__lte=clock.now() - SETTLES_AFTER)
    return sum(_tell_settled(meeting) for meeting in still.order_by("slots_moved_at"))


@transaction.atomic
def _tell_settled(meeting: Meeting) -> int:
    meeting = locked(meeting)
    moved = meeting.slots_moved_at
    if moved is None or moved > clock.now() - SETTLES_AFTER:
        return 0
    return _tell(meeting, audit.record(Verb.TOLD, meeting, by=None))


def _tell(meeting: Meeting, act: Audit, *, everyone: bool = False) -> int:
    """Letters to those who are needed at other times than they were last told; to all who are needed when `everyone`."""
    meeting.slots_moved_at = None
    notices = [] if meeting.is_over else _notices(meeting, everyone)
    if notices:
        meeting.sequence += 1
    meeting.save(update_fields=["slots_moved_at", "sequence"])
    outbox.post(emails.letters(meeting, act, [notice for notice in notices if notice.before or notice.now]))
    for notice in notices:
        notice.participant.told = [instant for span in notice.now for instant in span]
    Participant.objects.bulk_update([notice.participant for notice in notices], ["told"])
    return len(notices)


def _notices(meeting: Meeting, everyone: bool) -> list[Notice]:
    people = _participants(meeting)
    now: dict[int, list[Span]] = {person.pk: person.needed for person in people}
    return [
        Notice(person, person.told_spans, now[person.pk])
        for person in people
        if person.told is None or person.told_spans != now[person.pk] or (everyone and now[person.pk])
    ]


def _participants(meeting: Meeting) -> list[Participant]:
    people = list(meeting.participants.filter(user__isnull=False).select_related("user").prefetch_related("actors"))
    for person in people:
        person.meeting = meeting
    return people


def _invite(meeting: Meeting) -> int:
    """Put down those who are not participants yet. Returns how many."""
    known = set(meeting.participants.values_list("user_id", flat=True))
    named: dict[int, list[Invitee]] = defaultdict(list)
    for invitee in circles.by_key(meeting.circle).invitees(meeting.center):
        if invitee.user.pk not in known and emails.reachable(invitee.user):
            named[invitee.user.pk].append(invitee)
    people = Participant.objects.bulk_create(
        Participant(meeting=meeting, user_id=user, capacity=next((i.capacity for i in invitees if i.capacity), ""))
        for user, invitees in named.items()
    )
    places = Participant.actors.through
    places._default_manager.bulk_create(
        places(participant=person, actor_id=actor)
        for person, invitees in zip(people, named.values(), strict=True)
        for actor in _actors_of(invitees)
    )
    return len(people)


def _actors_of(invitees: list[Invitee]) -> list[int]:
    """None for who is there in their own right: whatever is on the agenda then concerns them."""
    actors = {invitee.actor.pk for invitee in invitees if invitee.actor}
    return sorted(actors) if all(invitee.actor for invitee in invitees) else []


def _check_before(meeting: Meeting) -> None:
    """Raises MeetingOver for one that has begun, is over, or was cancelled."""
    if meeting.state not in (MeetingState.DRAFT, MeetingState.CONVENED) or meeting.starts_at <= clock.now():
        raise errors.MeetingOver


def _check(frame: Frame, center: Center) -> None:
    if frame.ends_at <= frame.starts_at:
        raise errors.EndsBeforeStart
    if frame.ends_at - frame.starts_at > LONGEST:
        raise errors.TooLong
    if frame.starts_at <= clock.now():
        raise errors.InThePast
    if frame.room is not None and frame.room.center_id != center.pk:
        raise errors.RoomElsewhere
