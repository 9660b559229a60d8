"""Pages of a motion: choose its kind, draft, show, open for discussion, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.council import errors, standing_orders
from actors.council.ballots import ballot_panel
from actors.council.discussion.forms import CommentForm
from actors.council.enums import ON_AN_EXISTING_RULE, MotionKind, MotionState
from actors.council.member import CouncilMember
from actors.council.models import Dispute, HouseRuleVersion, Motion, Seat, StandingOrders
from actors.council.motions import actions, motion_kinds
from actors.council.motions.forms import MotionForm
from actors.council.motions.motion_page import MotionPage
from actors.permissions import tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common import clock
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page, refused_on


@dataclass(frozen=True)
class Chamber:
    """The house's council: its standing orders in force, and the person as its member."""

    orders: StandingOrders
    member: CouncilMember

    @classmethod
    def of(cls, request: HouseRequest) -> Chamber:
        """Raises Http404 where the house has no council."""
        found = StandingOrders.objects.filter(council__center=request.center).select_related("council")
        orders = found.order_by("-version").first()
        if orders is None:
            raise Http404
        orders.council.center = request.center
        return cls(orders, CouncilMember.of(request.access, orders.council))

    @property
    def movers(self) -> list[Seat]:
        """The seats for which the person may move something."""
        return self.member.may_move_for(self.orders)

    def moves_for(self, seat_id: int) -> bool:
        return any(seat.pk == seat_id for seat in self.movers)

    def motion(self, number: int) -> Motion:
        """Raises Http404 for one that is hidden."""
        seen = Motion.objects.visible_to(self.member).select_related("mover__actor", "rule", "based_on")
        motion = get_object_or_404(seen, number=number)
        motion.council = self.member.council
        return motion


@requires(tied)
@posting
@form_page
def new(request: HouseRequest) -> HttpResponse:
    """Choose the kind (`slags`, for a rule also `regel`), then fill in the form. Staff get a 403 (S921-922)."""
    chamber = Chamber.of(request)
    if not chamber.movers:
        raise errors.NotAMover
    asked = request.GET.get("slags", "")
    if asked not in actions.OFFERED:
        return _choose_kind(request, chamber, wrong=bool(asked) or request.method == "POST")
    kind = MotionKind(asked)
    version = _rule_asked_for(request) if kind in ON_AN_EXISTING_RULE else None
    if kind in ON_AN_EXISTING_RULE and version is None:
        rules = HouseRuleVersion.objects.on(clock.today(), request.center.pk)
        return render(request, "council/motion_rule.html", {"kind": kind, "label": kind.label, "rules": rules})
    form = MotionForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        center=request.center,
        seats=chamber.movers,
        settings=chamber.orders.settings(),
        reviews=chamber.orders.reviews,
        initial=motion_kinds.of_rule(kind, version),
    )
    if request.method != "POST" or form.wants_more or not form.is_valid():
        return _form_page(request, form, version)
    rule = version.rule if version else None
    said = {"seat": form.cleaned_data["seat"], "token": form.cleaned_data["token"], "by": chamber.member}
    if made := attempt(form, actions.draft, proposal=form.proposal(rule), **said):
        return redirect_in_house(request, "motion", made.number)
    return _form_page(request, form, version)


@requires(tied)
@require_safe
def motion(request: HouseRequest, number: int) -> HttpResponse:
    """The motion's page; a draft's is what the others will see, and the way to put it forward."""
    return motion_page(request, Chamber.of(request), number)


