"""Pages of disputes: the list, one dispute, and each of its steps."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.council import errors
from actors.council.disputes import actions
from actors.council.disputes.forms import CouncilForm, DisputeForm, MediationForm, MediatorForm
from actors.council.enums import DisputeState
from actors.council.member import CouncilMember
from actors.council.models import Dispute
from actors.council.views import member_of
from actors.permissions import tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common.forms import RefusingForm
from medborger.common.limits import posting
from medborger.common.pagination import page
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page, refused_on


@requires(tied)
@require_safe
def disputes(request: HouseRequest) -> HttpResponse:
    """Those that the person may see, newest first; `vis=alle` also those that are over."""
    member = member_of(request)
    seen = Dispute.objects.visible_to(request.access, member)
    everything = request.GET.get("vis") == "alle"
    rows = seen if everything else seen.unsettled()
    context = {
        "page": page(rows.with_people(), request.GET, field="created_at", newest_first=True),
        "everything": everything,
        "council": member.council,
        "may_raise": _may_raise(member),
    }
    return render(request, "council/disputes.html", context)


@requires(tied)
@posting
@form_page
def raise_dispute(request: HouseRequest) -> HttpResponse:
    member = member_of(request)
    if not _may_raise(member):
        raise errors.NotYourMatter
    form = DisputeForm(request.POST or None, by=member)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            actions.raise_dispute,
            raised_by=said["raised_by"],
            others=list(said["parties"]),
            title=said["title"],
            what=said["what"],
            token=said["token"],
            by=member,
        )
        if made:
            return redirect_in_house(
                request, "dispute", made.number, said=_("Konflikten er rejst, og parterne har fået besked.")
            )
    return _form_page(request, "council/dispute_new.html", form, council=member.council)


@requires(tied)
@require_safe
def dispute(request: HouseRequest, number: int) -> HttpResponse:
    member = member_of(request)
    return dispute_page(request, _dispute(request, member, number), member)


@requires(tied)
@posting
@require_POST
def name_mediator(request: HouseRequest, number: int) -> HttpResponse:
    member = member_of(request)
    found = _dispute(request, member, number)
    if not actions.may_name_mediator(found, member):
        raise errors.NotYourMatter
    form = MediatorForm(request.POST, dispute=found, by=member)
    if form.is_valid():
        named = attempt(form, actions.name_mediator, dispute=found, mediator=form.cleaned_data["mediator"], by=member)
        if named:
            return redirect_in_house(request, "dispute", number, said=_("Mægleren og parterne har fået besked."))
    return dispute_page(request, found, member, mediator_form=form)


@requires(tied)
@posting
@require_POST
def mediate(request: HouseRequest, number: int) -> HttpResponse:
    """What the mediation led to: an agreement, or none."""
    member = member_of(request)
    found = _dispute(request, member, number)
    if not actions.is_mediator(found, member):
        raise errors.NotTheMediator
    form = MediationForm(request.POST)
    if form.is_valid() and _mediated(form, found, member):
        return redirect_in_house(request, "dispute", number, said=_("Det er skrevet ned, og parterne har fået besked."))
    return dispute_page(request, found, member, mediation_form=form)


@requires(tied)
@posting
@form_page
def to_council(request: HouseRequest, number: int) -> HttpResponse:
    """Send it to the council with a proposed decision."""
    member = member_of(request)
    found = _dispute(request, member, number)
    if not actions.may_send_to_council(found, member):
        raise errors.NotYourMatter
    form = CouncilForm(request.POST or None, dispute=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        motion = attempt(
            form,
            actions.send_to_council,
            dispute=found,
            proposal=said["proposal"],
            tried=said.get("tried", ""),
            follow_up_on=said["follow_up_on"],
            token=said["token"],
            by=member,
        )
        if motion:
            return redirect_in_house(
                request,
                "motion",
                motion.number,
                said=_("Konflikten er nu forslag %(number)s.") % {"number": motion.number},
            )
    return _form_page(request, "council/dispute_to_council.html", form, dispute=found, council=member.council)


def refused_dispute(request: HouseRequest, number: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the dispute as it is now, with what was refused."""
    member = member_of(request)
    return dispute_page(request, _dispute(request, member, number), member, refused=refused, status=status)


