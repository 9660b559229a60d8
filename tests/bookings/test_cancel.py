"""Cancelling, undoing, stepping out as a partner."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from actors.models import Actor, Affiliation, User
from bookings import actions
from bookings.enums import BookingState
from bookings.models import Booking, Occupancy
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.forms import new_time
from tests.factories import ActorFactory, BookingFactory, MembershipFactory, UserFactory, close_room, slot, working_day
from tests.fixtures import access


@pytest.fixture
def booking(room: Room, association: Actor, member: User) -> Booking:
    return BookingFactory.create(room=room, actor=association, by=member)


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def post(browser: Client, booking: Booking, verb: str, **form: Any) -> Any:
    return browser.post(f"/foreningernes-hus/bookinger/{booking.pk}/{verb}/", form)


def test_the_page_says_what_cancelling_leads_to_and_changes_nothing(browser: Client, booking: Booking) -> None:
    html = browser.get(f"/foreningernes-hus/bookinger/{booking.pk}/aflys/").content.decode()

    assert "Det kan fortrydes i ti minutter" in html
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_cancelling_frees_the_room(browser: Client, booking: Booking) -> None:
    response = post(browser, booking, "aflys", version=1)

    booking.refresh_from_db()
    assert (response.status_code, booking.state) == (302, BookingState.CANCELLED)
    assert not Occupancy.objects.exists()
    assert "Fortryd aflysningen" in browser.get(response["Location"]).content.decode()


def test_cancelling_twice_is_told_that_it_is_over(browser: Client, booking: Booking) -> None:
    post(browser, booking, "aflys", version=1)
    response = post(browser, booking, "aflys", version=2)

    assert response.status_code == 409
    assert "Bookingen er forbi eller allerede aflyst." in response.content.decode()


def test_a_stale_cancellation_shows_the_booking_afresh(browser: Client, booking: Booking, member: User) -> None:
    actions.move(booking=booking, slot=slot(booking.room, 600, 660), version=1, by=access(member))
    response = post(browser, booking, "aflys", version=1)

    assert response.status_code == 409
    assert "kl. 10.00–11.00" in response.content.decode()
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_a_cancellation_is_undone(browser: Client, booking: Booking) -> None:
    post(browser, booking, "aflys", version=1)
    response = post(browser, booking, "fortryd")

    booking.refresh_from_db()
    assert (response.status_code, booking.state) == (302, BookingState.CONFIRMED)
    assert Occupancy.objects.filter(booking=booking).count() == 1


@pytest.fixture
def request_(booking: Booking) -> Booking:
    """A booking that waits five minutes more for its answer."""
    booking.state, booking.expires_at = BookingState.REQUESTED, clock.now() + timedelta(minutes=5)
    booking.save()
    return booking


def test_a_cancelled_request_that_is_undone_is_a_request_again(browser: Client, request_: Booking) -> None:
    expires_at = request_.expires_at
    post(browser, request_, "aflys", version=1)
    request_.refresh_from_db()
    assert (request_.state, request_.expires_at) == (BookingState.CANCELLED, None)

    assert post(browser, request_, "fortryd").status_code == 302
    request_.refresh_from_db()
    assert (request_.state, request_.expires_at) == (BookingState.REQUESTED, expires_at)


def test_a_request_whose_time_is_up_does_not_come_back(browser: Client, request_: Booking) -> None:
    post(browser, request_, "aflys", version=1)
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert post(browser, request_, "fortryd").status_code == 409


def test_moving_a_request_back_confirms_nothing(browser: Client, request_: Booking, member: User) -> None:
    actions.move(booking=request_, slot=slot(request_.room, 600, 660), version=1, by=access(member))
    assert post(browser, request_, "fortryd").status_code == 302
    request_.refresh_from_db()
    assert (request_.state, request_.starts_at) == (BookingState.REQUESTED, clock.at(working_day(), 18 * 60))


def test_a_move_is_undone(browser: Client, booking: Booking, member: User) -> None:
    actions.move(booking=booking, slot=slot(booking.room, 600, 660), version=1, by=access(member))
    assert post(browser, booking, "fortryd").status_code == 302

    booking.refresh_from_db()
    assert booking.starts_at == clock.at(working_day(), 18 * 60)
    assert post(browser, booking, "fortryd").status_code == 409


def test_nothing_is_undone_when_somebody_took_the_place(browser: Client, house: Center, booking: Booking) -> None:
    post(browser, booking, "aflys", version=1)
    BookingFactory.create(room=booking.room, actor=ActorFactory.create(house=house))
    response = post(browser, booking, "fortryd")

    assert response.status_code == 409
    assert "Det kan ikke fortrydes: Lokalet er optaget" in response.content.decode()
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


def test_after_ten_minutes_nothing_is_undone(browser: Client, booking: Booking, member: User) -> None:
    post(browser, booking, "aflys", version=1)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        browser.force_login(member)
        assert "Fortryd" not in browser.get(f"/foreningernes-hus/bookinger/{booking.pk}/").content.decode()
        assert post(browser, booking, "fortryd").status_code == 409


def test_a_booking_that_a_closure_cancelled_cannot_be_undone(browser: Client, booking: Booking, staff: User) -> None:
    wanted = slot(booking.room)
    actions.close(
        center=booking.center,
        rooms=[booking.room],
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        reason="Vandskade",
        on_clash="cancel",
        token=None,
        by=access(staff),
    )

    assert post(browser, booking, "fortryd").status_code == 409


def test_undoing_goes_through_all_the_rules_again(browser: Client, booking: Booking, staff: User) -> None:
    post(browser, booking, "aflys", version=1)
    close_room(booking.room, staff)
    response = post(browser, booking, "fortryd")

    assert response.status_code == 409
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


def test_an_actor_that_has_left_the_house_neither_moves_nor_restores(
    browser: Client, house: Center, booking: Booking, member: User, association: Actor
) -> None:
    MembershipFactory.create(user=member, actor=ActorFactory.create(house=house))
    Affiliation.objects.filter(actor=association).update(until=clock.today())
    moved = post(browser, booking, "flyt", **new_time(booking, "10.00", "11.00"))
    assert post(browser, booking, "aflys", version=1).status_code == 302

    assert (moved.status_code, post(browser, booking, "fortryd").status_code) == (422, 409)
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED


@pytest.mark.parametrize("verb", ["aflys", "fortryd"])
def test_only_its_own_actor_and_staff_may(client: Client, booking: Booking, house: Center, verb: str) -> None:
    client.force_login(UserFactory.create(member_of=ActorFactory.create(house=house)))

    assert post(client, booking, verb, version=1).status_code == 403


@pytest.mark.parametrize("verb", ["fortryd", "forlad", "grund"])
def test_an_address_that_only_acts_shows_no_page(browser: Client, booking: Booking, verb: str) -> None:
    assert browser.get(f"/foreningernes-hus/bookinger/{booking.pk}/{verb}/").status_code == 405


class TestPartner:
    """A partner is told, may leave, and cannot move the booking."""

    @pytest.fixture
    def partner(self, booking: Booking, house: Center) -> Actor:
        partner = ActorFactory.create(house=house)
        booking.parties.create(actor=partner, part="partner")
        return partner

    def test_it_steps_out(self, client: Client, booking: Booking, partner: Actor) -> None:
        client.force_login(UserFactory.create(member_of=partner))

        assert post(client, booking, "forlad", actor=partner.pk).status_code == 302
        assert booking.parties.count() == 1

    def test_nobody_else_steps_out_for_it(self, browser: Client, booking: Booking, partner: Actor) -> None:
        assert post(browser, booking, "forlad", actor=partner.pk).status_code == 403
        assert booking.parties.count() == 2

    def test_the_holder_cannot_step_out(self, browser: Client, booking: Booking, association: Actor) -> None:
        post(browser, booking, "forlad", actor=association.pk)

        assert booking.parties.count() == 1

    @pytest.mark.parametrize(("actor", "status"), [("", 422), ("x", 422), ("9" * 30, 422), ("999999", 404)])
    def test_an_actor_that_is_none(
        self, browser: Client, booking: Booking, partner: Actor, actor: str, status: int
    ) -> None:
        assert post(browser, booking, "forlad", actor=actor).status_code == status


def test_a_reason_with_a_personal_number_is_refused(client: Client, booking: Booking, staff: User) -> None:
    Booking.objects.update(outside_hours=True)
    client.force_login(staff)

    assert post(client, booking, "grund", hours_reason="010190-1234").status_code == 422
    booking.refresh_from_db()
    assert booking.hours_reason == ""


def test_only_staff_give_a_reason(browser: Client, booking: Booking) -> None:
    assert post(browser, booking, "grund", hours_reason="Fordi").status_code == 403
