"""Pages of notices of a breach: the list, one notice, recording, answering, appealing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.council.disputes import notice_actions as actions
from actors.council.disputes.forms import AnswerForm, AppealForm, NoticeFilter, NoticeForm
from actors.council.enums import Follows
from actors.council.member import CouncilMember
from actors.council.models import Council, Dispute, RuleNotice
from actors.council.querysets import NoticeQuerySet
from actors.council.views import member_of
from actors.permissions import staff, tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common.errors import NotAllowed
from medborger.common.limits import posting
from medborger.common.pagination import page
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@requires(tied)
@require_safe
def notices(request: HouseRequest) -> HttpResponse:
    """Those that the person may see, newest first."""
    seen = _visible(request)
    chosen = NoticeFilter(request.GET, notices=seen)
    narrowed = chosen.chosen()
    rows = seen.filter(**narrowed).select_related("actor", "room", "version__rule", "dispute")
    context = {
        "page": page(rows, request.GET, field="created_at", newest_first=True),
        "chosen": chosen,
        "narrowed": bool(narrowed),
        "staff": request.access.is_staff_in(request.center.pk),
    }
    return render(request, "council/notices.html", context)


@requires(staff)
@posting
@form_page
def record(request: HouseRequest) -> HttpResponse:
    """Note a breach; a booking's page links here with actor, room and time."""
    form = NoticeForm(request.POST or None, center=request.center)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        notice = attempt(
            form,
            actions.record,
            center=request.center,
            actor=said["actor"],
            rule=said["rule"],
            room=said["room"],
            happened_at=said["happened_at"],
            what=said["what"],
            follows=Follows(said["follows"]),
            token=said["token"],
            by=request.access,
        )
        if notice:
            return redirect_in_house(
                request,
                "rule_notice",
                notice.number,
                said=_("Det er noteret, og %(actor)s har fået besked.") % {"actor": notice.actor},
            )
    elif request.method != "POST":
        form.prefill(request.GET)
    return render(request, "council/notice_new.html", {"form": form}, status=422 if form.errors else 200)


@requires(tied)
@require_safe
def notice(request: HouseRequest, number: int) -> HttpResponse:
    return notice_page(request, _notice(request, number))


@requires(tied)
@posting
@require_POST
def answer(request: HouseRequest, number: int) -> HttpResponse:
    found = _notice(request, number)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answered = attempt(form, actions.answer, notice=found, text=form.cleaned_data["answer"], by=request.access)
        if answered:
            return redirect_in_house(request, "rule_notice", number, said=_("Jeres svar er sendt."))
    if found.actor_id not in request.access.actors_in(request.center.pk):
        raise NotAllowed
    return notice_page(request, found, form=form)


@requires(tied)
@posting
@form_page
def appeal(request: HouseRequest, number: int) -> HttpResponse:
    """Object to it: the page says what follows before it is done."""
    found, member = _notice(request, number), member_of(request)
    if not actions.may_appeal(found, member):
        raise NotAllowed
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dispute = attempt(form, actions.appeal, notice=found, why=form.cleaned_data["why"], by=member)
        if dispute:
            return redirect_in_house(
                request, "dispute", dispute.number, said=_("Indsigelsen er sendt. Næste skridt er mægling.")
            )
    context = {"form": form, "notice": found, "council": member.council}
    return render(request, "council/notice_appeal.html", context, status=422 if form.errors else 200)


def notice_page(request: HouseRequest, notice: RuleNotice, *, form: AnswerForm | None = None) -> HttpResponse:
    """`form` is an answer with its errors."""
    own = notice.actor_id in request.access.actors_in(request.center.pk)
    dispute = Dispute.objects.filter(notice=notice).first()
    member = _member(request)
    context = {
        "notice": notice,
        "own": own,
        "staff": request.access.is_staff_in(request.center.pk),
        "form": form or (AnswerForm() if own and not notice.answer else None),
        "dispute": dispute,
        "may_appeal": member is not None and dispute is None and actions.may_appeal(notice, member),
    }
    return render(request, "council/notice.html", context, status=422 if form is not None and form.errors else 200)


def _member(request: HouseRequest) -> CouncilMember | None:
    council = Council.objects.filter(center=request.center).first()
    return CouncilMember.of(request.access, council) if council else None


def _visible(request: HouseRequest) -> NoticeQuerySet:
    return RuleNotice.objects.visible_to(request.access, _member(request), request.center.pk)


def _notice(request: HouseRequest, number: int) -> RuleNotice:
    """Raises Http404 for who may not see it."""
    seen = _visible(request).select_related("actor", "room", "version__rule", "recorded_by", "answered_by")
    found = get_object_or_404(seen, number=number)
    found.center = request.center
    return found
