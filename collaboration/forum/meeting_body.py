"""The forum as a body that holds meetings: who keeps it convenes; its members' contact persons come, each to what is theirs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.dispatch import receiver
from django.utils.translation import gettext as _

from actors.access import Access
from actors.enums import ActorRole, Role
from actors.meetings.enums import ItemKind, MeetingState
from actors.meetings.meeting_bodies import Invitee, ItemData, MeetingBody, NextTime, bodies
from actors.meetings.models import AgendaItem, Meeting
from actors.meetings.signals import minuted
from actors.models import CenterRole, Membership, User
from centers.models import Center
from collaboration.forum import actions, cadence
from collaboration.forum.actions import address
from collaboration.forum.enums import KEY, SLUG
from collaboration.forum.models import Forum, ForumMember, ProposedItem
from collaboration.forum.open_matters import topics
from collaboration.forum.permissions import keeps
from medborger.common import clock
from medborger.common.clock import NonexistentTime


@receiver(minuted, dispatch_uid="forum")
def note_minuted(item: AgendaItem, **signal: Any) -> None:
    if item.meeting.circle == KEY:
        actions.note_reached(item)


def _name(center: Center) -> str | None:
    return Forum.objects.filter(center=center).values_list("name", flat=True).first()


def _may_keep_minutes(access: Access, center: Center) -> bool:
    return access.is_staff_in(center.pk) or keeps(access, center)


def invitees(center: Center) -> Iterator[Invitee]:
    """The contact persons of the members, or all the people of one that has none; who holds the forum and who coordinates the house in
    their own right."""
    forum = Forum.objects.of(center)
    if forum is None:
        return
    if forum.holder is not None and forum.is_held:
        yield Invitee(forum.holder, capacity=_("tovholder"))
    held = CenterRole.objects.in_force().filter(center=center, role=Role.COORDINATOR)
    for role in held.select_related("user").order_by("pk"):
        yield Invitee(role.user, capacity=_("koordinator"))
    members = ForumMember.objects.in_force().filter(forum=forum).values("actor")
    of_actor = defaultdict(list)
    places = Membership.objects.in_force().filter(actor__in=members).select_related("user", "actor")
    for place in places.order_by("actor__sort_key", "pk"):
        of_actor[place.actor_id].append(place)
    for people in of_actor.values():
        contacts = [place for place in people if place.role == ActorRole.CONTACT]
        for place in contacts or people:
            yield Invitee(place.user, place.actor)


def _subjects(meeting: Meeting) -> Iterator[ItemData]:
    """What was proposed, the oldest first, and what is open in the house."""
    waiting = ProposedItem.objects.filter(center=meeting.center).waiting()
    for item in waiting.select_related("center", "owner").prefetch_related("audience"):
        yield ItemData(
            title=item.title,
            about=address(item),
            text=item.text,
            kind=ItemKind(item.kind),
            minutes_needed=item.minutes_needed,
            owner=item.owner,
            audience=tuple(item.audience.all()),
        )
    yield from topics(meeting.center)


def _default_owner(center: Center) -> User | None:
    forum = Forum.objects.of(center)
    return forum.holder if forum is not None and forum.is_held else None


def next_time(center: Center) -> NextTime | None:
    """When it has agreed to meet next, after what is planned already; None where it has no forum, or the hour is skipped that day."""
    forum = Forum.objects.of(center)
    if forum is None:
        return None
    planned = Meeting.objects.filter(center=center, circle=KEY).exclude(state=MeetingState.CANCELLED)
    last = planned.aggregate(last=Max("starts_at"))["last"]
    day = max(clock.today(), clock.local(last).date() if last else clock.today()) + timedelta(days=1)
    due = cadence.next_due(forum.cadence, day)
    try:
        return NextTime(clock.at(due, forum.start), clock.at(due, forum.start + forum.length), forum.room, forum.place)
    except NonexistentTime:
        return None


bodies.add(
    MeetingBody(
        key=KEY,
        slug=SLUG,
        name=_name,
        may_convene=keeps,
        may_see=lambda access, center: access.is_tied_to(center.pk),
        may_keep_minutes=_may_keep_minutes,
        invitees=invitees,
        subjects=_subjects,
        home="forum",
        default_owner=_default_owner,
        next_time=next_time,
    )
)
