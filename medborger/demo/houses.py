"""The demo's houses: reference data, rooms, hours, actors and their ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from actors.models import Actor, Affiliation, RoomHolder, TargetGroup, Theme, User
from centers.models import Center, Facility, OpeningHours, Room, SpecialDay
from medborger.common.names import sort_key
from medborger.demo.plan import HousePlan, RoomPlan, minutes, weekdays, words

ESTABLISHED = timedelta(days=4 * 365)


@dataclass
class House:
    """A house that is being built, with what the next step needs to find by name."""

    plan: HousePlan
    center: Center
    rooms: dict[str, Room]
    actors: dict[str, Actor]
    staff: list[User] = field(default_factory=list)
    bookers: dict[str, list[User]] = field(default_factory=dict)


@dataclass
class Words:
    """The reference data by slug."""

    facilities: dict[str, Facility]
    themes: dict[str, Theme]
    groups: dict[str, TargetGroup]

    @classmethod
    def write(cls) -> Words:
        lists = words()
        facilities = [Facility(slug=slug, name=da, name_en=en) for slug, da, en in lists["facilities"]]
        themes = [Theme(slug=slug, name=da, name_en=en, position=n) for n, (slug, da, en) in enumerate(lists["themes"])]
        groups = [
            TargetGroup(slug=slug, name=da, name_en=en, position=n)
            for n, (slug, da, en) in enumerate(lists["target_groups"])
        ]
        return cls(
            {facility.slug: facility for facility in Facility.objects.bulk_create(facilities)},
            {theme.slug: theme for theme in Theme.objects.bulk_create(themes)},
            {group.slug: group for group in TargetGroup.objects.bulk_create(groups)},
        )


def raise_house(plan: HousePlan, known: Words, actors: dict[str, Actor], today: date) -> House:
    """Write a house with all that stands still. `actors` are those of the houses before: some have a part in several."""
    center = Center.objects.create(slug=plan.slug, **plan.center)
    rooms = _write_rooms(plan, center, known)
    _write_hours(plan, center, range(today.year - 1, today.year + 2))
    house = House(plan, center, rooms, _write_actors(plan, center, known, actors, today))
    RoomHolder.objects.bulk_create(
        RoomHolder(room=rooms[room], actor=house.actors[actor]) for room, actor in plan.rows("holders")
    )
    return house


def _write_rooms(plan: HousePlan, center: Center, known: Words) -> dict[str, Room]:
    """Halls before their parts, for a part names its hall."""
    rooms: dict[str, Room] = {}
    for parts in (False, True):
        new = [
            _room(center, room, position, rooms.get(room.part_of))
            for position, room in enumerate(plan.rooms)
            if bool(room.part_of) is parts
        ]
        rooms |= {room.slug: room for room in Room.objects.bulk_create(new)}
    through = Room.facilities.through
    through.objects.bulk_create(
        through(room_id=rooms[room.slug].pk, facility_id=known.facilities[slug].pk)
        for room in plan.rooms
        for slug in room.facilities
    )
    return rooms


def _room(center: Center, plan: RoomPlan, position: int, part_of: Room | None) -> Room:
    return Room(
        center=center,
        slug=plan.slug,
        name=plan.name,
        part_of=part_of,
        kind=plan.kind,
        capacity=plan.capacity,
        floor_area=plan.floor_area,
        wheelchair_access="trinfri" in plan.marks,
        hearing_loop="teleslynge" in plan.marks,
        bookable="fast" not in plan.marks,
        setup_minutes=plan.setup,
        cleanup_minutes=plan.cleanup,
        position=position,
    )


def _write_hours(plan: HousePlan, center: Center, years: Iterable[int]) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=weekday, opens=opens, closes=closes, staffed=kind == "bemandet")
        for days, hours, kind in plan.rows("hours")
        for weekday in weekdays(days)
        for opens, closes in [minutes(hours)]
    )
    SpecialDay.objects.bulk_create(
        SpecialDay(center=center, date=date.fromisoformat(f"{year}-{day}"), opens=opens, closes=closes, reason=reason)
        for year in years
        for day, hours, reason in plan.rows("special_days")
        for opens, closes in [minutes(hours)]
    )


def _write_actors(
    plan: HousePlan, center: Center, known: Words, actors: dict[str, Actor], today: date
) -> dict[str, Actor]:
    new = [actor for actor in plan.actors if actor.name not in actors]
    made = Actor.objects.bulk_create(
        Actor(
            name=actor.name,
            sort_key=sort_key(actor.name),
            kind=actor.kind,
            area=plan.center.get("housing_area", ""),
            shown_publicly="skjult" not in actor.marks,
        )
        for actor in new
    )
    actors |= {actor.name: actor for actor in made}
    themes, groups = Actor.themes.through, Actor.target_groups.through
    themes.objects.bulk_create(
        themes(actor_id=actors[a.name].pk, theme_id=known.themes[slug].pk) for a in new for slug in a.themes
    )
    groups.objects.bulk_create(
        groups(actor_id=actors[a.name].pk, targetgroup_id=known.groups[slug].pk) for a in new for slug in a.groups
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            actor=actors[actor.name],
            center=center,
            tie=actor.tie,
            since=today - ESTABLISHED,
            **{mark: mark in actor.marks for mark in ("owns", "leads", "funds", "tenant")},
        )
        for actor in plan.actors
    )
    return {actor.name: actors[actor.name] for actor in plan.actors}
