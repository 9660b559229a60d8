"""What is proposed for the forum: by anybody in the house, taken up, declined or taken back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.requests import HouseRequest, redirect_in_house
from collaboration.forum import actions, forum_page
from collaboration.forum.forms import DeclineForm, ProposalForm
from collaboration.forum.models import ProposedItem
from collaboration.forum.permissions import keeps, tied
from collaboration.forum.views.forum_access import forum_or_404
from medborger.common.limits import posting
from medborger.common.pagination import page
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page, refused_on


@requires(tied)
@require_safe
def proposals(request: HouseRequest) -> HttpResponse:
    """All of them and what became of each, the newest first."""
    forum = forum_or_404(request)
    found = page(
        ProposedItem.objects.visible_to(request.access, request.center),
        request.GET,
        field="proposed_at",
        newest_first=True,
    )
    ids = [item.pk for item in found.rows]
    rows = forum_page.proposals(ProposedItem.objects.filter(pk__in=ids).order_by("-proposed_at", "-id"), request.access)
    return render(request, "forum/proposals.html", {"forum": forum, "rows": rows, "page": found})


@requires(tied)
@posting
@form_page
def new(request: HouseRequest) -> HttpResponse:
    """Propose an item; `om` and `titel` in the address say what it is about."""
    forum = forum_or_404(request)
    data = request.POST if request.method == "POST" else None
    form = ProposalForm.from_page(data, center=request.center, access=request.access, query=request.GET)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        item = {"words": form.to_data(), "about": said["about"], "token": said["token"]}
        if made := attempt(form, actions.propose, center=request.center, by=request.access, **item):
            return redirect_in_house(
                request, "forum_proposal", made.pk, said=_("Punktet er foreslået. Tovholderen sætter det på et møde.")
            )
    return render(
        request, "forum/proposal_new.html", {"forum": forum, "form": form}, status=422 if form.errors else 200
    )


@requires(tied)
@require_safe
def proposal(request: HouseRequest, pk: int) -> HttpResponse:
    """What it is about, and what became of it."""
    return _page(request, visible_proposal(request, pk))


@requires(tied)
@posting
@require_POST
def decline(request: HouseRequest, pk: int) -> HttpResponse:
    """Say no to it, with a reason."""
    item = visible_proposal(request, pk)
    if not keeps(request.access, request.center):
        raise PermissionDenied
    form = DeclineForm(request.POST)
    if form.is_valid():
        declined = attempt(form, actions.decline, item=item, reason=form.cleaned_data["reason"], by=request.access)
        if declined:
            return redirect_in_house(request, "forum_proposal", pk)
    return _page(request, visible_proposal(request, pk), form=form, status=422)


def _page_of(request: HouseRequest, pk: int, **context: Any) -> HttpResponse:
    return _page(request, visible_proposal(request, pk), **context)


@requires(tied)
@posting
@require_POST
@refused_on(_page_of)
def withdraw(request: HouseRequest, pk: int) -> HttpResponse:
    """Take back what one has proposed."""
    actions.withdraw(item=visible_proposal(request, pk), by=request.access)
    return redirect_in_house(request, "forum_proposal", pk)


def visible_proposal(request: HouseRequest, pk: int) -> ProposedItem:
    """Raises Http404 where it is hidden."""
    item: ProposedItem = get_object_or_404(ProposedItem.objects.visible_to(request.access, request.center), pk=pk)
    return item


def _page(
    request: HouseRequest,
    item: ProposedItem,
    *,
    form: DeclineForm | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    may_keep = keeps(request.access, request.center)
    context = {
        "row": forum_page.proposals(ProposedItem.objects.filter(pk=item.pk), request.access)[0],
        "may_withdraw": item.waits and actions.may_withdraw(item, request.access),
        "form": (form or DeclineForm()) if may_keep and item.waits else None,
        "refused": refused,
    }
    return render(request, "forum/proposal.html", context, status=status)
