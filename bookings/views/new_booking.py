"""Booking a room: the form, its live hint, and what is free instead."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.permissions import acts_in_house, staff
from actors.requests import HouseRequest
from bookings import actions, errors, extension_points
from bookings.about_room import about
from bookings.availability import blocked_span, in_the_way
from bookings.conflict_page import who_until
from bookings.extension_points import Plan
from bookings.forms.booking_form import BookingForm, HintForm
from bookings.models import Booking
from bookings.rules import SlotContext, check_slot
from bookings.views.slot_pages import address, house_rules, slot_page, taken_instead
from bookings.visibility import Viewer
from centers.hours import Hours
from centers.models import Room
from medborger.common.errors import DomainError
from medborger.common.limits import limited, posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt

TEMPLATE = "bookings/book.html"


@requires(acts_in_house | staff)
@posting
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HouseRequest) -> HttpResponse:
    """The form, filled in by the link that led here; a POST books."""
    if request.method == "POST":
        return _book(request, BookingForm(request.POST, center=request.center, access=request.access))
    form = BookingForm(center=request.center, access=request.access)
    form.prefill(request.GET)
    return slot_page(request, TEMPLATE, form)


def _book(request: HouseRequest, form: BookingForm) -> HttpResponse:
    if not form.is_valid():
        form.require_own_room()
        return slot_page(request, TEMPLATE, form, status=422)
    data = form.booking_data()
    if booking := attempt(form, actions.book, center=request.center, data=data, by=request.access):
        return redirect(address(booking))
    if not isinstance(form.refused, errors.RoomTaken):
        return slot_page(request, TEMPLATE, form, status=422)
    taken = taken_instead(request, data.slot, form.refused, actor_ids=[data.actor.pk], persons=data.persons)
    return slot_page(request, TEMPLATE, form, status=409, taken=taken)


@requires(acts_in_house | staff)
@limited("hint", "240/m")
@require_safe
def hint(request: HouseRequest) -> HttpResponse:
    """What the form says while it is written: free or taken by the very query that books, and the rules of the house."""
    form = HintForm(request.GET, center=request.center, access=request.access)
    complete = form.is_valid()
    form.require_own_room()
    room = form.chosen_room
    if room is None:
        return HttpResponse(status=204)
    moved = _moved(request, form.cleaned_data["booking"]) if complete else None
    says, free = _says(request, form, moved) if complete else ("", False)
    context = {"room": room, "facts": about(room), "rules": house_rules(request, room, form)}
    context |= {"says": says, "free": free, "beside": _beside(request, form, moved) if free else []}
    return render(request, "bookings/hint.html", context)


def _says(request: HouseRequest, form: HintForm, moved: Booking | None) -> tuple[str, bool]:
    """The sentence, and whether it is good news."""
    wish, access, persons = form.slot(), request.access, form.cleaned_data["persons"]
    hours = Hours(request.center, wish.day, wish.day)
    context = SlotContext(request.center, hours, access, access.actors_in(request.center.pk), persons)
    try:
        outside = check_slot(wish, context)
    except DomainError as error:
        return str(error.message), False
    leaves = Room.objects.in_use().leaves_of(wish.room)
    if met := in_the_way(leaves, blocked_span(wish.room, *wish.span), except_booking=moved):
        viewer = Viewer.of(access, request.center.pk)
        return _("Optaget: %(who)s") % {"who": who_until(wish, met, viewer)}, False
    return (_("Ledigt, men uden for åbningstiden.") if outside else _("Ledigt")), True


def _beside(request: HouseRequest, form: HintForm, moved: Booking | None) -> list[str]:
    """Hints of other apps about an event at that time; none for one that is neither open nor announced."""
    plan = Plan.of(moved, form.slot().span) if moved and moved.is_event else form.plan()
    return list(extension_points.lines(plan, request.access)) if plan else []


def _moved(request: HouseRequest, pk: int | None) -> Booking | None:
    """The booking that the move form moves: it is not in its own way."""
    if pk is None:
        return None
    return Booking.objects.visible_to(request.access, request.center.pk).filter(pk=pk).first()