@requires(tied)
@posting
@require_POST
@refused_on(refused_dispute)
def follow_up(request: HouseRequest, number: int) -> HttpResponse:
    return _step(request, number, actions.follow_up, _("Det er noteret, at der er fulgt op."))


@requires(tied)
@posting
@require_POST
@refused_on(refused_dispute)
def withdraw(request: HouseRequest, number: int) -> HttpResponse:
    return _step(request, number, actions.withdraw, _("Konflikten er trukket tilbage."))


def dispute_page(
    request: HouseRequest,
    dispute: Dispute,
    member: CouncilMember,
    *,
    mediator_form: MediatorForm | None = None,
    mediation_form: MediationForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The forms come with their errors; `refused` is why something that was asked for here did not happen."""
    mediates = dispute.state == DisputeState.MEDIATION
    may_name = mediates and actions.may_name_mediator(dispute, member)
    may_mediate = mediates and actions.is_mediator(dispute, member)
    open_to_steps = not dispute.is_over and not dispute.is_before_council
    settled = dispute.state == DisputeState.SETTLED and dispute.followed_up_at is None
    if any(form is not None and form.errors for form in (mediator_form, mediation_form)):
        status = 422
    context = {
        "dispute": dispute,
        "council": member.council,
        "staff": request.access.is_staff_in(request.center.pk),
        "you_mediate": actions.is_mediator(dispute, member),
        "sees_notice": _sees_notice(request, dispute, member),
        "mediator_form": mediator_form or (MediatorForm(None, dispute=dispute, by=member) if may_name else None),
        "mediation_form": mediation_form or (MediationForm() if may_mediate else None),
        "may_send": open_to_steps and actions.may_send_to_council(dispute, member),
        "may_withdraw": open_to_steps and actions.may_withdraw(dispute, member),
        "may_follow_up": settled and (member.holds_a_seat or actions.is_mediator(dispute, member)),
        "refused": refused,
    }
    return render(request, "council/dispute.html", context, status=status)


def _dispute(request: HouseRequest, member: CouncilMember, number: int) -> Dispute:
    """Raises Http404 for who may not see it."""
    return get_object_or_404(Dispute.objects.visible_to(request.access, member).with_people(), number=number)


def _may_raise(member: CouncilMember) -> bool:
    return any(actions.speaks_for(pk, member) for pk in member.access.actors_in(member.council.center_id))


def _sees_notice(request: HouseRequest, dispute: Dispute, member: CouncilMember) -> bool:
    """The mediator may see a dispute without seeing the notice that it began with."""
    if dispute.notice is None:
        return False
    staff = request.access.is_staff_in(request.center.pk)
    return staff or member.holds_a_seat or dispute.notice.actor_id in request.access.actors_in(request.center.pk)


def _mediated(form: MediationForm, dispute: Dispute, member: CouncilMember) -> Dispute | None:
    said = form.cleaned_data
    if said["outcome"] == "agreed":
        return attempt(
            form,
            actions.settle,
            dispute=dispute,
            agreement=said["text"],
            follow_up_on=said["follow_up_on"],
            by=member,
        )
    return attempt(form, actions.end_mediation, dispute=dispute, what_was_tried=said["text"], by=member)


def _step(request: HouseRequest, number: int, action: Callable[..., Dispute], done: str) -> HttpResponse:
    """A step without a form."""
    member = member_of(request)
    found = _dispute(request, member, number)
    action(dispute=found, by=member)
    return redirect_in_house(request, "dispute", number, said=done)


def _form_page(request: HouseRequest, template: str, form: RefusingForm, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
