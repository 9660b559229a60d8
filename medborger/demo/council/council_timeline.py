"""The timeline of a council: people by their seats, words from its file in `texts/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from actors.access import Access
from actors.council.enums import HolderRole, MotionKind
from actors.council.member import CouncilMember
from actors.council.models import Council, HouseRule, HouseRuleVersion, Motion, RuleRoom, Seat, SeatHolder
from actors.council.motions import actions
from actors.council.motions.actions import MotionData
from actors.council.seats import actions as councils
from actors.models import User
from centers.hours import hours_on
from centers.models import Room
from medborger.common import clock
from medborger.demo.plan import minutes, rows, weekdays
from medborger.demo.timeline import Timeline

FOUNDED = -480  # days from today, as are all days of the timelines


@dataclass
class CouncilTimeline(Timeline):
    """One house's council, with everybody who acts in it."""

    folder: ClassVar[Path] = Path(__file__).parent / "texts"

    seats: dict[str, Seat] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    _members: dict[int, CouncilMember] = field(default_factory=dict)

    @cached_property
    def council(self) -> Council:
        return Council.objects.select_related("center").get(center=self.house.center)

    # --- when ---

    def days_of_meeting(self, key: str) -> int:
        """How many days from today a meeting is: on its weekday, in the week that its text names by a day, or in the first week after
        it in which the house is open then."""
        words = self.texts["meetings"][key]
        monday = clock.monday(self.day(words["week"]))
        days = (monday - self.today).days + weekdays(words["weekday"])[0]
        while not hours_on(self.house.center, self.day(days)).covers(*minutes(words["hours"])):
            days += 7
        return days

    # --- who ---

    def staff(self, role: str) -> CouncilMember:
        return self.member(self.login(role))

    def member(self, user: User) -> CouncilMember:
        """What somebody is in the council; seats do not change hands in the demo."""
        if user.pk not in self._members:
            self._members[user.pk] = CouncilMember.of(Access.of(user), self.council)
        return self._members[user.pk]

    def on(self, seat: str) -> CouncilMember:
        """The representative of a seat."""
        return self.member(self.people[seat])

    def found(self, name: str, preset: str) -> None:
        """The manager founds the council; where every association has a seat, they get theirs at once."""
        with self.at(FOUNDED, "10.00"):
            manager = Access.of(self.login("leder"))
            councils.found(center=self.house.center, name=name, preset=preset, by=manager)
        self.find_seats()

    def find_seats(self) -> None:
        self.seats = {seat.name: seat for seat in Seat.objects.filter(council=self.council).in_danish_order()}

    def put_on_seats(self, people: Mapping[str, User], deputies: Mapping[str, User]) -> None:
        """Representatives and deputies by the names of their seats, since the council was founded."""
        self.people = dict(people)
        since = self.moment(FOUNDED, "10.00")
        holders = [(HolderRole.REPRESENTATIVE, people), (HolderRole.DEPUTY, deputies)]
        SeatHolder.objects.bulk_create(
            SeatHolder(seat=self.seats[name], user=user, part=part, since=since)
            for part, named in holders
            for name, user in named.items()
        )

    # --- what ---

    def rooms(self, slugs: str) -> list[Room]:
        return [self.house.rooms[slug] for slug in slugs.split()]

    def write_rules(self) -> None:
        """The rules that the house had before its council, each as its first version."""
        said = self.texts["rules"]
        rules = HouseRule.objects.bulk_create(
            HouseRule(center=self.house.center, number=number) for number in range(1, len(said) + 1)
        )
        versions = HouseRuleVersion.objects.bulk_create(
            HouseRuleVersion(
                rule=rule,
                number=1,
                title=words["title"],
                text=words["text"].strip(),
                short=words.get("short", ""),
                in_force_on=self.day(words["since"]),
                created_at=self.moment(words["since"], "12.00"),
                **self._when(words),
            )
            for rule, words in zip(rules, said, strict=True)
        )
        RuleRoom.objects.bulk_create(
            RuleRoom(version=version, room=room)
            for version, words in zip(versions, said, strict=True)
            for room in self.rooms(words.get("rooms", ""))
        )

    def draft(self, key: str, days: int, wall: str) -> Motion:
        """The mover's seat writes a draft of the motion that the texts hold under `key`."""
        mover = self.texts["motions"][key]["mover"]
        with self.at(days, wall):
            return actions.draft(seat=self.seats[mover], proposal=self._proposal(key), by=self.on(mover))

    def move(self, key: str, days: int, wall: str) -> Motion:
        """The mover's seat puts a motion to the council."""
        draft = self.draft(key, days, wall)
        with self.at(days, wall):
            return actions.open_for_discussion(motion=draft, version=draft.version, by=self.on(draft.mover.name))

    def _proposal(self, key: str) -> MotionData:
        words = self.texts["motions"][key]
        when = self._when(words)
        number = words.get("rule")
        return MotionData(
            kind=MotionKind(words["kind"]),
            title=words["title"],
            text=words.get("text", "").strip(),
            short=words.get("short", ""),
            meaning=words.get("meaning", "").strip(),
            why=words.get("why", "").strip(),
            rule=HouseRule.objects.get(center=self.house.center, number=number) if number else None,
            rooms=self.rooms(words.get("rooms", "")),
            hours=minutes(words["hours"]) if "hours" in words else None,
            weekdays=when["weekdays"],
            effective_on=self.day(words["effective_in"]) if "effective_in" in words else None,
            review_on=when["review_on"],
            figures=[(label, int(kroner.replace(".", ""))) for label, kroner in rows(words.get("figures", ""))],
            orders={**self._orders(), **words["orders"]} if "orders" in words else None,
        )

    def _when(self, words: Mapping[str, Any]) -> dict[str, Any]:
        starts, ends = minutes(words["hours"]) if "hours" in words else (None, None)
        return {
            "from_minute": starts,
            "to_minute": ends,
            "weekdays": weekdays(words["weekdays"]) if "weekdays" in words else [],
            "review_on": self.day(words["review_in"]) if "review_in" in words else None,
        }

    def _orders(self) -> dict[str, Any]:
        return self.council.orders.all()[0].settings()
