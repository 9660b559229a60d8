"""Which actors are in the forum, and who is new in the house."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from actors.requests import HouseRequest, redirect_in_house
from collaboration.forum import actions
from collaboration.forum.forms import MemberForm
from collaboration.forum.forum_page import members_of
from collaboration.forum.models import Forum, ForumMember
from collaboration.forum.open_matters import newcomers
from collaboration.forum.permissions import keeps, tied
from collaboration.forum.views.forum_access import forum_or_404, forum_to_keep
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt


@requires(tied)
@require_safe
def members(request: HouseRequest) -> HttpResponse:
    """Its members; who has come to the house since it last met."""
    return _page(request, forum_or_404(request))


@requires(tied)
@posting
@require_POST
def add(request: HouseRequest) -> HttpResponse:
    """Let an actor in."""
    forum = forum_to_keep(request)
    form = MemberForm(request.POST, forum=forum)
    if form.is_valid():
        added = attempt(form, actions.add_member, forum=forum, actor=form.chosen, by=request.access)
        if added:
            return redirect_in_house(request, "forum_members")
    return _page(request, forum, form=form, status=422)


@requires(tied)
@posting
@require_POST
def remove(request: HouseRequest, pk: int) -> HttpResponse:
    """An actor leaves."""
    forum = forum_to_keep(request)
    member: ForumMember = get_object_or_404(ForumMember.objects.filter(forum=forum), pk=pk)
    actions.remove_member(member=member, by=request.access)
    return redirect_in_house(request, "forum_members")


def _page(request: HouseRequest, forum: Forum, *, form: MemberForm | None = None, status: int = 200) -> HttpResponse:
    may_keep = keeps(request.access, request.center)
    found = members_of(forum)
    inside = {member.actor_id for member in found}
    context = {
        "forum": forum,
        "members": found,
        "newcomers": [(tie.actor, tie.actor_id in inside) for tie in newcomers(request.center)],
        "may_keep": may_keep,
        "form": form or (MemberForm(forum=forum) if may_keep else None),
    }
    return render(request, "forum/members.html", context, status=status)
