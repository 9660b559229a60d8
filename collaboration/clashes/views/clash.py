"""The page of two events that meet, and what is done about them there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.requests import HouseRequest
from collaboration.clashes import actions, errors
from collaboration.clashes.clash_history import history
from collaboration.clashes.forms import AskForm, DeclineForm, LeaveForm, VersionForm
from collaboration.clashes.models import Clash
from collaboration.clashes.move_alternatives import places
from collaboration.clashes.views.clash_access import address, clash_view_of, visible_clash
from collaboration.permissions import tied
from medborger.common.errors import NotAllowed
from medborger.common.limits import posting, writing_to_others
from medborger.common.permissions import requires
from medborger.common.refusals import refused_on


@requires(tied)
@require_safe
def clash(request: HouseRequest, pk: int) -> HttpResponse:
    """Both events side by side, the three ways, and what was done."""
    return clash_page(request, visible_clash(request, pk))


def clash_page(
    request: HouseRequest,
    clash: Clash,
    *,
    status: int = 200,
    refused: str = "",
    ask: AskForm | None = None,
    decline: DeclineForm | None = None,
) -> HttpResponse:
    """`refused` is why something that was asked for here did not happen; the forms are those with errors."""
    clash_view = clash_view_of(request, clash)
    version = {"version": clash.version}
    context = {
        "clash_view": clash_view,
        "clash": clash,
        "moves": [(side, places(side.event, request.access)) for side in clash_view.may_move],
        "ask": ask or (AskForm(clash_view=clash_view) if clash_view.may_ask else None),
        "decline": decline or (DeclineForm(initial=version) if clash_view.may_decline else None),
        "history": history(clash_view, names=request.access.is_staff_in(request.center.pk)),
        "is_staff": request.access.is_staff_in(request.center.pk),
        "refused": refused,
    }
    return render(request, "clashes/clash.html", context, status=status)


def _page_of(request: HouseRequest, pk: int, *, refused: str, status: int) -> HttpResponse:
    return clash_page(request, visible_clash(request, pk), refused=refused, status=status)


@requires(tied)
@posting
@writing_to_others
@require_POST
@refused_on(_page_of)
def ask(request: HouseRequest, pk: int) -> HttpResponse:
    """Ask the other side to make one event of the two."""
    found = visible_clash(request, pk)
    clash_view = clash_view_of(request, found)
    form = AskForm(request.POST, clash_view=clash_view)
    if not clash_view.mine:
        raise NotAllowed
    if not clash_view.may_ask:
        raise errors.NotAsked
    if not form.is_valid():
        return clash_page(request, found, status=422, ask=form)
    said = {"side": form.event("side"), "kept": form.event("kept"), "message": form.cleaned_data["message"]}
    return _done(request, found, form, actions.ask_together, _("De er spurgt. I hører, når de svarer."), **said)


@requires(tied)
@posting
@require_POST
@refused_on(_page_of)
def accept(request: HouseRequest, pk: int) -> HttpResponse:
    """Say yes, for the actor that was asked."""
    return _button(request, pk, actions.accept, _("I laver det sammen. Alle, der er med, får besked."))


@requires(tied)
@posting
@require_POST
@refused_on(_page_of)
def decline(request: HouseRequest, pk: int) -> HttpResponse:
    """Say no."""
    found = visible_clash(request, pk)
    if not clash_view_of(request, found).mine:
        raise NotAllowed
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return clash_page(request, found, status=422, decline=form)
    said = {"reason": form.cleaned_data["reason"]}
    return _done(request, found, form, actions.decline, _("Jeres svar er sendt."), **said)


@requires(tied)
@posting
@require_POST
@refused_on(_page_of)
def leave(request: HouseRequest, pk: int) -> HttpResponse:
    """Let both stand."""
    found = visible_clash(request, pk)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return clash_page(request, found, status=422, refused=_invalid())
    side = next((event for event in found.events if event.pk == form.cleaned_data["side"]), None)
    if side is None:
        return clash_page(request, found, status=422, refused=_invalid())
    return _done(request, found, form, actions.leave_it, _("Begge står, som de er. I kan tage det op igen."), side=side)


@requires(tied)
@posting
@require_POST
@refused_on(_page_of)
def reopen(request: HouseRequest, pk: int) -> HttpResponse:
    """Take up again what was let stand, or take one's question back."""
    return _button(request, pk, actions.reopen, _("Det er taget op igen."))


def _button(request: HouseRequest, pk: int, action: Callable[..., Clash], said: str) -> HttpResponse:
    found = visible_clash(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return clash_page(request, found, status=422, refused=_invalid())
    return _done(request, found, form, action, said)


def _done(
    request: HouseRequest, clash: Clash, form: VersionForm, action: Callable[..., Clash], said: str, **arguments: Any
) -> HttpResponse:
    """Do it and say so."""
    action(clash=clash, version=form.cleaned_data["version"], by=request.access, **arguments)
    messages.success(request, said)
    return redirect(address(request, clash))


def _invalid() -> str:
    return _("Åbn siden igen, og prøv en gang til.")
