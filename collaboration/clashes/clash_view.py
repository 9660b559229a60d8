"""A clash as one person meets it: the two events, for which of them they act, and what they can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from actors.access import Access
from bookings.enums import BookingState
from bookings.models import Booking
from bookings.visibility import Viewer
from collaboration.clashes import clash_texts
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import Clash
from medborger.common import clock, phrases


@dataclass(frozen=True)
class Side:
    """One of the two. `acts`: the person may act for it; `own`: as one of its actor's people, not for the house."""

    event: Booking
    actor: str
    acts: bool
    own: bool
    seen_from: int

    @classmethod
    def of(cls, event: Booking, access: Access, center_id: int) -> Side:
        seen = Viewer.of(access, event.center_id).sees_booking(event)
        return cls(event, clash_texts.named(event, seen.actor), event.may_be_changed_by(access), seen.own, center_id)

    @property
    def place(self) -> str:
        return clash_texts.place(self.event, seen_from=self.seen_from)

    @property
    def when(self) -> str:
        return phrases.when(self.event.starts_at, self.event.ends_at)

    @property
    def hours(self) -> str:
        return phrases.hours(self.event.starts_at, self.event.ends_at)

    @property
    def url(self) -> str:
        return reverse("booking", args=[self.event.center.slug, self.event.pk])

    @property
    def takes_place(self) -> bool:
        return self.event.state == BookingState.CONFIRMED


@dataclass(frozen=True)
class ClashView:
    """`sides` begins with the person's own."""

    clash: Clash
    sides: tuple[Side, Side]
    center_id: int

    @classmethod
    def of(cls, clash: Clash, access: Access, center_id: int) -> ClashView:
        first, second = (Side.of(event, access, center_id) for event in clash.events)
        turned = (second.own, second.acts) > (first.own, first.acts)
        return cls(clash, (second, first) if turned else (first, second), center_id)

    @classmethod
    def in_own_house(cls, clash: Clash, access: Access) -> ClashView:
        """As seen from the house of the person's own event."""
        house = next((event.center_id for event in clash.events if event.may_be_changed_by(access)), clash.center_id)
        return cls.of(clash, access, house)

    @property
    def url(self) -> str:
        """Its page, in the house that it is seen from."""
        house = next(side.event.center for side in self.sides if side.event.center_id == self.center_id)
        return reverse("clash", args=[house.slug, self.clash.pk])

    @property
    def mine(self) -> list[Side]:
        """Those that the person acts for: one, or for staff both."""
        return [side for side in self.sides if side.acts]

    def seen_from_event(self, event: Booking) -> tuple[Side, Side]:
        """The side of the event, and the other."""
        one, other = self.sides
        return (one, other) if one.event.pk == event.pk else (other, one)

    @property
    def is_own(self) -> bool:
        """The person belongs to one of the two actors; else they act for the house."""
        return any(side.own for side in self.sides)

    @property
    def asked(self) -> Side | None:
        """Whose answer is waited for."""
        if self.clash.state != ClashState.ASKED:
            return None
        return next(side for side in self.sides if side.event.pk != self.clash.side_id)

    @property
    def asking(self) -> Side | None:
        if self.clash.state != ClashState.ASKED:
            return None
        return next(side for side in self.sides if side.event.pk == self.clash.side_id)

    @property
    def kept(self) -> Side | None:
        return next((side for side in self.sides if side.event.pk == self.clash.kept_id), None)

    @property
    def given_up(self) -> Side | None:
        """The one that is cancelled when they are made one."""
        return next((side for side in self.sides if side is not self.kept), None) if self.kept else None

    @property
    def is_ahead(self) -> bool:
        """Both are to take place and have not begun: something can still be done."""
        now = clock.now()
        return all(side.takes_place and side.event.starts_at > now for side in self.sides)

    @property
    def may_ask(self) -> list[Side]:
        """Those for whom the person can ask now: who was told no does not ask a second time."""
        if not self.is_ahead or self.clash.state not in (ClashState.OPEN, ClashState.LEFT):
            return []
        return [side for side in self.mine if side.event.pk != self.clash.declined_id]

    @property
    def may_move(self) -> list[Side]:
        waiting = self.clash.state in (ClashState.OPEN, ClashState.ASKED, ClashState.LEFT)
        return [side for side in self.mine if side.event.starts_at > clock.now()] if waiting and self.is_ahead else []

    @property
    def may_accept(self) -> bool:
        return self.asked is not None and self.asked.own and self.is_ahead

    @property
    def may_decline(self) -> bool:
        return self.asked is not None and self.asked.acts

    @property
    def may_leave(self) -> bool:
        return self.clash.state == ClashState.OPEN and bool(self.mine) and self.is_ahead

    @property
    def may_reopen(self) -> bool:
        if not self.is_ahead:
            return False
        if self.clash.state == ClashState.LEFT:
            return bool(self.mine)
        return self.asking is not None and self.asking.acts

    @property
    def outcome(self) -> str:
        return clash_texts.outcome(self.clash, seen_from=self.center_id)

    @property
    def in_common(self) -> str:
        """What both are about and for whom; of a clash that was read `with_what_they_share`."""
        return clash_texts.shared(self.clash)

    @property
    def told_no(self) -> bool:
        """The person's side asked and was told no."""
        return any(side.event.pk == self.clash.declined_id for side in self.mine)


def clash_views(clashes: Iterable[Clash], access: Access, center_id: int) -> list[ClashView]:
    return [ClashView.of(clash, access, center_id) for clash in clashes]
