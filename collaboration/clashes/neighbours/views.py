"""The houses nearby: which they are, and what each leaves to the other."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.requests import HouseRequest, redirect_in_house
from collaboration.clashes.forms import LeavesForm, NeighbourForm
from collaboration.clashes.neighbours import actions
from collaboration.models import Neighbour
from collaboration.permissions import manager, staff
from medborger.common.errors import NotAllowed
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@requires(staff)
@posting
@form_page
def neighbours(request: HouseRequest) -> HttpResponse:
    """Both directions; a manager's POST names one more."""
    if request.method != "POST":
        return _page(request)
    if not manager(request.access, request.center):
        raise NotAllowed
    form = NeighbourForm(request.POST, center=request.center)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    house, leaves = form.houses[form.cleaned_data["neighbour"]], form.cleaned_data["leaves"]
    named = attempt(
        form, actions.name_neighbour, center=request.center, neighbour=house, leaves=leaves, by=request.access
    )
    if named is None:
        return _page(request, status=409, form=form)
    return redirect_in_house(
        request, "neighbours", said=_("%(house)s er skrevet ind som nabohus.") % {"house": house.name}
    )


@requires(manager)
@posting
@require_POST
def change(request: HouseRequest, pk: int) -> HttpResponse:
    """Say otherwise what is left to a neighbour."""
    found = _own(request, pk)
    form = LeavesForm.of(found, request.POST)
    if not form.is_valid():
        return _page(request, status=422, changed=(found.pk, form))
    actions.change_neighbour(neighbour=found, leaves=form.cleaned_data["leaves"], by=request.access)
    return redirect_in_house(request, "neighbours", said=_("Det er gemt."))


@requires(manager)
@posting
@require_POST
def end(request: HouseRequest, pk: int) -> HttpResponse:
    """Take a house off the list."""
    found = _own(request, pk)
    actions.end_neighbour(neighbour=found, by=request.access)
    return redirect_in_house(
        request, "neighbours", said=_("%(house)s er ikke længere skrevet ind.") % {"house": found.neighbour.name}
    )


def _own(request: HouseRequest, pk: int) -> Neighbour:
    return get_object_or_404(Neighbour.objects.select_related("neighbour"), pk=pk, center=request.center)


def _page(
    request: HouseRequest,
    *,
    status: int = 200,
    form: NeighbourForm | None = None,
    changed: tuple[int, LeavesForm] | None = None,
) -> HttpResponse:
    """`form` and `changed` (a neighbour's id and its form) are those with errors."""
    center = request.center
    ours = Neighbour.objects.filter(center=center).select_related("neighbour").order_by("neighbour__name", "id")
    theirs = Neighbour.objects.filter(neighbour=center, center__retired_at=None).select_related("center")
    by_house = {named.center_id: named for named in theirs.order_by("center__name", "id")}
    with_errors = dict([changed] if changed else [])
    may_edit = manager(request.access, center)
    context = {
        "ours": [
            (named, by_house.pop(named.neighbour_id, None), with_errors.get(named.pk) or LeavesForm.of(named))
            for named in ours
        ],
        "theirs": list(by_house.values()),
        "may_edit": may_edit,
        "form": (form or NeighbourForm(center=center)) if may_edit else None,
    }
    return render(request, "clashes/neighbours.html", context, status=status)
