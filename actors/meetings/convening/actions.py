"""Actions on a meeting itself: create, change, convene, cancel, answer, and tell people whose time has moved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from actors.access import Access
from actors.meetings import errors, meeting_bodies
from actors.meetings.convening import emails
from actors.meetings.convening.emails import Notice
from actors.meetings.enums import Answer, MeetingEvent, MeetingState
from actors.meetings.meeting_bodies import Invitee
from actors.meetings.meeting_locks import lock_to_convene, locked
from actors.meetings.models import LONGEST, Meeting, Participant
from centers.models import Center, Room
from medborger.common import audit, clock
from medborger.common.errors import EndsBeforeStart, NotAllowed, Stale, made_once
from medborger.common.messaging import outbox
from medborger.common.models import Audit

# Moved times are told when the agenda has not changed for this long, or when somebody asks for it.
SETTLES_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class MeetingData:
    """A meeting apart from its agenda."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    place: str = ""


def create(*, center: Center, body: str, data: MeetingData, by: Access, token: UUID | None = None) -> Meeting:
    """Create a draft, which only those see who may convene. The same form sent twice creates one: AlreadyDone carries it.

    Raises NotAllowed, EndsBeforeStart, TooLong, InThePast, RoomElsewhere.
    """
    if not meeting_bodies.by_key(body).may_convene(by, center):
        raise NotAllowed
    _check(data, center)
    with made_once(Meeting, token):
        meeting = Meeting.objects.create(
            center=center,
            circle=body,
            created_by_id=by.user.pk,
            created_at=clock.now(),
            form_token=token,
            **vars(data),
        )
        audit.record(MeetingEvent.CREATED, meeting, by=by.user, circle=body)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, data: MeetingData, version: int, by: Access) -> Meeting:
    """Change time, place or title. Participants are told at once, and asked again whether they come when the time is another.

    Raises Stale when it was changed since `version`, MeetingOver once it has begun, and what `create` raises.
    """
    meeting = lock_to_convene(meeting, by)
    if meeting.version != version:
        raise Stale(current=meeting)
    _check_before(meeting)
    _check(data, meeting.center)
    before = {name: getattr(meeting, name) for name in vars(data)}
    if before == vars(data):
        return meeting
    for name, value in vars(data).items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()
    act = audit.record(
        MeetingEvent.CHANGED, meeting, by=by.user, fields=[n for n, v in vars(data).items() if before[n] != v]
    )
    if meeting.state == MeetingState.CONVENED:
        if (before["starts_at"], before["ends_at"]) != (data.starts_at, data.ends_at):
            meeting.participants.update(answer=Answer.NONE)
        _tell(meeting, act, everyone=True)
    return meeting


@transaction.atomic
def convene(*, meeting: Meeting, by: Access) -> Meeting:
    """Invite those whom the body names, each to the time when they are needed. Done again, it invites those who have joined since.

    Raises NotAllowed, MeetingOver, NothingOnAgenda, NobodyToInvite.
    """
    meeting = lock_to_convene(meeting, by)
    _check_before(meeting)
    if not meeting.slots:
        raise errors.NothingOnAgenda
    invited = _invite(meeting)
    if meeting.state == MeetingState.DRAFT and not invited:
        raise errors.NobodyToInvite
    meeting.state, meeting.convened_at = MeetingState.CONVENED, meeting.convened_at or clock.now()
    meeting.save(update_fields=["state", "convened_at"])
    act = audit.record(MeetingEvent.CONVENED, meeting, by=by.user, invited=invited)
    _tell(meeting, act)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, by: Access) -> Meeting:
    """Cancel the meeting. Participants are told, and it leaves their calendars. Nobody is told of a draft.

    Raises NotAllowed, and MeetingOver once it has begun.
    """
    meeting = lock_to_convene(meeting, by)
    _check_before(meeting)
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    meeting.slots_moved_at = None
    meeting.save(update_fields=["state", "sequence", "slots_moved_at"])
    act = audit.record(MeetingEvent.CANCELLED, meeting, by=by.user)
    told = [person for person in _participants(meeting) if person.told]
    outbox.post(emails.letters(meeting, act, [Notice(person, person.told_spans, []) for person in told]))
    return meeting


