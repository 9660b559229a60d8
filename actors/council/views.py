"""The council's front page, its founding and its standing orders; what the slices' views share."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.council import errors, overview
from actors.council.member import CouncilMember
from actors.council.models import Ballot, Council, Seat, StandingOrders
from actors.council.seats import actions
from actors.council.seats.forms import FoundForm
from actors.council.standing_orders import PRESETS, changes, sentences
from actors.permissions import manager, tied
from actors.requests import HouseRequest, redirect_in_house
from actors.views.people_pages import page
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@requires(tied)
@require_safe
def council(request: HouseRequest) -> HttpResponse:
    """The council's front page; in a house without a council, how to found one."""
    orders = StandingOrders.objects.filter(council__center=request.center).select_related("council").first()
    if orders is None:
        return render(request, "council/none.html", {"may_found": request.access.is_manager_in(request.center.pk)})
    orders.council.center = request.center
    member = CouncilMember.of(request.access, orders.council)
    context = {
        "council": orders.council,
        "member": member,
        "page": overview.of(member, orders),
        "is_staff": request.access.is_staff_in(request.center.pk),
    }
    return render(request, "council/council.html", context)


@requires(manager)
@posting
@form_page
def found(request: HouseRequest) -> HttpResponse:
    """Found the house's council."""
    if request.method != "POST" and Council.objects.filter(center=request.center).exists():
        return redirect_in_house(request, "council")
    form = FoundForm(request.POST or None, initial={"preset": "husraad"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form, actions.found, center=request.center, name=given["name"], preset=given["preset"], by=request.access
        )
        if made:
            return redirect_in_house(request, "council", said=_("%(council)s er oprettet.") % {"council": made.name})
    explained = [(preset, sentences(preset.orders())) for preset in PRESETS.values()]
    return page(request, "council/found.html", form, explained=explained)


@requires(tied)
@require_safe
def standing_orders(request: HouseRequest, version: int | None = None) -> HttpResponse:
    """How the council decides, now or in an earlier version, and what each version changed."""
    member = member_of(request)
    versions = list(StandingOrders.objects.filter(council=member.council).select_related("motion"))
    shown = next((orders for orders in versions if version in (None, orders.version)), None)
    if shown is None:
        raise Http404
    before = {orders.version: orders for orders in versions}
    context = {
        "council": member.council,
        "shown": shown,
        "in_force": versions[0],
        "sentences": sentences(shown),
        "versions": [
            (orders, changes(before[orders.version - 1], orders) if orders.motion_id else []) for orders in versions
        ],
        "may_move": bool(member.may_move_for(versions[0])),
    }
    return render(request, "council/orders.html", context)


def member_of(request: HouseRequest) -> CouncilMember:
    """The person as a member of the house's council. Raises Http404 where the house has none."""
    return CouncilMember.of(request.access, get_object_or_404(Council, center=request.center))


def ballot_and_member(request: HouseRequest, pk: int) -> tuple[Ballot, CouncilMember]:
    """The ballot of this house, and what the person is in its council. Raises Http404."""
    visible = Ballot.objects.visible_to(request.access, request.center.pk).with_turnout()
    ballot = get_object_or_404(visible, pk=pk)
    return ballot, CouncilMember.of(request.access, ballot.council)


def as_voter(request: HouseRequest, pk: int) -> tuple[Ballot, CouncilMember]:
    """The same as `as_holder` without what only a panel shows: five hundred seats vote in the last minutes.

    Raises Http404, NotYourSeat.
    """
    visible = Ballot.objects.visible_to(request.access, request.center.pk).with_subject()
    ballot = get_object_or_404(visible, pk=pk)
    ballot.council.center = request.center
    member = CouncilMember.of(request.access, ballot.council)
    if not member.holds_a_seat:
        raise errors.NotYourSeat
    return ballot, member


def as_holder(request: HouseRequest, pk: int) -> tuple[Ballot, CouncilMember]:
    """The same for what only who holds a seat does. Raises Http404, NotYourSeat."""
    ballot, member = ballot_and_member(request, pk)
    if not member.holds_a_seat:
        raise errors.NotYourSeat
    return ballot, member


def seat_of(member: CouncilMember, pk: int) -> Seat:
    """A seat of the council; the person's own are read already. Raises Http404."""
    return member.seats.get(pk) or get_object_or_404(
        Seat.objects.select_related("actor"), council=member.council, pk=pk
    )
