"""What the booking pages have in common."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from actors.council.rules.rulebook import RuleLine, rules_for
from actors.requests import HouseRequest
from bookings.about_room import about
from bookings.alternatives import DAYS_AHEAD, Search
from bookings.conflict_page import ConflictPanel, taken
from bookings.errors import RoomTaken
from bookings.forms.slot_form import SlotForm
from bookings.models import Booking
from bookings.rules import Slot
from centers.hours import Hours
from centers.models import Room
from medborger.common import clock


def address(booking: Booking, name: str = "booking") -> str:
    """The path of a booking's page, or of one of the pages under it."""
    return reverse(name, kwargs={"hus": booking.center.slug, "pk": booking.pk})


def visible_booking(request: HouseRequest, pk: int) -> Booking:
    """The booking, if the person may open its page. Raises Http404."""
    bookings = Booking.objects.visible_to(request.access, request.center.pk).with_parties().select_related("booked_by")
    booking = get_object_or_404(bookings, pk=pk)
    booking.center = request.center
    return booking


def hours_around(request: HouseRequest, day: date) -> Hours:
    """The house's hours from that day on, as far as alternatives are looked for; the page's header reads the same."""
    request.hours = Hours.reaching(request.center, day, day + timedelta(days=DAYS_AHEAD))
    return request.hours


def taken_instead(
    request: HouseRequest,
    wish: Slot,
    error: RoomTaken,
    *,
    actor_ids: Collection[int],
    persons: int | None,
    booking: Booking | None = None,
) -> ConflictPanel:
    """What has the room, and what is free instead for these actors; `booking` is the one to be moved."""
    hours = hours_around(request, wish.day)
    staff = request.access.is_staff_in(request.center.pk)
    outside = staff and not hours.on(wish.day).covers(wish.start, wish.end)
    search = Search(
        center=request.center,
        hours=hours,
        by=request.access,
        actor_ids=actor_ids,
        persons=persons,
        outside_hours=outside,
        except_booking=booking,
    )
    return taken(wish, error, search)


def slot_page(
    request: HouseRequest, template: str, form: SlotForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page with a form for room and time, and what is good to know about the room."""
    room = form.chosen_room
    about_room = {"room": room, "facts": about(room), "rules": house_rules(request, room, form)} if room else {}
    return render(request, template, {"form": form, **about_room, **context}, status=status)


def house_rules(request: HouseRequest, room: Room, form: SlotForm) -> list[RuleLine]:
    """The house rules for the room at the time in the form, as much of it as is understood yet; today's without a date. One statement."""
    said = {**form.initial, **getattr(form, "cleaned_data", {})}
    day, start, end = said.get("date"), said.get("start"), said.get("end")
    return rules_for(
        hus=request.center.slug,
        center_id=request.center.pk,
        room_ids=[room.pk],
        day=day if isinstance(day, date) else clock.today(),
        start=start if isinstance(start, int) else 0,
        end=end if isinstance(end, int) else clock.MINUTES_A_DAY,
    )
