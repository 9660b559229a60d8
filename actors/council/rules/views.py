"""Public pages of the house rules: those of a day, and one with its history."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.council.member import CouncilMember
from actors.council.models import Council, HouseRule, HouseRuleVersion, StandingOrders
from actors.council.rules import actions, rulebook
from actors.council.rules.forms import ReviewForm
from actors.council.views import member_of
from actors.permissions import tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common import clock, phrases
from medborger.common.fields import DayField
from medborger.common.limits import posting
from medborger.common.permissions import public, requires
from medborger.common.refusals import attempt, refused_on


@public
@require_safe
def rules(request: HouseRequest) -> HttpResponse:
    """The rules of today or, with `dato`, of another day."""
    today = clock.today()
    day = _asked_for(request.GET.get("dato", "")) or today
    council = Council.objects.with_reviews().filter(center=request.center).first()
    context = {
        "book": rulebook.of_day(request.center.pk, day),
        "council": council,
        "reviews": _reviews(council),
        "may_move": bool(council and _may_move(CouncilMember.of(request.access, council))),
        "day": "" if day == today else phrases.day_words(day),
        "tied": request.access.is_tied_to(request.center.pk),
        "staff": request.access.is_staff_in(request.center.pk),
    }
    return render(request, "council/rules.html", context)


@public
@require_safe
def rule(request: HouseRequest, number: int) -> HttpResponse:
    return rule_page(request, _rule(request, number))


def refused_rule(request: HouseRequest, number: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the rule as it is now, with what was refused at its form."""
    form = ReviewForm(request.POST)
    form.full_clean()
    form.add_error(None, refused)
    return rule_page(request, _rule(request, number), form=form, status=status)


@requires(tied)
@posting
@require_POST
@refused_on(refused_rule)
def review(request: HouseRequest, number: int) -> HttpResponse:
    """Keep the rule as it is until another day."""
    rule, member = _rule(request, number), member_of(request)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return rule_page(request, rule, form=form)
    version = HouseRuleVersion.objects.filter(rule=rule, pk=form.cleaned_data["version"]).first()
    if version is None:
        raise Http404
    day = form.cleaned_data["next_on"]
    if not attempt(form, actions.review, version=version, next_on=day, by=member):
        return rule_page(request, rule, form=form)
    return redirect_in_house(
        request,
        "house_rule",
        number,
        said=_("Reglen er beholdt. I ser på den igen %(day)s.") % {"day": phrases.date_words(day)},
    )


def rule_page(
    request: HouseRequest, rule: HouseRule, *, form: ReviewForm | None = None, status: int = 422
) -> HttpResponse:
    """The rule today, what it will say and what it has said; `form` is a review with its errors."""
    today = clock.today()
    texts = rulebook.history(rule)
    now = next((text for text in texts if text.version.in_force_on <= today), None)
    tied_here = request.access.is_tied_to(request.center.pk)
    council = Council.objects.with_reviews().filter(center=request.center).first()
    member = CouncilMember.of(request.access, council) if council else None
    gone = now is None or now.version.repeals
    if (
        form is None
        and now
        and not gone
        and now.version.review_on
        and _reviews(council)
        and member
        and member.holds_a_seat
    ):
        form = _review_form(now.version)
    context = {
        "rule": rule,
        "now": now,
        "title": (now or texts[-1]).version.title,
        "coming": [text for text in reversed(texts) if text.version.in_force_on > today],
        "earlier": texts[texts.index(now) + 1 :] if now else [],
        "tied": tied_here,
        "reviews": _reviews(council),
        "may_move": bool(member and not gone and _may_move(member)),
        "form": form,
    }
    return render(request, "council/rule.html", context, status=status if form is not None and form.errors else 200)


def _may_move(member: CouncilMember) -> bool:
    """Whether the person may move a motion, by the standing orders; one statement for who has a seat to ask about."""
    return bool(member.seats and member.may_move_for(StandingOrders.objects.in_force(member.council.pk)))


def _reviews(council: Council | None) -> bool:
    return council is not None and council.reviews


def _review_form(version: HouseRuleVersion) -> ReviewForm:
    """It proposes a year from now."""
    return ReviewForm(initial={"version": version.pk, "next_on": clock.today() + timedelta(days=365)})


def _rule(request: HouseRequest, number: int) -> HouseRule:
    return get_object_or_404(HouseRule.objects.of_house(request.center.pk), number=number)


def _asked_for(raw: str) -> date | None:
    """What was not understood is left out, as in the calendar."""
    try:
        return DayField(required=False).clean(raw)  # type: ignore[no-any-return]
    except ValidationError:
        return None
