"""When a demo is built, that it is the same everywhere, and the big one for measuring."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import override_settings

from actors.council.models import VoteEvent
from actors.meetings.models import AgendaItem, Participant
from actors.models import Duty, User
from bookings.models import Booking, BookingActor, Occupancy
from centers.models import Center
from collaboration.clashes.models import Clash
from collaboration.digests.models import Digest
from collaboration.models import Collaboration
from medborger.common import clock
from medborger.common.models import Audit, Message
from medborger.demo import big
from medborger.demo.build import Refused, build, mark
from medborger.demo.bulk import Progress
from medborger.demo.plan import HousePlan
from medborger.demo.year import falls_on
from tests.demo.conftest import quiet, rolled_back
from tests.moment import NOW, TODAY

ONE = ("kvarterhuset",)


@pytest.fixture
def meant_as_demo(db: None) -> Iterator[None]:
    with override_settings(DEMO=True):
        yield


def fingerprint() -> list[object]:
    """All that a demo says, without the ids."""
    parties = BookingActor.objects.values_list("booking__starts_at", "booking__room__slug", "actor__name", "part")
    return [
        sorted(
            Booking.objects.values_list(
                "room__slug", "starts_at", "title", "state", "persons", "booked_by__email", "created_at"
            )
        ),
        sorted(parties),
        sorted(Duty.objects.values_list("user__email", "starts_at")),
        sorted(User.objects.values_list("email", "name", "password"), key=str),
        sorted(Audit.objects.values_list("verb", "at", "person__email"), key=str),
        sorted(VoteEvent.objects.values_list("number", "kind", "seat__own_name", "choice", "capacity", "at"), key=str),
        sorted(Participant.objects.values_list("meeting__starts_at", "user__email", "answer", "present")),
        sorted(
            Collaboration.objects.values_list("title", "state", "form", "since", "created_at", "confirmed_at"), key=str
        ),
        sorted(Clash.objects.values_list("second__title", "state", "changed_at")),
        sorted(AgendaItem.objects.values_list("meeting__starts_at", "title", "minutes_saved_at"), key=str),
        sorted(Digest.objects.values_list("made_at", "recipient__email", "state"), key=str),
        sorted(Message.objects.values_list("recipient", "subject", "created_at")),
    ]


def build_one() -> list[object]:
    with rolled_back():
        build(say=quiet, slugs=ONE, now=NOW)
        return fingerprint()


@pytest.mark.django_db
def test_the_same_moment_gives_the_same_demo_whenever_it_is_built() -> None:
    first = build_one()
    with time_machine.travel(NOW + timedelta(days=1, hours=7)):
        assert build_one() == first


@pytest.mark.django_db
def test_a_database_that_is_not_meant_to_be_a_demo_is_left_alone() -> None:
    with pytest.raises(CommandError, match="MEDBORGER_DEMO is not 1"):
        call_command("demo")
    assert not Center.objects.exists()


def test_a_database_in_use_is_left_as_it_is(meant_as_demo: None, house: Center) -> None:
    with pytest.raises(CommandError, match="was not made by a demo"):
        call_command("demo")
    assert list(Center.objects.all()) == [house]


def test_a_database_in_use_is_passed_over_in_silence_when_asked_to(meant_as_demo: None, house: Center) -> None:
    out = StringIO()
    call_command("demo", if_empty=True, stdout=out)
    assert out.getvalue() == ""
    assert list(Center.objects.all()) == [house]


def test_a_demo_is_never_built_on_top_of_a_demo(meant_as_demo: None) -> None:
    mark(NOW)
    with pytest.raises(Refused, match="already there"):
        build(say=quiet, slugs=ONE, now=NOW)


def test_a_demo_that_fails_half_way_leaves_nothing_behind(meant_as_demo: None) -> None:
    with pytest.raises(FileNotFoundError):
        build(say=quiet, slugs=("kvarterhuset", "findes-ikke"), now=NOW)
    assert not Center.objects.exists()


@pytest.mark.parametrize("days", range(7))
def test_what_repeats_every_week_gives_way_to_nothing_but_what_comes_once_a_month(days: int) -> None:
    """A programme whose own weekly activities met each other would lose one of them in silence."""
    plan = HousePlan.read("foreningernes-hus")
    rooms = {room.slug: room for room in plan.rooms}
    day = TODAY + timedelta(days=days)
    taken: dict[str, list[tuple[int, int]]] = {}
    for repeat in plan.programme:
        if repeat.week.isdigit() or not falls_on(repeat, day):
            continue
        room = rooms[repeat.activity.room]
        start, end = repeat.start - room.setup, repeat.end + room.cleanup
        for leaf in plan.leaves[room.slug]:
            assert not [use for use in taken.get(leaf, []) if use[0] < end and use[1] > start], repeat
            taken.setdefault(leaf, []).append((start, end))


def test_a_big_installation_has_the_size_asked_for_and_a_full_current_week(meant_as_demo: None) -> None:
    big.build(
        big.Size(houses=2, rooms=5, bookings=4001),
        say=quiet,
        progress=lambda total: Progress(total, quiet, terminal=False),
    )
    monday = clock.monday(clock.today())
    first = Center.objects.get(slug="hus-1")
    this_week = Booking.objects.filter(
        center=first, starts_at__gte=clock.midnight(monday), starts_at__lt=clock.midnight(monday + timedelta(days=7))
    )
    assert (Center.objects.count(), first.rooms.count(), Booking.objects.count()) == (2, 5, 4001)
    assert (Occupancy.objects.count(), BookingActor.objects.count()) == (4001, 4001)
    assert this_week.count() == big.THIS_WEEK
    last = Booking.objects.latest("pk")
    made = Booking.objects.filter(center=first).latest("pk")
    again = Booking.objects.create(
        center=first, room=made.room, starts_at=made.starts_at, ends_at=made.ends_at, title="Ny", created_at=clock.now()
    )
    assert again.pk > last.pk


def test_more_bookings_than_the_rooms_can_hold_are_refused(meant_as_demo: None) -> None:
    with pytest.raises(CommandError, match="give more houses"):
        call_command("demo", houses=1, rooms=4, bookings=1_000_000)
    assert not Center.objects.exists()


def test_the_bar_moves_on_one_line_of_a_terminal_and_by_tenths_elsewhere() -> None:
    lines: list[str] = []
    bar = Progress(1000, lines.append, terminal=False)
    for _ in range(100):
        bar(10)
    assert lines == [f"  {percent:3d} %\n" for percent in range(10, 101, 10)]
    lines.clear()
    bar = Progress(4, lines.append, terminal=True)
    bar(2)
    bar(2)
    assert lines == [f"\r  {'█' * 12:<25}  50 %", f"\r  {'█' * 25} 100 %", "\n"]