@transaction.atomic
def answer(*, meeting: Meeting, answer: Answer, by: Access) -> Participant:
    """Say whether the person comes; the answer can be changed until the meeting is over. Raises NotInvited, MeetingOver."""
    meeting = locked(meeting)
    place = meeting.participants.select_for_update().filter(user=by.user.pk).first()
    if place is None:
        raise errors.NotInvited
    if not meeting.is_coming:
        raise errors.MeetingOver
    if place.answer != answer:
        place.answer = answer
        place.save(update_fields=["answer"])
        audit.record(MeetingEvent.ANSWERED, meeting, by=by.user, answer=answer)
    return place


@transaction.atomic
def tell(*, meeting: Meeting, by: Access) -> int:
    """Tell at once the people whose time has moved. Return how many. Raises NotAllowed, MeetingOver."""
    meeting = lock_to_convene(meeting, by)
    if not meeting.is_coming:
        raise errors.MeetingOver
    return _tell(meeting, audit.record(MeetingEvent.TOLD, meeting, by=by.user))


def tell_settled() -> int:
    """Tell the people whose time has moved at meetings whose agenda has not changed for some minutes. Return how many."""
    still = Meeting.objects.filter(slots_moved_at__lte=clock.now() - SETTLES_AFTER)
    return sum(_tell_settled(meeting) for meeting in still.order_by("slots_moved_at"))


@transaction.atomic
def _tell_settled(meeting: Meeting) -> int:
    meeting = locked(meeting)
    moved = meeting.slots_moved_at
    if moved is None or moved > clock.now() - SETTLES_AFTER:
        return 0
    return _tell(meeting, audit.record(MeetingEvent.TOLD, meeting, by=None))


def _tell(meeting: Meeting, act: Audit, *, everyone: bool = False) -> int:
    """Post letters to those whose times differ from what they were last told; with `everyone` to all who are needed."""
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
    return [
        Notice(person, person.told_spans, now)
        for person, now in [(person, person.needed) for person in _participants(meeting)]
        if person.told is None or person.told_spans != now or (everyone and now)
    ]


def _participants(meeting: Meeting) -> list[Participant]:
    people = list(meeting.participants.filter(user__isnull=False).select_related("user").prefetch_related("actors"))
    for person in people:
        person.meeting = meeting
    return people


def _invite(meeting: Meeting) -> int:
    """Add those who are not participants yet. Return how many."""
    known = set(meeting.participants.values_list("user_id", flat=True))
    named: dict[int, list[Invitee]] = defaultdict(list)
    for invitee in meeting.body.invitees(meeting.center):
        if invitee.user.pk not in known and invitee.user.is_reachable:
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
    """Return none for who is there in their own right: then every item concerns them."""
    actors = {invitee.actor.pk for invitee in invitees if invitee.actor}
    return sorted(actors) if all(invitee.actor for invitee in invitees) else []


def _check_before(meeting: Meeting) -> None:
    """Raise MeetingOver for a meeting that has begun, is over, or was cancelled."""
    if meeting.state not in (MeetingState.DRAFT, MeetingState.CONVENED) or meeting.has_begun:
        raise errors.MeetingOver


def _check(data: MeetingData, center: Center) -> None:
    if data.ends_at <= data.starts_at:
        raise EndsBeforeStart
    if data.ends_at - data.starts_at > LONGEST:
        raise errors.TooLong
    if data.starts_at <= clock.now():
        raise errors.InThePast
    if data.room is not None and data.room.center_id != center.pk:
        raise errors.RoomElsewhere
