"""Pages of the agenda: add, change, move and remove items."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.meetings import actions
from actors.meetings.agenda.agenda_outline import agenda_lines, overrun
from actors.meetings.agenda.agenda_suggestions import suggestions
from actors.meetings.enums import Direction
from actors.meetings.forms import ItemForm, MoveForm, SubjectForm
from actors.meetings.meeting_access import PAGE_OR_POST, address, item_of, meeting_to_convene
from actors.meetings.models import AgendaItem, Meeting
from actors.permissions import logged_in
from actors.requests import HouseRequest
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, refused_on


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
def agenda(request: HouseRequest, pk: int) -> HttpResponse:
    """Show the agenda with its times and suggestions; a POST adds an item."""
    meeting = meeting_to_convene(request, pk)
    if request.method != "POST":
        return _agenda_page(request, meeting)
    form = ItemForm.new(request.POST, center=request.center)
    if form.is_valid():
        added = attempt(form, actions.add, meeting=meeting, data=form.to_data(), by=request.access)
        if added:
            return redirect(address(meeting, "meeting_agenda"))
    return _agenda_page(request, meeting, form=form, status=422)


def _refused(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    return _agenda_page(request, meeting_to_convene(request, pk), refused=refused, status=status)


@requires(logged_in)
@posting
@require_POST
@refused_on(_refused)
def take_up(request: HouseRequest, pk: int) -> HttpResponse:
    """Add a suggestion to the agenda."""
    meeting = meeting_to_convene(request, pk)
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return _agenda_page(request, meeting, status=422)
    suggestion = next(
        (suggestion for suggestion in suggestions(meeting) if suggestion.key == form.cleaned_data["subject"]), None
    )
    if suggestion is None:
        return _agenda_page(request, meeting, status=409, refused=_("Det står ikke til at sætte på længere."))
    actions.add(meeting=meeting, data=suggestion.data, carried_from=suggestion.carried, by=request.access)
    return redirect(address(meeting, "meeting_agenda"))


@requires(logged_in)
@posting
@require_http_methods(PAGE_OR_POST)
def item(request: HouseRequest, pk: int, item: int) -> HttpResponse:
    """Change an item."""
    meeting = meeting_to_convene(request, pk)
    found = item_of(meeting, item)
    form = ItemForm.of(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _item_page(request, found, form)
    if form.is_valid():
        said = {"data": form.to_data(), "version": form.cleaned_data["version"], "by": request.access}
        try:
            if attempt(form, actions.change_item, item=found, **said):
                return redirect(address(meeting, "meeting_agenda"))
        except Stale as error:
            return _item_page(request, found, _on_top_of(error.current, form), saved=error.current)
    return _item_page(request, found, form, status=422)


@requires(logged_in)
@posting
@require_POST
@refused_on(_refused)
def move(request: HouseRequest, pk: int, item: int) -> HttpResponse:
    """Move an item one place up or down."""
    meeting = meeting_to_convene(request, pk)
    found = item_of(meeting, item)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _agenda_page(request, meeting, status=422)
    direction = Direction(form.cleaned_data["direction"])
    actions.move(item=found, direction=direction, by=request.access)
    return redirect(address(meeting, "meeting_agenda"))


@requires(logged_in)
@posting
@require_POST
@refused_on(_refused)
def remove(request: HouseRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off the agenda."""
    meeting = meeting_to_convene(request, pk)
    found = item_of(meeting, item)
    actions.remove(item=found, by=request.access)
    return redirect(address(meeting, "meeting_agenda"))


def _agenda_page(
    request: HouseRequest, meeting: Meeting, *, form: ItemForm | None = None, status: int = 200, refused: str = ""
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "lines": agenda_lines(meeting),
        "overrun": overrun(meeting),
        "suggestions": suggestions(meeting) if meeting.takes_items else [],
        "form": form or ItemForm.new(None, center=request.center),
        "refused": refused,
    }
    return render(request, "meetings/agenda.html", context, status=status)


def _item_page(
    request: HouseRequest, item: AgendaItem, form: ItemForm, *, status: int = 200, saved: AgendaItem | None = None
) -> HttpResponse:
    """`saved` is the item as somebody else has saved it since, shown beside what was written here."""
    context = {"meeting": item.meeting, "item": item, "form": form, "saved": saved}
    return render(request, "meetings/item.html", context, status=409 if saved else status)


def _on_top_of(saved: AgendaItem, form: ItemForm) -> ItemForm:
    """What was written here, to be saved over what another has saved meanwhile, by whoever now has seen both."""
    return ItemForm(form.cleaned_data | {"version": saved.version}, center=saved.meeting.center)
