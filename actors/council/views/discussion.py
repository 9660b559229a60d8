"""What is said about a motion, and who takes no part in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.council import errors
from actors.council.actions import discussion as actions
from actors.council.enums import BEFORE_COUNCIL, MotionState
from actors.council.forms.discussion import CommentForm, EditCommentForm, RecuseForm
from actors.council.models import Comment, Seat
from actors.council.permissions import tied
from actors.council.views.motions import Chamber, motion_page, refused_motion
from actors.requests import HouseRequest
from medborger.common.access import requires
from medborger.common.limits import posting
from medborger.common.refusals import attempt, form_page, refused_on, succeeds


@requires(tied)
@posting
@require_POST
def comment(request: HouseRequest, hus: str, number: int) -> HttpResponse:
    """Say something, for one's actor or as staff."""
    chamber = Chamber.of(request)
    found, bench = chamber.motion(number), chamber.bench
    if not bench.speaks:
        raise errors.NotYourSeat
    staff = bench.standing.is_staff_in(bench.council.center_id)
    form = CommentForm(request.POST, seats=list(bench.seats.values()), staff=staff)
    if not form.is_valid():
        return motion_page(request, chamber, number, status=422, comment_form=form)
    said = form.cleaned_data
    sent = {"seat": said.get("seat"), "text": said["text"], "token": said["token"], "by": bench}
    made = attempt(form, actions.comment, motion=found, **sent)
    if made is None:
        return motion_page(request, chamber, number, status=422, comment_form=form)
    return redirect(f"{request.path.removesuffix('kommentar/')}#kommentar-{made.pk}")


@requires(tied)
@posting
@form_page
def edit(request: HouseRequest, hus: str, number: int, pk: int) -> HttpResponse:
    """Change one's own words; all can see what they were."""
    chamber = Chamber.of(request)
    found = get_object_or_404(Comment.objects.select_related("motion"), motion=chamber.motion(number), pk=pk)
    if not actions.may_edit(found, chamber.bench):
        raise errors.NotYourComment
    form = EditCommentForm(request.POST or None, initial={"text": found.text})
    if form.is_valid():
        said = {"text": form.cleaned_data["text"], "by": chamber.bench}
        if succeeds(form, actions.edit_comment, comment=found, **said):
            return redirect(f"{request.path.split('kommentar/')[0]}#kommentar-{pk}")
    context = {"form": form, "comment": found, "motion": found.motion}
    return render(request, "council/motion_comment.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def recuse(request: HouseRequest, hus: str, number: int) -> HttpResponse:
    """Say that one's own seat takes no part. Who holds the chair's seat enters here what a meeting decided of another's."""
    chamber = Chamber.of(request)
    found, bench = chamber.motion(number), chamber.bench
    if not bench.holds_a_seat:
        raise errors.NotYourSeat
    if found.state not in BEFORE_COUNCIL:
        raise errors.NotOpen
    of_other = "decided-seat" in request.POST
    if of_other and not bench.chair_held:
        raise errors.NotYourSeat
    posted = request.POST if request.method == "POST" else None
    own = RecuseForm(None if of_other else posted, seats=bench.held_seats)
    decided = None
    if bench.chair_held and (of_other or found.state == MotionState.OPEN):
        others = Seat.objects.in_force().filter(council=bench.council).exclude(pk__in=bench.parts)
        decided = RecuseForm(posted if of_other else None, seats=list(others.in_danish_order()), decided=True)
    form = decided if of_other and decided else own
    if form.is_valid():
        said = form.cleaned_data
        if succeeds(form, actions.recuse, motion=found, seat=said["seat"], reason=said["reason"], by=bench):
            messages.success(request, _("%(seat)s er inhabil og stemmer ikke om forslaget.") % {"seat": said["seat"]})
            return redirect("motion", hus, number)
    context = {"motion": found, "own": own, "decided": decided, "form": form}
    return render(request, "council/motion_recuse.html", context, status=422 if form.errors else 200)
