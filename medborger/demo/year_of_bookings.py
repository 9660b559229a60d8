"""The demo's bookings and closures, written in bulk with the same rows that the actions would leave."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

from actors.enums import Tie
from actors.models import User
from bookings.availability import blocked_span
from bookings.enums import BookingEvent, BookingRole, BookingState, ClosureState
from bookings.models import Booking, BookingActor, Closure, ClosureRoom, Occupancy
from centers.hours import Hours
from medborger.common import clock
from medborger.common.models import Audit
from medborger.demo.houses import House, Words
from medborger.demo.plan import LATELY, ClosurePlan
from medborger.demo.year import AHEAD, BACK, Slot, Year, chance, last_gathering

AUDITED = timedelta(days=14)  # how far back the acts are in the audit trail
BEFORE_GATHERING = timedelta(days=17)  # two weekly bookings together, and none before the gathering of the month before
BATCH = 1000

M = TypeVar("M", bound=Model)


@dataclass
class Calendar:
    """Writes one house's year."""

    house: House
    words: Words
    seed: str
    now: datetime
    today: date = field(init=False)
    external: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.today = clock.local(self.now).date()
        self.external = frozenset(actor.name for actor in self.house.plan.actors if actor.tie == Tie.EXTERNAL)

    def write(self) -> int:
        """Closures, bookings and their audit; gives the number of bookings."""
        center, plan = self.house.center, self.house.plan
        hours = Hours(center, self.today - BACK - timedelta(days=7), self.today + AHEAD)
        year = Year(plan, hours.on, self._closed_on, self.seed, self.today)
        slots = list(year.slots())
        bookings = Booking.objects.bulk_create((self._booking(slot) for slot in slots), batch_size=BATCH)
        made = list(zip(slots, bookings, strict=True))
        _write(BookingActor, (party for slot, booking in made for party in self._parties(slot, booking)))
        _write(Occupancy, (row for slot, booking in made if booking.holds for row in self._rows(slot, booking)))
        _write(Audit, (act for slot, booking in made for act in self._acts(slot, booking)))
        themes, groups = Booking.themes.through, Booking.target_groups.through
        theme_ids = {slug: theme.pk for slug, theme in self.words.themes.items()}
        group_ids = {slug: group.pk for slug, group in self.words.groups.items()}
        _write(
            themes,
            (themes(booking_id=b.pk, theme_id=theme_ids[word]) for slot, b in made for word in slot.activity.themes),
        )
        _write(
            groups,
            (
                groups(booking_id=b.pk, targetgroup_id=group_ids[word])
                for slot, b in made
                for word in slot.activity.groups
            ),
        )
        for closure in plan.closures:
            self._write_closure(closure)
        return len(bookings)

    def _booking(self, slot: Slot) -> Booking:
        room = self.house.rooms[slot.activity.room]
        user, by_house = self._booker(slot)
        expired = slot.cancelled and chance(self.seed, "expired", slot.key) < 0.1
        created_at = self._created_at(slot)
        return Booking(
            center=self.house.center,
            room=room,
            starts_at=clock.at(slot.date, slot.start),
            ends_at=clock.at(slot.date, slot.end),
            title=slot.activity.title,
            audience=slot.activity.audience,
            drop_in=slot.activity.drop_in,
            persons=min(slot.activity.persons, room.capacity),
            state=BookingState.EXPIRED
            if expired
            else BookingState.CANCELLED
            if slot.cancelled
            else BookingState.CONFIRMED,
            booked_by=user,
            by_house=by_house,
            version=2 if slot.cancelled else 1,
            created_at=created_at,
        )

    def _booker(self, slot: Slot) -> tuple[User, bool]:
        """Somebody of the actor, or the desk on its behalf."""
        name = slot.activity.actor
        by_house = name in self.external or chance(self.seed, "desk", slot.key) < 0.12
        people = self.house.staff if by_house else self.house.bookers[name]
        return people[int(chance(self.seed, "booker", slot.key) * len(people))], by_house

    def _created_at(self, slot: Slot) -> datetime:
        """Some weeks before, in waking hours, and long enough ago for what became of it to be past as well."""
        lead = timedelta(days=5 + int(chance(self.seed, "lead", slot.key) * 50))
        minute = 8 * 60 + int(chance(self.seed, "minute", slot.key) * 14 * 60)
        return clock.at(min(slot.date - lead, self.today - timedelta(days=3)), minute)

    def _parties(self, slot: Slot, booking: Booking) -> Iterator[BookingActor]:
        yield BookingActor(booking=booking, actor=self.house.actors[slot.activity.actor], part=BookingRole.HOLDER)
        if slot.activity.partner and self._is_together(slot):
            yield BookingActor(
                booking=booking, actor=self.house.actors[slot.activity.partner], part=BookingRole.PARTNER
            )

    def _is_together(self, slot: Slot) -> bool:
        """Whether the partner has come along by then."""
        if slot.activity.together is LATELY:
            return slot.date >= last_gathering(self.now) - BEFORE_GATHERING
        first, last = slot.activity.together
        return first <= (slot.date - self.today).days <= last

    def _rows(self, slot: Slot, booking: Booking) -> Iterator[Occupancy]:
        during = DateTimeTZRange(booking.starts_at, booking.ends_at)
        blocked = DateTimeTZRange(*blocked_span(booking.room, booking.starts_at, booking.ends_at))
        for leaf in self.house.plan.leaves[slot.activity.room]:
            yield Occupancy(
                center=self.house.center, room=self.house.rooms[leaf], booking=booking, during=during, blocked=blocked
            )

    def _acts(self, slot: Slot, booking: Booking) -> Iterator[Audit]:
        if slot.date < self.today - AUDITED:
            return
        place = {"room": booking.room_id, "start": booking.starts_at.isoformat(), "end": booking.ends_at.isoformat()}
        holder = self.house.actors[slot.activity.actor].pk
        yield self._act(BookingEvent.BOOKED, booking.created_at, booking, to=place, actor=holder)
        if booking.state == BookingState.EXPIRED:
            yield self._act(BookingEvent.EXPIRED, booking.created_at + timedelta(days=2), booking)
        elif booking.state == BookingState.CANCELLED:
            yield self._act(BookingEvent.CANCELLED, booking.created_at + timedelta(hours=3), booking, **{"from": place})

    def _act(self, verb: BookingEvent, at: datetime, subject: Booking | Closure, **parameters: Any) -> Audit:
        person = subject.booked_by if isinstance(subject, Booking) else subject.closed_by
        return Audit(
            at=at,
            center_id=self.house.center.pk,
            person=None if verb == BookingEvent.EXPIRED else person,
            verb=verb,
            subject=subject._meta.model_name or "",
            subject_id=subject.pk,
            parameters=parameters,
        )

    def _closed_on(self, day: date) -> frozenset[str]:
        """The rooms that a closure in force holds on the day."""
        return frozenset(
            room
            for closure in self.house.plan.closures
            if closure.state == ClosureState.IN_FORCE and 0 <= (day - self._begins(closure)).days < closure.days
            for room in closure.rooms
        )

    def _begins(self, closure: ClosurePlan) -> date:
        return self.today + timedelta(days=closure.begins)

    def _write_closure(self, plan: ClosurePlan) -> None:
        """One that was to wait for bookings and meets none is in force, as it would be after the next sweep."""
        center, begins = self.house.center, self._begins(plan)
        starts_at, ends_at = clock.midnight(begins), clock.midnight(begins + timedelta(days=plan.days))
        leaves = [self.house.rooms[leaf] for room in plan.rooms for leaf in self.house.plan.leaves[room]]
        met = Occupancy.objects.filter(room__in=leaves, during__overlap=(starts_at, ends_at))
        waits = plan.state == ClosureState.PLANNED and met.exists()
        closure = Closure.objects.create(
            center=center,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=plan.reason,
            state=ClosureState.PLANNED if waits else ClosureState.IN_FORCE,
            closed_by=self.house.staff[0],
            created_at=clock.at(min(begins, self.today) - timedelta(days=3), 10 * 60),
        )
        _write(ClosureRoom, (ClosureRoom(closure=closure, room=leaf) for leaf in leaves))
        if not waits:
            held = DateTimeTZRange(starts_at, ends_at)
            rows = (
                Occupancy(center=center, room=leaf, closure=closure, is_closure=True, during=held, blocked=held)
                for leaf in leaves
            )
            _write(Occupancy, rows)
        verb = BookingEvent.PLANNED if waits else BookingEvent.CLOSED
        self._act(verb, closure.created_at, closure, rooms=[leaf.pk for leaf in leaves]).save()


def _write(model: type[M], rows: Iterable[M]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)
