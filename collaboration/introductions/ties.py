"""Neglected ties: actors near each other who share theme and target group and have never worked together (S1001-24, S1310-22, S1624-37).

Near is geographic and thematic (S1310-13): both in the house, or one there and one in a neighbouring house or a house of the same
housing area.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import get_language, gettext as _

from centers.enums import Weekday
from collaboration.enums import CONFIRMED_STATES
from collaboration.models import Introduction
from medborger.common import clock, phrases

RESTS = timedelta(weeks=8)
# "Ikke nu" holds for a year.
RESTS_AFTER_NOT_NOW = timedelta(weeks=52)
HOURS_OF = timedelta(weeks=8)

# The hours of the week in which an actor has had a room of the house, by the clock on its wall.
HOURS = """
    WITH hours AS (
        SELECT DISTINCT party.actor_id, extract(isodow FROM hour)::int AS weekday, extract(hour FROM hour)::int AS hour
        FROM bookings_bookingactor AS party
        JOIN bookings_booking AS booking ON booking.id = party.booking_id
            AND booking.center_id = %(center)s AND booking.state = 'confirmed'
            AND booking.starts_at >= %(hours_from)s AND booking.starts_at < %(now)s
        CROSS JOIN generate_series(
            date_trunc('hour', booking.starts_at AT TIME ZONE 'Europe/Copenhagen'),
            booking.ends_at AT TIME ZONE 'Europe/Copenhagen' - interval '1 second', interval '1 hour'
        ) AS hour
        WHERE %(only)s::bigint[] IS NULL OR party.actor_id = ANY(%(only)s)
    )
"""
CHOOSE = """
    , nearby AS (
        SELECT neighbour_id AS center_id FROM collaboration_neighbour WHERE center_id = %(center)s
        UNION
        SELECT other.id FROM centers_center AS own
        JOIN centers_center AS other ON other.housing_area = own.housing_area AND other.id <> own.id
        WHERE own.id = %(center)s AND own.housing_area <> ''
    ),
    -- Of a house nearby only those that show themselves: its staff's knowledge is not this house's.
    near AS (
        SELECT actor.id AS actor_id, bool_or(tie.center_id = %(center)s) AS is_here
        FROM actors_actor AS actor
        JOIN actors_affiliation AS tie ON tie.actor_id = actor.id
            AND tie.since <= %(today)s AND (tie.until IS NULL OR tie.until > %(today)s)
        LEFT JOIN nearby ON nearby.center_id = tie.center_id
        WHERE actor.retired_at IS NULL
          AND (tie.center_id = %(center)s OR (nearby.center_id IS NOT NULL AND actor.shown_publicly))
        GROUP BY actor.id
    ),
    themes AS (
        SELECT one.actor_id AS a, two.actor_id AS b, count(*) AS shared
        FROM actors_actor_themes AS one
        JOIN actors_actor_themes AS two ON two.theme_id = one.theme_id AND one.actor_id < two.actor_id
        JOIN near AS first ON first.actor_id = one.actor_id
        JOIN near AS second ON second.actor_id = two.actor_id AND (first.is_here OR second.is_here)
        GROUP BY one.actor_id, two.actor_id
    ),
    pairs AS (
        SELECT a, b, shared + (
            SELECT count(*) FROM actors_actor_target_groups AS one
            JOIN actors_actor_target_groups AS two ON two.targetgroup_id = one.targetgroup_id
            WHERE one.actor_id = a AND two.actor_id = b
        ) AS shared
        FROM themes
        WHERE EXISTS (
            SELECT FROM actors_actor_target_groups AS one
            JOIN actors_actor_target_groups AS two ON two.targetgroup_id = one.targetgroup_id
            WHERE one.actor_id = a AND two.actor_id = b
        )
        AND NOT EXISTS (
            SELECT FROM collaboration_collaborationactor AS one
            JOIN collaboration_collaborationactor AS two ON two.collaboration_id = one.collaboration_id
            JOIN collaboration_collaboration AS together ON together.id = one.collaboration_id
            WHERE one.actor_id = a AND two.actor_id = b AND together.state = ANY(%(confirmed)s)
        )
        AND NOT EXISTS (
            SELECT FROM bookings_bookingactor AS one
            JOIN bookings_bookingactor AS two ON two.booking_id = one.booking_id
            WHERE one.actor_id = a AND two.actor_id = b
        )
        AND NOT EXISTS (
            SELECT FROM collaboration_introduction AS before
            WHERE before.first_id = a AND before.second_id = b
              AND (before.week_starts_on BETWEEN %(rested)s AND %(rests)s OR before.dismissed_at > %(not_now)s)
        )
    )
    INSERT INTO collaboration_introduction (center_id, week_starts_on, first_id, second_id)
    SELECT %(center)s, %(monday)s, a, b
    FROM pairs
    JOIN near AS first ON first.actor_id = a
    JOIN near AS second ON second.actor_id = b
    LEFT JOIN (
        SELECT one.actor_id AS a, two.actor_id AS b, count(*) AS shared FROM hours AS one
        JOIN hours AS two ON two.weekday = one.weekday AND two.hour = one.hour AND one.actor_id < two.actor_id
        GROUP BY one.actor_id, two.actor_id
    ) AS meeting USING (a, b)
    WHERE NOT EXISTS (  -- spares the search when it is asked again; what holds is the unique key
        SELECT FROM collaboration_introduction AS named
        WHERE named.center_id = %(center)s AND named.week_starts_on = %(monday)s
    )
    ORDER BY meeting.shared IS NULL, (first.is_here AND second.is_here) DESC, pairs.shared DESC,
        meeting.shared DESC NULLS LAST, a, b
    LIMIT 1
    ON CONFLICT DO NOTHING
