"""The council as a body that holds meetings: whoever holds a seat convenes and keeps the minutes; staff set no agenda (S921-922)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.council.member import CouncilMember
from actors.council.models import Council, Dispute, HouseRuleVersion, Motion, SeatHolder
from actors.meetings.enums import ItemKind
from actors.meetings.meeting_bodies import Invitee, ItemData, MeetingBody, bodies

if TYPE_CHECKING:
    from actors.access import Access
    from actors.meetings.models import Meeting
    from centers.models import Center

KEY = "council"


def _name(center: Center) -> str | None:
    return Council.objects.filter(center=center).values_list("name", flat=True).first()


def _holds_a_seat(access: Access, center: Center) -> bool:
    """Whether the person holds a seat; read once per request."""

    def read() -> bool:
        council = Council.objects.filter(center=center).first()
        return council is not None and CouncilMember.of(access, council).holds_a_seat

    return access.once((KEY, center.pk), read)


def _invitees(center: Center) -> Iterator[Invitee]:
    """Representatives and deputies, each for their actor; in a board each as what the seat is called."""
    holders = SeatHolder.objects.in_force().filter(seat__council__center=center, seat__until=None)
    for holder in holders.select_related("user", "seat__actor").order_by("seat", "pk"):
        if holder.user is not None:
            yield Invitee(holder.user, holder.seat.actor, "" if holder.seat.actor else holder.seat.name)


def _subjects(meeting: Meeting) -> Iterable[ItemData]:
    """What is before the council: open motions, disputes, and rules whose review is due."""
    center = meeting.center
    council = Council.objects.filter(center=center).first()
    if council is None:
        return []
    return [*_motions(council), *_disputes(council), *_reviews(center)]


def _motions(council: Council) -> Iterator[ItemData]:
    motions = Motion.objects.before_council().filter(council=council).select_related("mover__actor")
    for motion in motions.order_by("number"):
        yield ItemData(
            title=_("Forslag %(number)s: %(motion)s") % {"number": motion.number, "motion": motion},
            about=reverse("motion", args=[council.center.slug, motion.number]),
            kind=ItemKind.DECISION,
            owner=motion.mover.actor,
        )


def _disputes(council: Council) -> Iterator[ItemData]:
    disputes = Dispute.objects.unsettled().filter(council=council, motion=None).select_related("raised_by")
    for dispute in disputes.order_by("number"):
        yield ItemData(
            title=_("Konflikt %(number)s") % {"number": dispute.number},
            about=reverse("dispute", args=[council.center.slug, dispute.number]),
            owner=dispute.raised_by,
        )


def _reviews(center: Center) -> Iterator[ItemData]:
    for version in HouseRuleVersion.objects.to_review(center.pk):
        yield ItemData(
            title=_("Husregel %(number)s tages op igen: %(rule)s")
            % {"number": version.rule.number, "rule": version.title},
            about=reverse("house_rule", args=[center.slug, version.rule.number]),
            minutes_needed=10,
        )


bodies.add(
    MeetingBody(
        key=KEY,
        slug="raad",
        name=_name,
        may_convene=_holds_a_seat,
        may_see=lambda access, center: access.is_tied_to(center.pk),
        may_keep_minutes=_holds_a_seat,
        invitees=_invitees,
        subjects=_subjects,
        home="council",
    )
)
