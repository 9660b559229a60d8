"""What the four houses are like, whatever the day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db.models import Count, F, Q
from django.test import override_settings

from actors.enums import ActorKind, Role
from actors.models import Actor, CenterRole, Duty, Membership, User
from bookings.enums import ACTIVE_STATES, BookingEvent, BookingState, ClosureState
from bookings.models import Booking, Closure, Occupancy
from centers.hours import Hours
from centers.models import Center, Room
from medborger import settings as real
from medborger.common import clock
from medborger.common.models import Audit, Installation
from medborger.demo import logins
from medborger.demo.year import AHEAD, BACK, gaps
from tests.demo.conftest import DEMO

pytestmark = DEMO


def test_the_installation_is_marked_as_a_demo() -> None:
    assert Installation.objects.get().is_demo
    assert list(Center.objects.order_by("slug").values_list("slug", flat=True)) == sorted(logins.HOUSES)


def test_every_login_of_the_list_opens_with_the_password_and_has_its_role() -> None:
    addresses = {login.address for login in logins.logins()}
    people = {
        user.email or user.phone: user for user in User.objects.filter(Q(email__in=addresses) | Q(phone__in=addresses))
    }
    assert set(people) == addresses
    assert {user.password for user in people.values()} == {people[logins.ADMIN].password}
    with override_settings(PASSWORD_HASHERS=[*real.PASSWORD_HASHERS, *settings.PASSWORD_HASHERS]):
        assert check_password(logins.PASSWORD, people[logins.ADMIN].password)
    managers = CenterRole.objects.filter(role=Role.MANAGER).values_list("user__email", "center__slug")
    assert sorted(managers) == sorted((f"leder@{slug}.example", slug) for slug in logins.HOUSES)
    assert Membership.objects.filter(user=people[logins.PHONE]).exists()


def test_every_holding_booking_holds_the_leaves_of_its_room_and_no_other_holds_any() -> None:
    parts = dict(Room.objects.annotate(number=Count("parts")).values_list("pk", "number"))
    for room_id, state, held in Booking.objects.annotate(held=Count("occupancies")).values_list(
        "room_id", "state", "held"
    ):
        assert held == (max(1, parts[room_id]) if state in ACTIVE_STATES else 0)


def test_nothing_is_outside_opening_hours_above_capacity_or_off_the_quarter() -> None:
    for center in Center.objects.all():
        hours = Hours(center, clock.today() - BACK - timedelta(days=7), clock.today() + AHEAD)
        for booking in Booking.objects.filter(center=center):
            day = clock.local(booking.starts_at).date()
            start, end = clock.minute_of_day(booking.starts_at, day), clock.minute_of_day(booking.ends_at, day)
            assert hours.on(day).covers(start, end), booking
            assert (start % 15, end % 15) == (0, 0)
    assert not Booking.objects.filter(persons__gt=F("room__capacity")).exists()


@pytest.mark.parametrize("slug", logins.HOUSES)
def test_something_is_on_in_every_open_minute_of_the_coming_months(slug: str) -> None:
    center = Center.objects.get(slug=slug)
    hours = Hours(center, clock.today(), clock.today() + AHEAD)
    for ahead in range(AHEAD.days):
        day = clock.today() + timedelta(days=ahead)
        of_day = clock.midnight(day), clock.midnight(day + timedelta(days=1))
        on = center.bookings.filter(state=BookingState.CONFIRMED, starts_at__range=of_day)
        running = [(clock.minute_of_day(b.starts_at, day), clock.minute_of_day(b.ends_at, day)) for b in on]
        assert list(gaps(hours.on(day), running)) == []


def test_foreningernes_hus_has_some_sixty_associations_and_hundred_and_twenty_activities_a_month() -> None:
    house = Center.objects.get(slug="foreningernes-hus")
    assert 55 <= Actor.objects.in_house(house.pk).filter(kind=ActorKind.ASSOCIATION).count() <= 65
    months: Counter[date] = Counter()
    for starts_at in Booking.objects.filter(center=house).open_to_public().values_list("starts_at", flat=True):
        months[clock.local(starts_at).date().replace(day=1)] += 1
    whole = {
        month: number
        for month, number in months.items()
        if clock.today() - BACK < month <= (clock.today() + AHEAD).replace(day=1) - timedelta(days=1)
        and month.month != 7
    }
    assert 110 <= sum(whole.values()) / len(whole) <= 130
    assert all(95 <= number <= 150 for number in whole.values())


def test_the_year_holds_cancelled_and_expired_bookings_and_closures_of_both_kinds() -> None:
    states = set(Booking.objects.values_list("state", flat=True))
    assert states == {BookingState.CONFIRMED, BookingState.CANCELLED, BookingState.EXPIRED}
    now = clock.now()
    for center in Center.objects.all():
        closures = Closure.objects.filter(center=center)
        assert closures.filter(state=ClosureState.IN_FORCE, starts_at__lte=now, ends_at__gt=now).count() == 1
        assert closures.filter(state=ClosureState.PLANNED, starts_at__gt=now).count() == 1
    assert Occupancy.objects.filter(is_closure=True).exists()


def test_what_was_done_lately_is_in_the_audit_trail_and_nothing_is_from_the_future() -> None:
    now, midnight = clock.now(), clock.midnight(clock.today())
    coming = Booking.objects.filter(starts_at__gte=midnight)
    assert Audit.objects.filter(verb=BookingEvent.BOOKED, subject_id__in=coming.values("pk")).count() == coming.count()
    assert not Audit.objects.filter(at__gt=now).exists()
    assert not Booking.objects.filter(created_at__gt=now).exists()
    assert not Booking.objects.filter(created_at__gte=F("starts_at")).exists()


def test_somebody_is_at_the_desk_in_every_staffed_hour() -> None:
    for center in Center.objects.all():
        hours = Hours(center, clock.today(), clock.today() + timedelta(days=14))
        for ahead in range(14):
            day = clock.today() + timedelta(days=ahead)
            for interval in hours.on(day).intervals:
                if interval.staffed:
                    middle = clock.at(day, (interval.opens + interval.closes) // 2)
                    assert Duty.objects.filter(center=center, starts_at__lte=middle, ends_at__gt=middle).count() == 1


def test_closed_is_the_audience_of_most_bookings_and_a_walk_in_is_never_closed() -> None:
    by_audience = Counter(Booking.objects.filter(center__slug="foreningernes-hus").values_list("audience", flat=True))
    assert by_audience["closed"] > by_audience["everyone"] > by_audience["residents"] > 0
    assert not Booking.objects.filter(audience="closed", drop_in=True).exists()