def refused_motion(request: HouseRequest, number: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the motion as it is now, with what was refused."""
    return motion_page(request, Chamber.of(request), number, status=status, refused=refused)


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def edit(request: HouseRequest, number: int) -> HttpResponse:
    """Edit the draft. When somebody else has saved meanwhile, what was typed stays in the form."""
    chamber = Chamber.of(request)
    found = _own(chamber, number)
    if found.state != MotionState.DRAFT:
        raise errors.NotADraft

    def of(data: QueryDict | None) -> MotionForm:
        return MotionForm(
            data,
            kind=MotionKind(found.kind),
            center=request.center,
            seats=[found.mover],
            motion=found,
            settings=motion_kinds.settings_of(found, chamber.orders),
            reviews=chamber.orders.reviews,
            initial=motion_kinds.of_draft(found),
        )

    form = of(request.POST if request.method == "POST" else None)
    if request.method != "POST" or form.wants_more or not form.is_valid():
        return _form_page(request, form, found.based_on, motion=found)
    said = {"proposal": form.proposal(found.rule), "version": form.cleaned_data["version"], "by": chamber.member}
    try:
        if attempt(form, actions.edit_draft, motion=found, **said):
            return redirect_in_house(request, "motion", number)
    except Stale as stale:
        again = request.POST.copy()
        again["version"] = str(stale.current.version)
        form = of(again)
        form.add_error(None, _("En anden har gemt kladden imens. Gemmer du nu, er det dine ord, der står i den."))
        return _form_page(request, form, found.based_on, motion=found, status=409)
    return _form_page(request, form, found.based_on, motion=found)


@requires(tied)
@posting
@require_POST
@refused_on(refused_motion)
def put_forward(request: HouseRequest, number: int) -> HttpResponse:
    """Open the draft for discussion."""
    chamber = Chamber.of(request)
    found = _own(chamber, number)
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Stale
    actions.open_for_discussion(motion=found, version=int(version), by=chamber.member)
    return redirect_in_house(request, "motion", number, said=_("Forslaget er stillet, og rådet har fået besked."))


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def withdraw(request: HouseRequest, number: int) -> HttpResponse:
    """Confirm and withdraw a motion."""
    chamber = Chamber.of(request)
    found = _own(chamber, number)
    if found.has_ended:
        raise errors.MotionOver
    if request.method != "POST":
        return render(request, "council/motion_withdraw.html", {"motion": found})
    actions.withdraw(motion=found, by=chamber.member)
    return redirect_in_house(request, "motion", number, said=_("Forslaget er trukket tilbage."))


def motion_page(
    request: HouseRequest,
    chamber: Chamber,
    number: int,
    *,
    status: int = 200,
    refused: str = "",
    comment_form: CommentForm | None = None,
) -> HttpResponse:
    """`refused` is why something that was asked for here did not happen; `comment_form` the form with its errors."""
    member = chamber.member
    try:
        page = MotionPage(member, number)
    except Motion.DoesNotExist:
        raise Http404 from None
    found = page.motion
    found.council = member.council
    talks = member.speaks and found.state in (MotionState.OPEN, MotionState.BALLOT)
    moves = chamber.moves_for(found.mover_id)
    is_draft, is_open = found.state == MotionState.DRAFT, found.state == MotionState.OPEN
    context: dict[str, Any] = {
        "page": page,
        "motion": found,
        "panel": ballot_panel.of_motion(found, member, chamber.orders),
        "orders": _orders_changed(found, chamber.orders),
        "looked_at_again": found.review_on if chamber.orders.reviews or found.kind == MotionKind.DISPUTE else None,
        "is_draft": is_draft,
        "missing": actions.missing(found) if is_draft and moves else [],
        "moves": moves,
        "may_withdraw": moves and not found.has_ended and not is_draft,
        "may_amend": is_open and bool(chamber.movers) and bool(page.text.text),
        "may_recuse": not found.has_ended and not is_draft and member.holds_a_seat,
        "takes_in": is_open and moves,
        "own_movers": {seat.pk for seat in chamber.movers},
        "comment_form": comment_form or (_comment_form(chamber) if talks else None),
        "refused": refused,
        "dispute": _dispute(found, member),
    }
    return render(request, "council/motion.html", context, status=status)


def _dispute(motion: Motion, member: CouncilMember) -> Dispute | None:
    """The dispute that the motion decides, for who may see it."""
    if motion.kind != MotionKind.DISPUTE:
        return None
    return Dispute.objects.visible_to(member.access, member).filter(motion=motion).first()


def _orders_changed(motion: Motion, in_force: StandingOrders) -> list[standing_orders.Change]:
    """What the motion changes in the standing orders; once it is decided, in those that it was decided under."""
    proposed = getattr(motion, "proposed_orders", None)
    if proposed is None:
        return []
    before = in_force
    if motion.ended_at is not None:
        then = StandingOrders.objects.filter(council=motion.council_id, in_force_at__lte=motion.ended_at)
        before = then.exclude(motion=motion).order_by("-version")[0]
    return standing_orders.changes(before, proposed)


def _comment_form(chamber: Chamber) -> CommentForm:
    member = chamber.member
    staff = member.access.is_staff_in(member.council.center_id)
    return CommentForm(seats=list(member.seats.values()), staff=staff)


def _own(chamber: Chamber, number: int) -> Motion:
    """The motion, if the person may act for the seat that moves it. Raises Http404 where it is hidden, else NotAMover."""
    found = chamber.motion(number)
    if not chamber.moves_for(found.mover_id):
        raise errors.NotAMover
    return found


def _choose_kind(request: HouseRequest, chamber: Chamber, *, wrong: bool) -> HttpResponse:
    context = {"cards": motion_kinds.cards(), "council": chamber.member.council}
    return render(request, "council/motion_new.html", context, status=404 if wrong else 200)


def _rule_asked_for(request: HouseRequest) -> HouseRuleVersion | None:
    """The rule of the address as it stands today. Raises Http404 for one that the house does not have."""
    number = request.GET.get("regel", "")
    if not number:
        return None
    if not number.isdecimal() or len(number) > 5:
        raise Http404
    rules = HouseRuleVersion.objects.on(clock.today(), request.center.pk)
    return get_object_or_404(rules, rule__number=int(number))


def _form_page(
    request: HouseRequest,
    form: MotionForm,
    version: HouseRuleVersion | None,
    *,
    motion: Motion | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render the form; 422 when it has errors, but not when more lines were asked for."""
    if status is None:
        wrong = form.is_bound and not form.wants_more
        status = 422 if wrong else 200
    context = {"form": form, "kind": form.kind, "label": form.kind.label, "version": version, "motion": motion}
    return render(request, "council/motion_form.html", context, status=status)
