"""What a viewer may see of a house's people, in a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actors.access import Access
from actors.addresses import Address
from actors.enums import RANK, ActorRole, Role
from actors.models import Actor, CenterRole, Duty, Invitation, Membership, User
from centers.models import Center
from medborger.common import clock, phrases


@dataclass(frozen=True)
class Held:
    """A role that somebody has; `can_end` says whether the viewer may end it."""

    pk: int
    label: str
    can_end: bool


@dataclass(frozen=True)
class StaffMember:
    user: User
    roles: list[Held]
    can_get_more: bool


@dataclass(frozen=True)
class Member:
    pk: int
    name: str
    is_contact: bool
    is_self: bool


@dataclass(frozen=True)
class ActorPeople:
    actor: Actor
    members: list[Member]
    can_manage: bool


@dataclass(frozen=True)
class OpenInvitation:
    """An open invitation."""

    pk: int
    address: Address
    role: str
    place: str
    until: str
    can_withdraw: bool


@dataclass(frozen=True)
class HousePeople:
    """Empty lists are what the viewer may not see, or nobody."""

    staff: list[StaffMember]
    actors: list[ActorPeople]
    waiting: list[OpenInvitation]
    is_staff: bool
    is_manager: bool


def of_house(center: Center, access: Access) -> HousePeople:
    return HousePeople(
        staff=_staff(center, access),
        actors=_actors(center, access),
        waiting=_waiting(center, access),
        is_staff=access.is_staff_in(center.pk),
        is_manager=access.is_manager_in(center.pk),
    )


def may_manage(actor_id: int, center: Center, access: Access) -> bool:
    """Whether the viewer invites and ends the people of an actor of this house."""
    return access.is_staff_in(center.pk) or access.is_contact_of(actor_id)


@dataclass(frozen=True)
class DutyWeek:
    """The duties of a week, in time order."""

    name: str
    duties: list[Duty]


def coming_duties(duties: QuerySet[Duty]) -> list[DutyWeek]:
    """Those of the duties that are not over, by week; the present one first if anything is left of it."""
    coming = duties.filter(ends_at__gt=clock.now()).order_by("starts_at", "id")
    return [DutyWeek(_week_name(monday), list(group)) for monday, group in groupby(coming, key=_monday)]


def _monday(duty: Duty) -> date:
    """The Monday of the duty's week; one that began before this week and goes on belongs to this week."""
    day = max(clock.local(duty.starts_at).date(), clock.today())
    return day - timedelta(days=day.weekday())


def _week_name(monday: date) -> str:
    this_week = clock.today() - timedelta(days=clock.today().weekday())
    if monday == this_week:
        return _("Denne uge")
    if monday == this_week + timedelta(days=7):
        return _("Næste uge")
    words = {"number": monday.isocalendar().week, "date": phrases.date_words(monday)}
    return _("Uge %(number)s, fra %(date)s") % words


def may_give(role: Role, center: Center, access: Access) -> bool:
    return access.is_manager_in(center.pk) and RANK[role] <= access.rank_in(center.pk)


def _staff(center: Center, access: Access) -> list[StaffMember]:
    rows = CenterRole.objects.in_force().visible_to(access, center.pk).select_related("user")
    found = []
    for user, held in groupby(rows.order_by("user__name", "user_id"), key=lambda row: row.user):
        mine = user.pk == access.user.pk
        roles = sorted((Role(row.role), row.pk) for row in held)
        roles.sort(key=lambda entry: -RANK[entry[0]])
        shown = [Held(pk, str(role.label), may_give(role, center, access) and not mine) for role, pk in roles]
        can_get_more = access.is_manager_in(center.pk) and not mine
        found.append(StaffMember(user, shown, can_get_more))
    return found


def _actors(center: Center, access: Access) -> list[ActorPeople]:
    actors = list(Actor.objects.whose_people_are_seen_by(access, center.pk).in_danish_order())
    members = defaultdict(list)
    rows = Membership.objects.in_force().filter(actor__in=actors).select_related("user")
    for row in rows.order_by("user__name", "id"):
        is_contact = row.role == ActorRole.CONTACT
        members[row.actor_id].append(Member(row.pk, row.user.name, is_contact, row.user_id == access.user.pk))
    return [ActorPeople(actor, members[actor.pk], may_manage(actor.pk, center, access)) for actor in actors]


def _waiting(center: Center, access: Access) -> list[OpenInvitation]:
    rows = Invitation.objects.open().visible_to(access, center.pk).select_related("actor")
    return [_shown(row, center, access) for row in rows.order_by("created_at", "id")]


def _shown(row: Invitation, center: Center, access: Access) -> OpenInvitation:
    role = ActorRole(row.role) if row.actor else Role(row.role)
    allowed = may_manage(row.actor.pk, center, access) if row.actor else may_give(Role(row.role), center, access)
    place = row.actor.name if row.actor else center.name
    until = clock.local(row.expires_at)
    return OpenInvitation(
        row.pk, Address(row.email, row.phone), str(role.label), place, f"{until.day}.{until.month}.", allowed
    )
