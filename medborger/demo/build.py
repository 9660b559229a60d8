"""Building the demo, and whether this database may become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from actors.meetings import actions as meetings
from actors.models import Actor, User
from bookings.calendar import calendar_version
from centers.models import Center
from collaboration.models import Collaboration
from medborger.common import clock
from medborger.common.messaging import outbox
from medborger.common.models import Installation
from medborger.demo import logins
from medborger.demo.collaboration import clashing_events, forum_meetings, logged_year, weekly_digests
from medborger.demo.collaboration.collaboration_timeline import CollaborationTimeline
from medborger.demo.council import boards, council_meetings, husraad
from medborger.demo.council.council_timeline import CouncilTimeline
from medborger.demo.house_people import write_people
from medborger.demo.houses import House, Words, raise_house
from medborger.demo.plan import HousePlan
from medborger.demo.year_of_bookings import Calendar

SEED = "medborger"

Say = Callable[[str], None]

# The file of texts and what the council did; Hedemarken has no council.
COUNCILS: dict[str, tuple[str, Callable[[CouncilTimeline], None]]] = {
    "foreningernes-hus": ("husraad", husraad.build),
    "kvarterhuset": ("kvarterhusledelsen", boards.build_kvarterhusledelsen),
    "sundhedshuset": ("lejerforeningen", boards.build_lejerforeningen),
}


class Refused(Exception):
    """This database does not become a demo; the message says why."""


def is_empty() -> bool:
    """Whether nobody and nothing has moved in yet."""
    return not any(model._default_manager.exists() for model in (Installation, Center, User, Actor))


def refuse_foreign() -> None:
    """Raise Refused unless the database is empty and the installation is meant to be a demo."""
    if not settings.DEMO:
        raise Refused("MEDBORGER_DEMO is not 1: this installation is not meant to be a demo.")
    if is_empty():
        return
    if Installation.objects.filter(is_demo=True).exists():
        raise Refused("The demo is already there. It is only ever built in an empty database.")
    raise Refused("This database is in use and was not made by a demo: it is left as it is.")


@transaction.atomic
def build(*, say: Say, slugs: Sequence[str] = logins.HOUSES, seed: str = SEED, now: datetime | None = None) -> None:
    """The houses as they have lived until `now`, an instant (default: the clock's), or nothing at all. Raises Refused."""
    refuse_foreign()
    lift_limits()
    now = now or clock.now()
    with clock.as_if(now):
        _build(say, slugs, seed, now)


def _build(say: Say, slugs: Sequence[str], seed: str, now: datetime) -> None:
    today = clock.local(now).date()
    known, actors = Words.write(), dict[str, Actor]()
    houses = [raise_house(HousePlan.read(slug), known, actors, today) for slug in slugs]
    say(f"  {len(houses)} houses with {sum(len(house.rooms) for house in houses)} rooms, and {len(actors)} actors")
    write_people(houses, seed, today)
    say(f"  {User.objects.count()} people")
    for house in houses:
        number = Calendar(house, known, seed, now).write()
        calendar_version.bump(house.center.pk)
        say(f"  {house.center}: {number} bookings")
        if house.plan.slug in COUNCILS:
            say(f"  {house.center}: {_build_council(house, seed, now)}")
    _take_stock()
    for house in houses:
        _build_collaborations(house, known, seed, now)
        say(f"  {house.center}: {Collaboration.objects.confirmed().filter(center=house.center).count()} collaborations")
    _remind(now)
    mark(now)


def _remind(now: datetime) -> None:
    """Whoever has a task was reminded of it when it was time: the first sweep has nothing of weeks ago to tell."""
    with clock.as_if(clock.at(clock.local(now).date() - timedelta(days=1), 12 * 60)), outbox.unsent():
        meetings.remind_due()


def lift_limits() -> None:
    """A page that takes seconds is broken; building a year is not."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")


def _take_stock() -> None:
    """Tables that were empty a moment ago: PostgreSQL is told what is in them, or it goes through all of a calendar for each row."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def mark(now: datetime) -> None:
    """From here on the demo's log-ins work, and nothing real can move in."""
    Installation.objects.create(is_demo=True, created_at=now)


def _build_council(house: House, seed: str, now: datetime) -> str:
    """Give the house its council with all that it has done until yesterday; its name."""
    texts, act = COUNCILS[house.plan.slug]
    timeline = CouncilTimeline(house, texts, seed, now)
    act(timeline)
    if "meetings" in timeline.texts:
        council_meetings.coming(timeline)
    calendar_version.bump(house.center.pk)
    return timeline.council.name


def _build_collaborations(house: House, known: Words, seed: str, now: datetime) -> None:
    """Run all parts together in the order of time: a digest says what had happened by then."""
    timeline = CollaborationTimeline(house, house.plan.slug, seed, now, known)
    for part in (logged_year, clashing_events, forum_meetings, weekly_digests):
        part.schedule(timeline)
    timeline.run()
