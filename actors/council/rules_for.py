"""The house rules that matter for a room at a time, one line each: for the booking form, the calendar and a booking's page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.council.models import HouseRuleVersion
from medborger.common.clock import MINUTES_A_DAY


@dataclass(frozen=True)
class RuleLine:
    """A rule in one line. `rooms` are those that it is about, their parts and the halls they are parts of; empty is all."""

    number: int
    text: str
    url: str
    rooms: frozenset[int]

    @property
    def words(self) -> str:
        """The line read out alone: I Salen skal musikken slukkes kl. 22.00, husregel 4."""
        return _("%(rule)s, husregel %(number)s") % {"rule": self.text, "number": self.number}

    def is_about(self, room_id: int) -> bool:
        return not self.rooms or room_id in self.rooms


def rules_for(
    *, hus: str, center_id: int, room_ids: Collection[int], day: date, start: int = 0, end: int = MINUTES_A_DAY
) -> list[RuleLine]:
    """The rules in force on `day` that are tied to one of the rooms or to hours, and matter between the minutes `start` and `end`.

    A rule of the whole house at all hours is read on the page of the rules, not here. One statement.
    """
    versions = (
        HouseRuleVersion.objects.on(day, center_id)
        .filter(_between(start, end), Q(weekdays=[]) | Q(weekdays__contains=[day.weekday()]))
        .annotate(
            themselves=_ids("rooms"),
            parts=_ids("rooms__parts"),
            wholes=_ids("rooms__part_of"),
        )
    )
    lines = [_line(version, hus) for version in versions if _is_tied(version)]
    return [line for line in lines if any(map(line.is_about, room_ids))]


def _between(start: int, end: int) -> Q:
    return Q(from_minute=None) | Q(from_minute__lt=end, to_minute__gt=start)


def _ids(path: str) -> ArrayAgg:
    return ArrayAgg(path, distinct=True, filter=Q(**{f"{path}__isnull": False}), default=[])


def _is_tied(version: HouseRuleVersion) -> bool:
    return bool(vars(version)["themselves"] or version.from_minute is not None or version.weekdays)


def _line(version: HouseRuleVersion, hus: str) -> RuleLine:
    found = vars(version)
    return RuleLine(
        number=version.rule.number,
        text=(version.short or version.title).rstrip(" ."),
        url=reverse("house_rule", kwargs={"hus": hus, "number": version.rule.number}),
        rooms=frozenset((*found["themselves"], *found["parts"], *found["wholes"])),
    )
