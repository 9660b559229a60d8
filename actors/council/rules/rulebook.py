"""House rules as pages show them: of a day, coming ones, a rule's history, and one line each for a room and a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.council.enums import Verdict
from actors.council.models import Ballot, HouseRule, HouseRuleVersion
from actors.council.models.motions import WhenAndWhere
from centers.enums import Weekday
from medborger.common import clock, phrases
from medborger.common.clock import MINUTES_A_DAY


@dataclass(frozen=True)
class RuleText:
    """A version of a rule. `coming` are the versions that follow it on a later day, `before` the one that it took over from."""

    version: HouseRuleVersion
    adopted: str
    votes: str
    applies: str
    coming: Sequence[RuleText] = field(default_factory=tuple)
    before: HouseRuleVersion | None = None

    @property
    def number(self) -> int:
        return self.version.rule.number

    @property
    def motion_number(self) -> int | None:
        return self.version.motion.number if self.version.motion else None

    @property
    def since(self) -> str:
        return phrases.date_words(self.version.in_force_on)

    @property
    def kept(self) -> bool:
        """Looked at again and left as it was, without a motion."""
        return self.version.motion_id is None and self.before is not None

    @property
    def words_changed(self) -> bool:
        return self.before is not None and self.before.text != self.version.text


@dataclass(frozen=True)
class Rulebook:
    """The rules of a day, and new ones that begin later."""

    day: date
    rules: Sequence[RuleText]
    new: Sequence[RuleText]


def of_day(center_id: int, day: date) -> Rulebook:
    """The house's rules on a day: four statements, however many rules."""
    in_force = list(with_all(HouseRuleVersion.objects.on(day, center_id)))
    later = HouseRuleVersion.objects.filter(rule__center_id=center_id, in_force_on__gt=day)
    coming: dict[int, list[RuleText]] = {}
    for version in with_all(later).order_by("in_force_on", "number"):
        coming.setdefault(version.rule_id, []).append(_read(version))
    rules = [_read(version, coming.pop(version.rule_id, ())) for version in in_force]
    new = [text for texts in coming.values() for text in texts if not text.version.repeals]
    return Rulebook(day, rules, sorted(new, key=lambda text: text.number))


def history(rule: HouseRule) -> list[RuleText]:
    """All that a rule has said, newest first."""
    versions = list(with_all(HouseRuleVersion.objects.filter(rule=rule)).order_by("in_force_on", "number"))
    before: list[HouseRuleVersion | None] = [None, *versions]
    return [_read(version, before=last) for version, last in zip(versions, before, strict=False)][::-1]


def with_all(versions: QuerySet[HouseRuleVersion]) -> QuerySet[HouseRuleVersion]:
    """With rooms, and the motion and the result that it was adopted by."""
    whole = Ballot.objects.filter(amendment=None, recusal=None, result__verdict=Verdict.ADOPTED)
    return versions.select_related("rule", "motion").prefetch_related(
        "rooms", Prefetch("motion__ballots", queryset=whole.select_related("result"))
    )


def _read(
    version: HouseRuleVersion, coming: Sequence[RuleText] = (), before: HouseRuleVersion | None = None
) -> RuleText:
    return RuleText(version, _adopted(version), _votes(version), applies(version), coming, before)


def _adopted(version: HouseRuleVersion) -> str:
    """When: vedtaget 2. november. Empty for a rule that no motion made."""
    motion = version.motion
    if motion is None or motion.ended_at is None:
        return ""
    return _("vedtaget %(day)s") % {"day": phrases.date_words(clock.local(motion.ended_at).date())}


def _votes(version: HouseRuleVersion) -> str:
    """By which votes: 44 for, 5 imod."""
    for ballot in version.motion.ballots.all() if version.motion else ():
        return _("%(for)s for, %(against)s imod") % {"for": ballot.result.votes_for, "against": ballot.result.against}
    return ""


def applies(version: HouseRuleVersion) -> str:
    """Where and when it matters: Salen og Øverummet, fredag og lørdag kl. 22.00–24.00. Empty for always and everywhere."""
    return where_and_when([room.name for room in version.rooms.all()], version)


def where_and_when(rooms: Iterable[str], matters: WhenAndWhere) -> str:
    """The same of rooms by their names, and the hours and weekdays of a rule, in force or proposed."""
    return capfirst(", ".join(part for part in (phrases.listed(rooms), _times(matters)) if part))


def _times(version: WhenAndWhere) -> str:
    days = phrases.listed(Weekday(day).in_words for day in sorted(version.weekdays))
    if version.from_minute is None or version.to_minute is None:
        return days
    hours = {"from": phrases.clock_text(version.from_minute), "to": phrases.clock_text(version.to_minute)}
    if (version.from_minute, version.to_minute) == (0, MINUTES_A_DAY):
        return days
    said = _("kl. %(from)s–%(to)s") % hours
    return f"{days} {said}".strip()


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
        .with_room_ids()
    )
    lines = [_line(version, hus) for version in versions if _is_tied(version)]
    return [line for line in lines if any(map(line.is_about, room_ids))]


def _between(start: int, end: int) -> Q:
    return Q(from_minute=None) | Q(from_minute__lt=end, to_minute__gt=start)


def _is_tied(version: HouseRuleVersion) -> bool:
    return bool(version.room_ids or version.from_minute is not None or version.weekdays)


def _line(version: HouseRuleVersion, hus: str) -> RuleLine:
    return RuleLine(
        number=version.rule.number,
        text=(version.short or version.title).rstrip(" ."),
        url=reverse("house_rule", kwargs={"hus": hus, "number": version.rule.number}),
        rooms=frozenset((*version.room_ids, *version.part_ids, *version.whole_ids)),
    )
