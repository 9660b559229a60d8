"""Changing a booking: move, cancel, undo, step out, say why."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import Actor
from actors.permissions import logged_in
from actors.requests import HouseRequest
from bookings import actions, errors
from bookings.booking_history import last_change
from bookings.conflict_page import ConflictPanel
from bookings.forms.booking_form import CancelForm, LeaveForm, MoveForm, ReasonForm
from bookings.models import Booking
from bookings.views.booking import booking_page
from bookings.views.slot_pages import address, slot_page, taken_instead, visible_booking
from bookings.visibility import Viewer
from medborger.common import clock
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, refused_on

PAGE_OR_POST = ["GET", "HEAD", "POST"]


def _refused(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    return booking_page(request, visible_booking(request, pk), status=status, refused=refused)


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(_refused)
def move(request: HouseRequest, pk: int) -> HttpResponse:
    """The form, and its POST. The calendar's script posts here too and reads what to say, and where to go on."""
    booking = _changeable(request, pk)
    if request.method == "POST":
        return _move(request, booking)
    if booking.ends_at <= clock.now() or not booking.holds:
        raise errors.BookingOver
    return _move_page(request, booking, _move_form(request, booking))


def _move(request: HouseRequest, booking: Booking) -> HttpResponse:
    form = MoveForm(request.POST, center=request.center, access=request.access)
    if not form.is_valid():
        form.require_own_room()
        return _move_page(request, booking, form, status=422)
    slot = form.slot()
    said = {"slot": slot, "version": form.cleaned_data["version"], "by": request.access}
    try:
        moved = attempt(form, actions.move, booking=booking, **said)
    except Stale:
        fresh = visible_booking(request, booking.pk)
        return _move_page(request, fresh, _move_form(request, fresh), status=409, refused=_stale(request, fresh))
    if isinstance(form.refused, errors.RoomTaken):
        holders, persons = [booking.holder.pk], booking.persons
        taken = taken_instead(request, slot, form.refused, actor_ids=holders, persons=persons, booking=booking)
        return _move_page(request, booking, form, status=409, taken=taken)
    if moved is None:
        return _move_page(request, booking, form, status=422)
    if _wants_json(request):
        onward = {"url": address(booking), "text": _("Se den, eller fortryd")}
        return JsonResponse({"message": _("Bookingen er flyttet."), "link": onward, "version": moved.version})
    return redirect(address(booking))


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
@refused_on(_refused)
def cancel(request: HouseRequest, pk: int) -> HttpResponse:
    """What cancelling leads to, and the POST that does it."""
    booking = _changeable(request, pk)
    if request.method != "POST":
        return _cancel_page(request, booking)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _cancel_page(request, booking, status=422)
    try:
        actions.cancel(booking=booking, version=form.cleaned_data["version"], by=request.access)
    except Stale:
        fresh = visible_booking(request, booking.pk)
        return _cancel_page(request, fresh, status=409, refused=_stale(request, fresh))
    return redirect(address(booking))


def _not_undone(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    said = _("Det kan ikke fortrydes: %(why)s") % {"why": refused}
    return booking_page(request, visible_booking(request, pk), status=status, refused=said)


@requires(logged_in)
@posting
@require_POST
@refused_on(_not_undone)
def undo(request: HouseRequest, pk: int) -> HttpResponse:
    """Take back the last move or cancellation."""
    booking = _changeable(request, pk)
    try:
        actions.undo(booking=booking, by=request.access)
    except errors.NothingToUndo as error:
        return _refused(request, pk, refused=str(error), status=error.status)
    return redirect(address(booking))


@requires(logged_in)
@posting
@require_POST
def leave(request: HouseRequest, pk: int) -> HttpResponse:
    """A partner steps out of a booking."""
    booking = visible_booking(request, pk)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return booking_page(request, booking, status=422, refused=_("Sig, hvem der trækker sig."))
    partner = get_object_or_404(Actor, pk=form.cleaned_data["actor"], parties__booking=booking)
    actions.leave(booking=booking, actor=partner, by=request.access)
    return redirect(address(booking))


@requires(logged_in)
@posting
@require_POST
def reason(request: HouseRequest, pk: int) -> HttpResponse:
    """Say afterwards why a booking lies outside the opening hours."""
    booking = visible_booking(request, pk)
    form = ReasonForm(request.POST)
    if not request.access.is_staff_in(booking.center_id):
        raise PermissionDenied
    if not form.is_valid():
        return booking_page(request, booking, status=422, reason=form)
    actions.give_reason(booking=booking, reason=form.cleaned_data["hours_reason"], by=request.access)
    return redirect(address(booking))


def _changeable(request: HouseRequest, pk: int) -> Booking:
    """The booking, if the person may move and cancel it. Raises Http404 where it is hidden, else PermissionDenied."""
    booking = visible_booking(request, pk)
    if not booking.may_be_changed_by(request.access):
        raise PermissionDenied
    return booking


def _move_form(request: HouseRequest, booking: Booking) -> MoveForm:
    """Where it is now, or where the link that led here would have it."""
    day = clock.local(booking.starts_at).date()
    initial = {
        "room": booking.room,
        "date": day,
        "start": clock.minute_of_day(booking.starts_at, day),
        "end": clock.minute_of_day(booking.ends_at, day),
        "version": booking.version,
    }
    form = MoveForm(center=request.center, access=request.access, initial=initial)
    form.chosen_room = booking.room
    form.prefill(request.GET)
    return form


def _move_page(
    request: HouseRequest,
    booking: Booking,
    form: MoveForm,
    *,
    status: int = 200,
    taken: ConflictPanel | None = None,
    refused: str = "",
) -> HttpResponse:
    if status != 200 and _wants_json(request):
        onward = {"url": address(booking, "booking_move"), "text": _("Vælg en anden tid")}
        return JsonResponse({"message": refused or _in_one_line(form, taken), "link": onward}, status=status)
    context = {"booking": booking, "taken": taken, "refused": refused}
    return slot_page(request, "bookings/move.html", form, status=status, **context)


def _in_one_line(form: MoveForm, taken: ConflictPanel | None) -> str:
    """A refusal as the calendar says it aloud."""
    if taken is not None:
        offers = [{"what": offer.what, "details": offer.details} for offer in taken.offers[:1]]
        instead = [_("Ledigt i stedet: %(what)s, %(details)s.") % offer for offer in offers]
        return " ".join([f"{taken.heading}.", *taken.reasons, *instead])
    return " ".join(str(error) for said in form.errors.values() for error in said)


def _cancel_page(request: HouseRequest, booking: Booking, *, status: int = 200, refused: str = "") -> HttpResponse:
    if not booking.holds or booking.ends_at <= clock.now():
        raise errors.BookingOver
    form = CancelForm(initial={"version": booking.version})
    context = {"booking": booking, "form": form, "url": address(booking, "booking_cancel"), "refused": refused}
    return render(request, "bookings/cancel.html", context, status=status)


def _stale(request: HouseRequest, booking: Booking) -> str:
    viewer = Viewer.of(request.access, request.center.pk)
    change = last_change(booking, viewer)
    if change is None or not change.who:
        return str(Stale.message)
    return _("Bookingen er ændret af %(who)s %(at)s. Her er den, som den ser ud nu.") % {
        "who": change.who,
        "at": change.at,
    }


def _wants_json(request: HouseRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
