"""Who gets the house's digest, and whether the last one arrived, as the manager sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from actors.enums import Role
from actors.models import Actor, CenterRole, Membership
from centers.models import Center
from collaboration.digests.models import Digest, Subscription
from medborger.common.messaging.delivery import MOST_ATTEMPTS
from medborger.common.models import Message, MessageState


@dataclass(frozen=True)
class Delivery:
    """`name` is a person's only where they have a role in the house; others are named by their actors."""

    subscription: Subscription
    name: str
    capacity: str
    week: int | None
    letter: Message | None

    @property
    def has_failed(self) -> bool:
        return self.letter is not None and self.letter.state in (MessageState.FAILED, MessageState.DROPPED)

    @property
    def is_tried_again(self) -> bool:
        """It did not arrive at the first attempt, and has not been given up."""
        letter = self.letter
        return letter is not None and letter.state == MessageState.WAITING and 0 < letter.attempts < MOST_ATTEMPTS


def of_house(center: Center) -> list[Delivery]:
    """All that get it, those whose letter did not arrive first; five statements, however many."""
    going_on = Subscription.objects.going_on().of_readers().filter(center=center)
    rows = list(going_on.select_related("user").order_by("pk"))
    newest = _newest(center)
    letters = Message.objects.filter(dedupe_key__in=[digest.message_key for digest in newest.values()])
    by_key = {letter.dedupe_key: letter for letter in letters}
    roles, actors = _roles(center, rows), _actors(center, rows)
    found = [
        Delivery(
            subscription=row,
            name=str(row.user) if row.user_id in roles else actors.get(row.user_id, _("En bruger")),
            capacity=", ".join(roles.get(row.user_id, [])),
            week=newest[row.user_id].number.week if row.user_id in newest else None,
            letter=by_key.get(newest[row.user_id].message_key) if row.user_id in newest else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.has_failed, not one.is_tried_again, not one.capacity, one.name))


def _newest(center: Center) -> dict[int | None, Digest]:
    """Of each reader the newest that a letter was written of."""
    written = Digest.objects.filter(center=center, recipient__isnull=False).exclude(message_key="")
    newest = written.order_by("recipient", "-week_starts_on").distinct("recipient").defer("content")
    return {digest.recipient_id: digest for digest in newest}


def _roles(center: Center, rows: Iterable[Subscription]) -> dict[int | None, list[str]]:
    held = CenterRole.objects.in_force().filter(center=center, user__in=[row.user_id for row in rows])
    found: dict[int | None, list[str]] = {}
    for user_id, role in held.values_list("user", "role").order_by("pk"):
        found.setdefault(user_id, []).append(str(Role(role).label))
    return found


def _actors(center: Center, rows: Iterable[Subscription]) -> dict[int | None, str]:
    here = Actor.objects.in_house(center.pk)
    places = Membership.objects.in_force().filter(actor__in=here, user__in=[row.user_id for row in rows])
    found: dict[int | None, list[str]] = {}
    for user_id, name in places.order_by("actor__sort_key").values_list("user", "actor__name"):
        found.setdefault(user_id, []).append(name)
    return {user_id: ", ".join(names) for user_id, names in found.items()}


def lost_since(center: Center, since: datetime) -> int:
    """How many of the house's letters were given up of those posted since."""
    return Message.objects.filter(
        center_id=center.pk,
        dedupe_key__startswith=f"digest:{center.pk}:",
        state=MessageState.FAILED,
        created_at__gte=since,
    ).count()