"""
WHY = """
    SELECT
        (SELECT array_agg(array[theme.name, theme.name_en] ORDER BY theme.position, theme.id)
         FROM actors_theme AS theme
         JOIN actors_actor_themes AS one ON one.theme_id = theme.id AND one.actor_id = %(first)s
         JOIN actors_actor_themes AS two ON two.theme_id = theme.id AND two.actor_id = %(second)s),
        (SELECT array_agg(array[grp.name, grp.name_en] ORDER BY grp.position, grp.id)
         FROM actors_targetgroup AS grp
         JOIN actors_actor_target_groups AS one ON one.targetgroup_id = grp.id AND one.actor_id = %(first)s
         JOIN actors_actor_target_groups AS two ON two.targetgroup_id = grp.id AND two.actor_id = %(second)s),
        (SELECT array_agg(DISTINCT one.weekday) FROM hours AS one
         JOIN hours AS two ON two.weekday = one.weekday AND two.hour = one.hour
         WHERE one.actor_id = %(first)s AND two.actor_id = %(second)s),
        (SELECT array_agg(tie.actor_id) FROM actors_affiliation AS tie
         WHERE tie.center_id = %(center)s AND tie.actor_id = ANY(%(only)s)
           AND tie.since <= %(today)s AND (tie.until IS NULL OR tie.until > %(today)s))
"""
COMMON = """
    SELECT actor.name FROM actors_actor AS actor
    JOIN collaboration_collaborationactor AS party ON party.actor_id = actor.id
    JOIN collaboration_collaboration AS together ON together.id = party.collaboration_id
        AND together.center_id = %(center)s AND together.state = ANY(%(confirmed)s)
    JOIN collaboration_collaborationactor AS other ON other.collaboration_id = together.id
        AND other.actor_id IN (%(first)s, %(second)s)
    WHERE actor.id NOT IN (%(first)s, %(second)s)
    GROUP BY actor.id HAVING count(DISTINCT other.actor_id) = 2
    ORDER BY count(DISTINCT together.id) DESC, actor.id LIMIT 1
