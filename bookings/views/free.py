"""Find a free room."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actors.requests import HouseRequest
from bookings import rules
from bookings.alternatives import Search, free_rooms, nearest
from bookings.forms.search_form import FreeForm
from bookings.rules import Slot
from bookings.views.slot_pages import hours_around
from centers.models import Room
from medborger.common import phrases
from medborger.common.errors import DomainError
from medborger.common.limits import limited
from medborger.common.permissions import public


@public
@limited("search", "60/m")
@require_safe
def free(request: HouseRequest) -> HttpResponse:
    """The rooms that are free at a time and offer what is asked for; without any, the nearest times that day."""
    asked = bool(request.GET)
    form = FreeForm(request.GET if asked else None, center=request.center)
    context = {"form": form, "asked": asked, **(_found(request, form) if asked and form.is_valid() else {})}
    return render(request, "bookings/free.html", context)


def _found(request: HouseRequest, form: FreeForm) -> dict[str, Any]:
    said, access = form.cleaned_data, request.access
    day, start, end = said["dato"], said["fra"], said["til"]
    search = Search(
        center=request.center,
        hours=hours_around(request, day),
        by=access,
        actor_ids=access.actors_in(request.center.pk),
        persons=said["pladser"],
        facilities=[facility.slug for facility in said["facilitet"]],
        outside_hours=access.is_staff_in(request.center.pk),
    )
    anywhere = Slot(Room(), day, start, end)
    try:
        rules.check_time(anywhere, request.center)
        rules.check_hours(anywhere, search)
    except DomainError as error:
        form.refuse(error)
        return {}
    when_searched = {"day": phrases.day_words(day), "hours": f"{phrases.clock_text(start)}–{phrases.clock_text(end)}"}
    rooms = free_rooms(search, day, start, end).prefetch_related("facilities")
    found = [_row(Slot(room, day, start, end)) for room in rooms]
    instead = [] if found else [_row(slot) for slot in nearest(search, day, start, end)]
    return {"searched": when_searched, "found": found, "nearest": instead}


def _row(slot: Slot) -> dict[str, Any]:
    """A room with its time, and the address of the form that books it."""
    query = {
        "lokale": slot.room.slug,
        "dato": slot.day.isoformat(),
        "fra": phrases.clock_text(slot.start),
        "til": phrases.clock_text(slot.end),
    }
    return {
        "room": slot.room,
        "hours": f"{phrases.clock_text(slot.start)}–{phrases.clock_text(slot.end)}",
        "query": urlencode(query),
    }
