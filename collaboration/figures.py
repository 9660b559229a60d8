"""Figures of the log: how many, never how good. They count confirmed collaborations alone, and no form stands above another (S1710-17)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count

from collaboration.enums import CONFIRMED_STATES, CollaborationKind
from collaboration.querysets import CollaborationQuerySet
from medborger.common import clock

# A collaboration counts in a week in which it was going on a day, in the form that it had by the week's end.
WEEKLY = """
    SELECT (week.starts_on - %(first)s::date) / 7, form.form, count(*)
    FROM unnest(%(weeks)s::date[]) AS week (starts_on)
    JOIN collaboration_collaboration AS going ON going.center_id = %(center)s AND going.state = ANY(%(confirmed)s)
        AND going.since <= week.starts_on + 6 AND (going.until IS NULL OR going.until >= week.starts_on)
    CROSS JOIN LATERAL (
        SELECT taken.form FROM collaboration_formsince AS taken
        WHERE taken.collaboration_id = going.id AND taken.since <= week.starts_on + 6
        ORDER BY taken.since DESC LIMIT 1
    ) AS form
    WHERE going.since <= %(until)s
    GROUP BY week.starts_on, form.form
"""


@dataclass(frozen=True)
class Weekly:
    """How many collaborations were going in each week, by form: as many numbers as weeks, every form present."""

    mondays: tuple[date, ...]
    counts: dict[CollaborationKind, tuple[int, ...]]

    @property
    def highest(self) -> int:
        """The highest number of any form in any week; 0 where nothing was going."""
        return max((number for numbers in self.counts.values() for number in numbers), default=0)

    def __bool__(self) -> bool:
        return self.highest > 0


def by_form(collaborations: CollaborationQuerySet) -> dict[CollaborationKind, int]:
    """How many of the confirmed among these have each form now, in the order of `CollaborationKind`, none left out; one statement."""
    rows = collaborations.confirmed().order_by().values("form").annotate(number=Count("pk", distinct=True))
    found = {row["form"]: row["number"] for row in rows}
    return {form: found.get(form, 0) for form in CollaborationKind}


def weekly(center_id: int, until: date, weeks: int = 12) -> Weekly:
    """The house's confirmed collaborations in each of the last ISO weeks, the last being the one that holds `until`; one statement."""
    last = clock.monday(until)
    mondays = tuple(last - timedelta(weeks=back) for back in reversed(range(weeks)))
    counts = {form: [0] * weeks for form in CollaborationKind}
    with connection.cursor() as cursor:
        cursor.execute(
            WEEKLY,
            {
                "center": center_id,
                "first": mondays[0],
                "weeks": list(mondays),
                "until": until,
                "confirmed": [state.value for state in CONFIRMED_STATES],
            },
        )
        for place, form, number in cursor.fetchall():
            counts[CollaborationKind(form)][place] = number
    return Weekly(mondays, {form: tuple(numbers) for form, numbers in counts.items()})
