"""Closing rooms or the house, and opening them again."""

from collections.abc import Collection

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.permissions import staff
from actors.requests import HouseRequest, redirect_in_house
from bookings import actions, errors
from bookings.enums import ClosureState
from bookings.forms.closure_form import ClosureForm
from bookings.models import Booking, Closure
from centers.models import Room
from medborger.common import clock
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt

PAST_SHOWN = 50


@requires(staff)
@posting
@require_http_methods(["GET", "HEAD", "POST"])
def closures(request: HouseRequest) -> HttpResponse:
    """The house's closures; a POST closes, after asking about the bookings it meets."""
    if request.method != "POST":
        return _page(request, ClosureForm(center=request.center))
    form = ClosureForm(request.POST, center=request.center)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    rooms = Room.objects.in_use().filter(center=request.center) if said["whole_house"] else said["rooms"]
    closure = attempt(
        form,
        actions.close,
        center=request.center,
        rooms=rooms,
        starts_at=said["from_at"],
        ends_at=said["to_at"],
        reason=said["reason"],
        on_clash=said["on_clash"] or "ask",
        token=said["token"],
        by=request.access,
    )
    if isinstance(form.refused, errors.ClosureMeetsBookings):
        return _page(request, form, status=409, met=form.refused.bookings)
    if closure is None:
        return _page(request, form, status=422)
    waits = closure.state == ClosureState.PLANNED
    return redirect_in_house(
        request,
        "closures",
        said=_("Lukningen begynder, når den sidste booking er forbi.") if waits else _("Lukningen er skrevet ind."),
    )


@requires(staff)
@posting
@require_POST
def reopen(request: HouseRequest, pk: int) -> HttpResponse:
    """Open what was closed, or drop a plan to close."""
    closure = get_object_or_404(Closure, center=request.center, pk=pk)
    actions.reopen(closure=closure, by=request.access)
    return redirect_in_house(request, "closures", said=_("Lukningen er fjernet. Lokalerne kan bookes igen."))


def _page(
    request: HouseRequest, form: ClosureForm, *, status: int = 200, met: Collection[Booking] = ()
) -> HttpResponse:
    all_of_house = Closure.objects.filter(center=request.center).prefetch_related("rooms")
    now = clock.now()
    active = all_of_house.active()
    context = {
        "form": form,
        "met": met,
        "in_force": active.filter(state=ClosureState.IN_FORCE, starts_at__lte=now),
        "coming": active.filter(state=ClosureState.IN_FORCE, starts_at__gt=now),
        "planned": active.filter(state=ClosureState.PLANNED),
        "past": all_of_house.exclude(pk__in=active.values("pk")).order_by("-ends_at", "-id")[:PAST_SHOWN],
    }
    return render(request, "bookings/closures.html", context, status=status)
