"""A body of the house for tests: the contact persons of the house's associations come to its meetings, staff convene them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from actors.access import Access
from actors.enums import ActorRole
from actors.meetings import meeting_bodies
from actors.meetings.meeting_bodies import Invitee, ItemData, MeetingBody
from actors.models import Membership
from centers.models import Center
from tests.registries import holding

KEY, SLUG, NAME = "test", "husforum", "Husforum"
# What a test offers for the agenda, by the house's id.
OFFERED: dict[int, list[ItemData]] = {}
# The houses that have no such body.
WITHOUT: set[int] = set()


def _tied(access: Access, center: Center) -> bool:
    return access.is_tied_to(center.pk)


def _staff(access: Access, center: Center) -> bool:
    return access.is_staff_in(center.pk)


def _contacts(center: Center) -> Iterator[Invitee]:
    contacts = Membership.objects.in_force().filter(role=ActorRole.CONTACT, actor__affiliations__center=center)
    for membership in contacts.select_related("user", "actor").order_by("pk"):
        yield Invitee(membership.user, membership.actor)


def body() -> MeetingBody:
    return MeetingBody(
        key=KEY,
        slug=SLUG,
        name=lambda center: None if center.pk in WITHOUT else NAME,
        may_convene=_staff,
        may_see=_tied,
        may_keep_minutes=_staff,
        invitees=_contacts,
        subjects=lambda meeting: OFFERED.get(meeting.center_id, []),
    )


@contextmanager
def registered() -> Iterator[None]:
    """The test's body is there, and gone again afterwards."""
    try:
        with holding(meeting_bodies.bodies, {KEY: body()}):
            yield
    finally:
        OFFERED.clear()
        WITHOUT.clear()