"""


@dataclass(frozen=True)
class Why:
    """What two actors have in common, in the language of the moment. `weekdays`: ISO weekdays on which both have a room at the same
    hour; `both_here`: both belong to the house itself."""

    themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    weekdays: tuple[int, ...]
    both_here: bool

    def sentences(self) -> Iterator[str]:
        """A sentence each, the most telling first; none for what is no longer so."""
        if self.target_groups:
            yield _("De vil begge nå %(groups)s.") % {"groups": phrases.listed_inside(self.target_groups)}
        if self.themes:
            yield _("De arbejder begge med %(themes)s.") % {"themes": phrases.listed_inside(self.themes)}
        if self.weekdays:
            days = phrases.listed(Weekday(day - 1).in_words for day in self.weekdays[:3])
            yield _("De er i huset på samme tid: %(days)s.") % {"days": days}
        elif self.both_here:
            yield _("De bruger begge huset.")
        else:
            yield _("Den ene er her, den anden i et hus tæt på.")
        yield _("Så vidt vi ved, har de aldrig lavet noget sammen.")

    def __str__(self) -> str:
        return " ".join(self.sentences())


def insert(center_id: int, monday: date) -> None:
    """Name the week's tie, if there is one and the week has none; one statement. `monday` is the week's first day."""
    now = clock.now()
    parameters: dict[str, Any] = {
        "monday": monday,
        "rested": monday - RESTS,
        "rests": monday + RESTS,
        "not_now": now - RESTS_AFTER_NOT_NOW,
        "confirmed": [state.value for state in CONFIRMED_STATES],
        **_shared(center_id, None),
    }
    with connection.cursor() as cursor:
        cursor.execute(HOURS + CHOOSE, parameters)


def why(introduction: Introduction) -> Why:
    """What the two have in common as it is now; one statement."""
    pair = [introduction.first_id, introduction.second_id]
    parameters: dict[str, Any] = {"first": pair[0], "second": pair[1], **_shared(introduction.center_id, pair)}
    with connection.cursor() as cursor:
        cursor.execute(HOURS + WHY, parameters)
        themes, groups, weekdays, here = cursor.fetchone() or (None, None, None, None)
    return Why(_named(themes), _named(groups), tuple(weekdays or ()), len(set(here or ())) == len(pair))


def common(introduction: Introduction) -> str:
    """The actor that has worked with both in the house, if there is one; one statement."""
    parameters: dict[str, Any] = {
        "center": introduction.center_id,
        "first": introduction.first_id,
        "second": introduction.second_id,
        "confirmed": [state.value for state in CONFIRMED_STATES],
    }
    with connection.cursor() as cursor:
        cursor.execute(COMMON, parameters)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def message(introduction: Introduction, reasons: Why) -> str:
    """A ready text to both, to be edited before it is sent."""
    said = {
        "first": introduction.first.name,
        "second": introduction.second.name,
        "center": introduction.center.name,
        "groups": phrases.listed_inside(reasons.target_groups),
        "themes": phrases.listed_inside(reasons.themes),
    }
    shared = ""
    if reasons.target_groups and reasons.themes:
        shared = _("I vil begge nå %(groups)s, og I arbejder begge med %(themes)s.") % said
    paragraphs = (
        _("Kære %(first)s og %(second)s") % said,
        " ".join(filter(None, (shared, _("Så vidt vi ved, har I ikke lavet noget sammen endnu.") % said))),
        _("Skal vi ikke tage en kop kaffe sammen i %(center)s? Så kan I høre, hvad I hver især laver.") % said,
        _("Sig til i huset, hvornår det passer jer. Vi laver kaffen."),
        _("Venlig hilsen") + "\n" + said["center"],
    )
    return "\n\n".join(paragraphs)


def _shared(center_id: int, only: list[int] | None) -> dict[str, Any]:
    now = clock.now()
    return {"center": center_id, "today": clock.today(), "now": now, "hours_from": now - HOURS_OF, "only": only}


def _named(rows: list[list[str]] | None) -> tuple[str, ...]:
    english = get_language() == "en"
    return tuple(name_en if english else name for name, name_en in rows or ())
