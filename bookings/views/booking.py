"""The bookings of a house, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.council.rules.rulebook import RuleLine, rules_for
from actors.permissions import acts_in_house, staff
from actors.requests import HouseRequest
from bookings import extension_points
from bookings.actions.move import undoable
from bookings.booking_history import booked_by, history, just_done
from bookings.filters import BookingFilter, Shown
from bookings.forms.booking_form import ReasonForm
from bookings.ics import calendar_file
from bookings.models import Booking
from bookings.views.slot_pages import address, visible_booking
from bookings.visibility import Viewer
from medborger.common import clock
from medborger.common.pagination import page
from medborger.common.permissions import public, requires


@requires(acts_in_house | staff)
@require_safe
def bookings(request: HouseRequest) -> HttpResponse:
    """One's actors' bookings in the house; staff see all."""
    center, access = request.center, request.access
    rows = Booking.objects.visible_to(access, center.pk)
    if not access.is_staff_in(center.pk):
        rows = rows.of_person(access)
    chosen = BookingFilter(request.GET, rows, center)
    found = page(chosen.qs.with_parties(), request.GET, newest_first=chosen.newest_first)
    context = {"page": found, "chosen": chosen, "shown": Shown, "all_of_house": access.is_staff_in(center.pk)}
    return render(request, "bookings/bookings.html", context)


@public
@require_safe
def booking(request: HouseRequest, pk: int) -> HttpResponse:
    """The page of a booking, as much of it as the person may see."""
    return booking_page(request, visible_booking(request, pk))


@public
@require_safe
def calendar_entry(request: HouseRequest, pk: int) -> HttpResponse:
    """The booking as an .ics file."""
    found = visible_booking(request, pk)
    seen = Viewer.of(request.access, request.center.pk).sees_booking(found)
    url = request.build_absolute_uri(address(found))
    content = calendar_file(found, title=seen.title or _("Optaget"), actor=seen.actor, url=url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="booking-{found.pk}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def booking_page(
    request: HouseRequest, booking: Booking, *, status: int = 200, refused: str = "", reason: ReasonForm | None = None
) -> HttpResponse:
    """`refused` is why something that was asked for here did not happen; `reason` the form with its errors."""
    access = request.access
    viewer = Viewer.of(access, request.center.pk)
    seen = viewer.sees_booking(booking)
    mine = request.user.is_authenticated and booking.may_be_changed_by(access)
    owes_reason = viewer.staff and booking.outside_hours and not booking.hours_reason
    context = {
        "booking": booking,
        "seen": seen,
        "is_staff": viewer.staff,
        "partners": [actor for actor in booking.partners if viewer.tied or actor.shown_publicly],
        "leaving": [actor for actor in booking.partners if viewer.staff or actor.pk in viewer.actor_ids],
        "history": history(booking, viewer, seen) if viewer.tied or seen.own else [],
        "may_change": mine and booking.holds and booking.ends_at > clock.now(),
        "undo": undoable(booking) if mine else None,
        "just_done": just_done(booking, by=request.user.pk) if mine and not refused else "",
        "reason_form": reason or (ReasonForm() if owes_reason else None),
        "booked_by": booked_by(booking, viewer) if seen.booker else "",
        "rules": _house_rules(request, booking),
        "notice_url": _notice_url(booking) if viewer.staff and booking.starts_at <= clock.now() else "",
        "refused": refused,
    }
    context["panels"] = extension_points.panels(request, booking) if context["may_change"] else []
    return render(request, "bookings/booking.html", context, status=status)


def _house_rules(request: HouseRequest, booking: Booking) -> list[RuleLine]:
    """Those for its room at its time."""
    day = clock.local(booking.starts_at).date()
    return rules_for(
        hus=request.center.slug,
        center_id=request.center.pk,
        room_ids=[booking.room_id],
        day=day,
        start=clock.minute_of_day(booking.starts_at, day),
        end=clock.minute_of_day(booking.ends_at, day),
    )


def _notice_url(booking: Booking) -> str:
    """Where staff note that a house rule was not followed, with what the booking knows filled in."""
    known: dict[str, str | int] = {
        "aktoer": booking.holder.pk,
        "lokale": booking.room.slug,
        "tidspunkt": f"{clock.local(booking.starts_at):%Y-%m-%dT%H:%M}",
    }
    return f"{reverse('rule_notice_new', kwargs={'hus': booking.center.slug})}?{urlencode(known)}"
