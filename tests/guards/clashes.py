"""What the guards' world holds for the clashes' addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.access import Access
from bookings.enums import Audience
from centers.models import Room
from collaboration.clashes import actions
from collaboration.clashes.models import Clash
from collaboration.models import Neighbour
from medborger.common import clock
from tests.factories import BookingFactory, CenterFactory, RoomFactory, TargetGroupFactory, ThemeFactory

if TYPE_CHECKING:
    from tests.guards.world import World


@dataclass
class Things:
    """The dancers' public event meets two of the singers: of the `open` clash nothing has been made, in `asked` the singers have asked.
    The house has named a `neighbour`, not the house next door: that one's events are nobody's matter here."""

    open: Clash
    asked: Clash
    neighbour: Neighbour


def make(world: World) -> Things:
    """Made last, of all that the world has already."""
    theme, group = ThemeFactory.create(), TargetGroupFactory.create()
    world.public.themes.add(theme)
    world.public.target_groups.add(group)
    day, start = clock.local(world.public.starts_at).date(), 16 * 60
    for title in ("Syng med", "Kor for børn"):
        room = RoomFactory.create(center=world.house, name="Øvelokalet")
        BookingFactory.create(
            room=room,
            actor=world.singers,
            by=world.users["stranger"],
            day=day,
            start=start,
            end=start + 60,
            title=title,
            audience=Audience.EVERYONE,
            themes=[theme],
            target_groups=[group],
        )
        # Given up since, so that forms offer the world's one room.
        Room.objects.filter(pk=room.pk).update(retired_at=clock.now())
    unanswered, asked = Clash.objects.with_events().order_by("second")
    actions.ask_together(
        clash=asked,
        side=asked.second,
        kept=asked.first,
        message="Skal vi synge og danse sammen?",
        version=asked.version,
        by=Access.of(world.users["stranger"]),
    )
    asked.refresh_from_db()
    near = CenterFactory.create(slug="naerved", name="Huset nærved")
    return Things(
        open=unanswered,
        asked=asked,
        neighbour=Neighbour.objects.create(center=world.house, neighbour=near, since=clock.today()),
    )
