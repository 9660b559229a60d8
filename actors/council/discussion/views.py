"""Pages of the amendments, comments and recusals on a motion."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.council import errors
from actors.council.discussion import actions
from actors.council.discussion.forms import AmendmentForm, CommentForm, EditCommentForm, RecuseForm
from actors.council.enums import BEFORE_COUNCIL, MotionState
from actors.council.models import Amendment, Comment, MotionText, Seat
from actors.council.motions.views import Chamber, motion_page, refused_motion
from actors.permissions import tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page, refused_on, succeeds


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def new(request: HouseRequest, number: int) -> HttpResponse:
    """Propose an amendment: the form begins with the text as it is."""
    chamber = Chamber.of(request)
    found = chamber.motion(number)
    if not chamber.movers:
        raise errors.NotAMover
    if found.state != MotionState.OPEN:
        raise errors.BallotIsOpen if found.state == MotionState.BALLOT else errors.NotOpen
    newest = found.texts.latest("number")
    if not newest.text:
        raise errors.NothingToAmend
    posted = request.POST if request.method == "POST" else None
    form = AmendmentForm(posted, seats=chamber.movers, newest=newest, on_rule=found.is_on_rule)
    if form.is_valid():
        said = form.cleaned_data
        base = get_object_or_404(MotionText, motion=found, number=said["base"])
        words = {"text": said["text"], "short": said.get("short", base.short), "reason": said["reason"]}
        sent = {"seat": said["seat"], "token": said["token"], "by": chamber.member, **words}
        if attempt(form, actions.propose, motion=found, base=base, **sent):
            text = _("Ændringsforslaget er stillet. %(mover)s har fået besked.")
            return redirect_in_house(request, "motion", number, said=text % {"mover": found.mover})
    context = {"motion": found, "form": form}
    return render(request, "council/motion_amend.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@require_POST
@refused_on(refused_motion)
def take_in(request: HouseRequest, number: int, amendment: int) -> HttpResponse:
    """Merge an amendment into the motion."""
    done = _("Ændringsforslag %(number)s er taget med i forslaget.")
    return _on_one(request, number, amendment, actions.take_in, done)


@requires(tied)
@posting
@require_POST
@refused_on(refused_motion)
def withdraw(request: HouseRequest, number: int, amendment: int) -> HttpResponse:
    """Withdraw an amendment."""
    done = _("Ændringsforslag %(number)s er trukket tilbage.")
    return _on_one(request, number, amendment, actions.withdraw, done)


def _on_one(
    request: HouseRequest, number: int, amendment: int, action: Callable[..., object], done: str
) -> HttpResponse:
    chamber = Chamber.of(request)
    of_motion = Amendment.objects.filter(motion=chamber.motion(number)).select_related("motion")
    found = get_object_or_404(of_motion, number=amendment)
    action(amendment=found, by=chamber.member)
    return redirect_in_house(request, "motion", number, said=done % {"number": found.number})


@requires(tied)
@posting
@require_POST
def comment(request: HouseRequest, number: int) -> HttpResponse:
    """Comment on the motion, for a seat or as staff."""
    chamber = Chamber.of(request)
    found, member = chamber.motion(number), chamber.member
    if not member.speaks:
        raise errors.NotYourSeat
    staff = member.access.is_staff_in(member.council.center_id)
    form = CommentForm(request.POST, seats=list(member.seats.values()), staff=staff)
    if not form.is_valid():
        return motion_page(request, chamber, number, status=422, comment_form=form)
    said = form.cleaned_data
    sent = {"seat": said.get("seat"), "text": said["text"], "token": said["token"], "by": member}
    made = attempt(form, actions.comment, motion=found, **sent)
    if made is None:
        return motion_page(request, chamber, number, status=422, comment_form=form)
    return redirect(f"{request.path.removesuffix('kommentar/')}#kommentar-{made.pk}")


@requires(tied)
@posting
@form_page
def edit(request: HouseRequest, number: int, pk: int) -> HttpResponse:
    """Edit a comment; what it said before stays visible."""
    chamber = Chamber.of(request)
    found = get_object_or_404(Comment.objects.select_related("motion"), motion=chamber.motion(number), pk=pk)
    if not actions.may_edit(found, chamber.member):
        raise errors.NotYourComment
    form = EditCommentForm(request.POST or None, initial={"text": found.text})
    if form.is_valid():
        said = {"text": form.cleaned_data["text"], "by": chamber.member}
        if succeeds(form, actions.edit_comment, comment=found, **said):
            return redirect(f"{request.path.split('kommentar/')[0]}#kommentar-{pk}")
    context = {"form": form, "comment": found, "motion": found.motion}
    return render(request, "council/motion_comment.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def recuse(request: HouseRequest, number: int) -> HttpResponse:
    """Recuse a seat of the person's; who holds the chair's seat enters a meeting's decision on another seat."""
    chamber = Chamber.of(request)
    found, member = chamber.motion(number), chamber.member
    if not member.holds_a_seat:
        raise errors.NotYourSeat
    if found.state not in BEFORE_COUNCIL:
        raise errors.NotOpen
    of_other = "decided-seat" in request.POST
    if of_other and not member.chair_held:
        raise errors.NotYourSeat
    posted = request.POST if request.method == "POST" else None
    own = RecuseForm(None if of_other else posted, seats=member.held_seats)
    decided = None
    if member.chair_held and (of_other or found.state == MotionState.OPEN):
        others = Seat.objects.in_force().filter(council=member.council).exclude(pk__in=member.parts)
        decided = RecuseForm(posted if of_other else None, seats=list(others.in_danish_order()), decided=True)
    form = decided if of_other and decided else own
    if form.is_valid():
        said = form.cleaned_data
        if succeeds(form, actions.recuse, motion=found, seat=said["seat"], reason=said["reason"], by=member):
            return redirect_in_house(
                request,
                "motion",
                number,
                said=_("%(seat)s er inhabil og stemmer ikke om forslaget.") % {"seat": said["seat"]},
            )
    context = {"motion": found, "own": own, "decided": decided, "form": form}
    return render(request, "council/motion_recuse.html", context, status=422 if form.errors else 200)
