"""Pages of the seats and who holds them. Names of persons are shown to those whose seat it is, and a board's to the manager."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors.council import errors
from actors.council.enums import Entitled, HolderRole
from actors.council.member import CouncilMember
from actors.council.models import Seat, SeatHolder, StandingOrders
from actors.council.querysets import SeatQuerySet
from actors.council.seats import actions
from actors.council.seats.forms import ActorSeatForm, BoardSeatForm, HolderForm
from actors.council.views import member_of
from actors.login.recent_login import recent_login, recent_login_from
from actors.permissions import manager, tied
from actors.requests import HouseRequest, redirect_in_house
from actors.views.people_pages import page
from medborger.common.errors import NotAllowed
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page, refused_on

A_PAGE = 100
LONGEST_SEARCH = 200


@requires(tied)
@never_cache
@require_safe
def seats(request: HouseRequest) -> HttpResponse:
    """All seats in the order of the Danish alphabet, `?q=` among their names; one's own first, with its people."""
    member = member_of(request)
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    found = Paginator(_in_force(member).named_like(wanted), A_PAGE).get_page(request.GET.get("side"))
    context = {
        "council": member.council,
        "own": _with_people(member, list(member.seats.values())),
        "found": found,
        "wanted": wanted,
        "by_hand": request.access.is_manager_in(request.center.pk) and _entitled(member) != Entitled.ASSOCIATIONS,
    }
    return render(request, "council/seats.html", context)


@requires(tied)
@never_cache
@require_safe
def seat(request: HouseRequest, pk: int) -> HttpResponse:
    """One seat: its people for those who may see them, and what the reader may do with it."""
    member = member_of(request)
    return _seat_page(request, member, get_object_or_404(_in_force(member), pk=pk))


def refused_seat(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the seat as it is now, with what was refused."""
    member = member_of(request)
    shown = get_object_or_404(_in_force(member), pk=pk)
    return _seat_page(request, member, shown, refused=refused, status=status)


@requires(manager)
@posting
@form_page
def give(request: HouseRequest) -> HttpResponse:
    """Write in a seat, where seats do not follow the house's associations by themselves."""
    member = member_of(request)
    entitled = _entitled(member)
    if entitled == Entitled.ASSOCIATIONS:
        messages.info(request, errors.SeatsFollowTheHouse.message)
        return redirect_in_house(request, "council_seats")
    form = _seat_form(request, member, entitled)
    if request.method == "POST" and form.is_valid():
        given = attempt(form, actions.give_seat, council=member.council, by=request.access, **form.cleaned_data)
        if given:
            return redirect_in_house(
                request, "council_seat", given.pk, said=_("Pladsen er oprettet. Vælg nu, hvem der stemmer for den.")
            )
    return page(request, "council/seat_give.html", form, council=member.council)


@requires(manager)
@posting
@form_page
@refused_on(refused_seat)
def end(request: HouseRequest, pk: int) -> HttpResponse:
    """End a seat, after having read what that means."""
    member = member_of(request)
    ended = get_object_or_404(_in_force(member), pk=pk)
    if request.method == "POST":
        actions.end_seat(seat=ended, by=request.access)
        return redirect_in_house(request, "council_seats", said=_("Pladsen %(seat)s er nedlagt.") % {"seat": ended})
    return render(request, "council/seat_end.html", {"council": member.council, "seat": ended})


@requires(manager)
@posting
@require_POST
@refused_on(refused_seat)
def choose_chair(request: HouseRequest, pk: int) -> HttpResponse:
    """Write in whom the council has chosen as its chair."""
    member = member_of(request)
    chosen = get_object_or_404(_in_force(member), pk=pk)
    actions.choose_chair(seat=chosen, by=request.access)
    return redirect_in_house(request, "council_seat", pk, said=_("%(seat)s er nu formand.") % {"seat": chosen})


@requires(tied)
@never_cache
@posting
@form_page
@recent_login
def name_holder(request: HouseRequest, pk: int) -> HttpResponse:
    """Say who votes for a seat."""
    member = member_of(request)
    named_for = get_object_or_404(_in_force(member), pk=pk)
    if not actions.may_name(named_for, member):
        raise NotAllowed
    form = HolderForm(request.POST or None, seat=named_for)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = attempt(form, actions.name_holder, seat=named_for, user=given["person"], part=given["part"], by=member)
        if named:
            return redirect_in_house(
                request,
                "council_seat",
                pk,
                said=_("%(name)s er valgt og har fået besked.") % {"name": named.user},
            )
    return page(request, "council/seat_name.html", form, council=member.council, seat=named_for)


@requires(tied)
@posting
@require_POST
@recent_login_from("council_seats")
def end_holder(request: HouseRequest, pk: int, holder: int) -> HttpResponse:
    """Take somebody off a seat, or step down."""
    member = member_of(request)
    shown = get_object_or_404(_in_force(member), pk=pk)
    if not _sees_people(member, shown):
        raise NotAllowed
    actions.end_holder(holder=get_object_or_404(shown.holders, pk=holder), by=member)
    return redirect_in_house(request, "council_seat", pk, said=_("Det gælder fra nu af."))


def _seat_page(
    request: HouseRequest, member: CouncilMember, seat: Seat, *, refused: str = "", status: int = 200
) -> HttpResponse:
    is_manager = request.access.is_manager_in(request.center.pk)
    context = {
        "council": member.council,
        "seat": seat,
        "people": _people(member, [seat]) if _sees_people(member, seat) else None,
        "may_name": actions.may_name(seat, member),
        "is_own": member.holds(seat.pk),
        "may_choose_chair": is_manager and not seat.is_chair,
        "may_end": is_manager and _entitled(member) != Entitled.ASSOCIATIONS,
        "refused": refused,
    }
    return render(request, "council/seat.html", context, status=status)


def _seat_form(request: HouseRequest, member: CouncilMember, entitled: str) -> ActorSeatForm | BoardSeatForm:
    if entitled == Entitled.BOARD:
        return BoardSeatForm(request.POST or None)
    return ActorSeatForm(request.POST or None, council=member.council)


def _in_force(member: CouncilMember) -> SeatQuerySet:
    represented = SeatHolder.objects.in_force().filter(seat=OuterRef("pk"), part=HolderRole.REPRESENTATIVE)
    seats = Seat.objects.in_force().filter(council=member.council).select_related("council__center")
    return seats.in_danish_order().annotate(has_representative=Exists(represented))


def _entitled(member: CouncilMember) -> str:
    return StandingOrders.objects.in_force(member.council.pk).entitled


def _sees_people(member: CouncilMember, seat: Seat) -> bool:
    """An actor's own people; on a board's seat who holds it, and the manager, who names its people."""
    is_manager = member.access.is_manager_in(member.council.center_id)
    return seat.pk in member.seats or (seat.actor_id is None and is_manager)


def _people(member: CouncilMember, seats: list[Seat]) -> list[SeatHolder]:
    people = SeatHolder.objects.in_force().filter(seat__in=seats).select_related("user")
    return list(people.order_by("-part", "user__name", "pk"))


def _with_people(member: CouncilMember, seats: list[Seat]) -> list[tuple[Seat, list[SeatHolder]]]:
    people = _people(member, seats) if seats else []
    return [(seat, [holder for holder in people if holder.seat_id == seat.pk]) for seat in seats]
