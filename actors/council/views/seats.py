"""The seats and who holds them. Names of persons are shown to those whose seat it is, and a board's to the manager."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors.council import errors
from actors.council.actions import council as actions
from actors.council.actions import holders
from actors.council.bench import Bench
from actors.council.enums import Entitled, Part
from actors.council.forms.council import ActorSeatForm, BoardSeatForm, HolderForm
from actors.council.models import Seat, SeatHolder, StandingOrders
from actors.council.permissions import manager, tied
from actors.council.querysets import SeatQuerySet
from actors.council.views.shared import bench_of
from actors.recent import recent_login, recent_login_from
from actors.requests import HouseRequest
from actors.views.people import page
from medborger.common.access import requires
from medborger.common.errors import NotAllowed
from medborger.common.limits import posting
from medborger.common.refusals import attempt, form_page, refused_on

A_PAGE = 100
LONGEST_SEARCH = 200


@requires(tied)
@never_cache
@require_safe
def seats(request: HouseRequest, hus: str) -> HttpResponse:
    """All seats in the order of the Danish alphabet, `?q=` among their names; one's own first, with its people."""
    bench = bench_of(request)
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH].replace("\0", "")
    found = Paginator(_in_force(bench).named_like(wanted), A_PAGE).get_page(request.GET.get("side"))
    context = {
        "council": bench.council,
        "own": _with_people(bench, list(bench.seats.values())),
        "found": found,
        "wanted": wanted,
        "by_hand": request.standing.is_manager_in(request.center.pk) and _entitled(bench) != Entitled.ASSOCIATIONS,
    }
    return render(request, "council/seats.html", context)


@requires(tied)
@never_cache
@require_safe
def seat(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """One seat: its people for those who may see them, and what the reader may do with it."""
    bench = bench_of(request)
    return _seat_page(request, bench, get_object_or_404(_in_force(bench), pk=pk))


def refused_seat(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the seat as it is now, with what was refused."""
    bench = bench_of(request)
    shown = get_object_or_404(_in_force(bench), pk=pk)
    return _seat_page(request, bench, shown, refused=refused, status=status)


@requires(manager)
@posting
@form_page
def give(request: HouseRequest, hus: str) -> HttpResponse:
    """Write in a seat, where seats do not follow the house's associations by themselves."""
    bench = bench_of(request)
    entitled = _entitled(bench)
    if entitled == Entitled.ASSOCIATIONS:
        messages.info(request, errors.SeatsFollowTheHouse.message)
        return redirect("council_seats", hus)
    form = _seat_form(request, bench, entitled)
    if request.method == "POST" and form.is_valid():
        given = attempt(form, actions.give_seat, council=bench.council, by=request.standing, **form.cleaned_data)
        if given:
            messages.success(request, _("Pladsen er skrevet ind. Vælg nu, hvem der har den."))
            return redirect("council_seat", hus, given.pk)
    return page(request, "council/seat_give.html", form, council=bench.council)


@requires(manager)
@posting
@form_page
@refused_on(refused_seat)
def end(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """End a seat, after having read what that means."""
    bench = bench_of(request)
    ended = get_object_or_404(_in_force(bench), pk=pk)
    if request.method == "POST":
        actions.end_seat(seat=ended, by=request.standing)
        messages.success(request, _("Pladsen %(seat)s er nedlagt.") % {"seat": ended})
        return redirect("council_seats", hus)
    return render(request, "council/seat_end.html", {"council": bench.council, "seat": ended})


@requires(manager)
@posting
@require_POST
@refused_on(refused_seat)
def choose_chair(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Write in whom the council has chosen as its chair."""
    bench = bench_of(request)
    chosen = get_object_or_404(_in_force(bench), pk=pk)
    actions.choose_chair(seat=chosen, by=request.standing)
    messages.success(request, _("%(seat)s er skrevet ind som formand.") % {"seat": chosen})
    return redirect("council_seat", hus, pk)


@requires(tied)
@never_cache
@posting
@form_page
@recent_login
def name_holder(request: HouseRequest, hus: str, pk: int) -> HttpResponse:
    """Say who votes for a seat."""
    bench = bench_of(request)
    named_for = get_object_or_404(_in_force(bench), pk=pk)
    if not holders.may_name(named_for, bench):
        raise NotAllowed
    form = HolderForm(request.POST or None, seat=named_for)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = attempt(form, holders.name_holder, seat=named_for, user=given["person"], part=given["part"], by=bench)
        if named:
            messages.success(request, _("%(name)s er skrevet ind og har fået besked.") % {"name": named.user})
            return redirect("council_seat", hus, pk)
    return page(request, "council/seat_name.html", form, council=bench.council, seat=named_for)


@requires(tied)
@posting
@require_POST
@recent_login_from("council_seats")
def end_holder(request: HouseRequest, hus: str, pk: int, holder: int) -> HttpResponse:
    """Take somebody off a seat, or step down."""
    bench = bench_of(request)
    shown = get_object_or_404(_in_force(bench), pk=pk)
    if not _sees_people(bench, shown):
        raise NotAllowed
    holders.end_holder(holder=get_object_or_404(shown.holders, pk=holder), by=bench)
    messages.success(request, _("Det gælder fra nu af."))
    return redirect("council_seat", hus, pk)


def _seat_page(
    request: HouseRequest, bench: Bench, seat: Seat, *, refused: str = "", status: int = 200
) -> HttpResponse:
    is_manager = request.standing.is_manager_in(request.center.pk)
    context = {
        "council": bench.council,
        "seat": seat,
        "people": _people(bench, [seat]) if _sees_people(bench, seat) else None,
        "may_name": holders.may_name(seat, bench),
        "is_own": bench.holds(seat.pk),
        "may_choose_chair": is_manager and not seat.is_chair,
        "may_end": is_manager and _entitled(bench) != Entitled.ASSOCIATIONS,
        "refused": refused,
    }
    return render(request, "council/seat.html", context, status=status)


def _seat_form(request: HouseRequest, bench: Bench, entitled: str) -> ActorSeatForm | BoardSeatForm:
    if entitled == Entitled.BOARD:
        return BoardSeatForm(request.POST or None)
    return ActorSeatForm(request.POST or None, council=bench.council)


def _in_force(bench: Bench) -> SeatQuerySet:
    represented = SeatHolder.objects.in_force().filter(seat=OuterRef("pk"), part=Part.REPRESENTATIVE)
    seats = Seat.objects.in_force().filter(council=bench.council).select_related("council__center")
    return seats.in_danish_order().annotate(has_representative=Exists(represented))


def _entitled(bench: Bench) -> str:
    return StandingOrders.objects.in_force(bench.council.pk).entitled


def _sees_people(bench: Bench, seat: Seat) -> bool:
    """An actor's own people; on a board's seat who holds it, and the manager, who names its people."""
    is_manager = bench.standing.is_manager_in(bench.council.center_id)
    return seat.pk in bench.seats or (seat.actor_id is None and is_manager)


def _people(bench: Bench, seats: list[Seat]) -> list[SeatHolder]:
    people = SeatHolder.objects.in_force().filter(seat__in=seats).select_related("user")
    return list(people.order_by("-part", "user__name", "pk"))


def _with_people(bench: Bench, seats: list[Seat]) -> list[tuple[Seat, list[SeatHolder]]]:
    people = _people(bench, seats) if seats else []
    return [(seat, [holder for holder in people if holder.seat_id == seat.pk]) for seat in seats]
