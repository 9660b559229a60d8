"""The digest of a week with earlier ones beside it, one's choice of it, and who gets it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.permissions import manager, tied
from actors.requests import HouseRequest, redirect_in_house
from collaboration import log_charts
from collaboration.digests import actions, delivery_overview as people, digest_texts, digest_view, weeks
from collaboration.digests.digest_view import DigestView
from collaboration.digests.enums import Act
from collaboration.digests.forms import ChoiceForm
from collaboration.digests.frozen_content import DigestEntry
from collaboration.digests.models import MONDAY_AT_SEVEN, Snooze, Subscription
from collaboration.digests.tokens import ActToken
from collaboration.figures import Weekly
from medborger.common import clock
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@dataclass(frozen=True)
class Offered:
    """A line on a page; the addresses take a POST, and are empty for what cannot be done with it."""

    entry: DigestEntry
    snooze: str = ""
    forum: str = ""
    is_put_off: bool = False

    @classmethod
    def of(cls, entry: DigestEntry, request: HouseRequest, monday: date, put_off: Container[str]) -> Offered:
        def address(act: Act) -> str:
            token = ActToken(act, request.user.pk, request.center.pk, monday, entry.key)
            return reverse("digest_act", args=[token.signed()])

        return cls(
            entry,
            snooze=address(Act.SNOOZE) if entry.may_wait else "",
            forum=address(Act.FORUM) if entry.for_forum else "",
            is_put_off=entry.key in put_off,
        )


@requires(tied)
@require_safe
def now(request: HouseRequest) -> HttpResponse:
    """The newest week that the reader has; else this week, which invites them."""
    mine = digest_view.weeks_of(request.center, request.access)
    newest = mine[0] if mine else weeks.number(clock.today())
    return redirect_in_house(request, "digest", newest.year, newest.week)


@requires(tied)
@require_safe
def digest(request: HouseRequest, aar: int, uge: int) -> HttpResponse:
    """One week. Who has none of this week is invited to get it; a week that has not come is not found."""
    try:
        monday = weeks.monday_of(aar, uge)
    except ValueError:
        raise Http404 from None
    this_week = clock.monday(clock.today())
    found = digest_view.find(request.center, request.access, monday, get_language() or "da")
    if monday > this_week or (found is None and monday != this_week):
        raise Http404
    number = weeks.number(monday)
    context = {
        "number": number,
        "heading": digest_texts.week_in(number, request.center.name),
        "reading": found,
        "weeks": digest_view.weeks_of(request.center, request.access),
        "subscription": _own(request),
        "manages": request.access.is_manager_in(request.center.pk),
    }
    if found is not None:
        context |= _told(request, found)
    return render(request, "digests/digest.html", context)


def _told(request: HouseRequest, found: DigestView) -> dict[str, Any]:
    """Ugens to and the parts, each line with what can be done about it."""
    arranged, monday = found.arranged(), found.digest.week_starts_on
    own = Snooze.objects.in_force(clock.now()).filter(center=request.center, user=request.user.pk)
    put_off = set(own.values_list("key", flat=True))

    def offered(entries: Iterable[DigestEntry]) -> list[Offered]:
        return [Offered.of(entry, request, monday, put_off) for entry in entries]

    return {
        "arranged": arranged,
        "two": offered(arranged.two),
        "sections": [(section, offered(section.shown), offered(section.rest)) for section in arranged.sections],
        "lead": digest_texts.lead(arranged),
        "waiting": digest_texts.waiting(arranged),
        "skipped": digest_texts.skipped(found.content.skipped),
        "in_weeks": _in_weeks(found.content.weekly),
    }


def _in_weeks(weekly: Weekly | None) -> dict[str, Any] | None:
    """The small picture, and the numbers beside it."""
    return {"rows": log_charts.rows(weekly), "numbers": log_charts.week_numbers(weekly)} if weekly else None


def _own(request: HouseRequest) -> Subscription | None:
    return Subscription.objects.filter(center=request.center, user=request.user.pk).first()


@requires(tied)
@posting
@form_page
def choice(request: HouseRequest) -> HttpResponse:
    """Whether and when one gets it."""
    own = _own(request)
    form = ChoiceForm.of(own or Subscription(**MONDAY_AT_SEVEN), request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = attempt(form, actions.choose, center=request.center, by=request.access, **form.cleaned_data)
        if chosen:
            return redirect_in_house(request, "digest_choice", said=_("Gemt. Du får ugens overblik."))
    context = {"form": form, "subscription": own}
    return render(request, "digests/choice.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@require_POST
def stop(request: HouseRequest) -> HttpResponse:
    """No more of it."""
    actions.unsubscribe(center=request.center, user=request.user)
    return redirect_in_house(request, "digest_choice", said=_("Du får ikke længere ugens overblik."))


@requires(manager)
@require_safe
def receivers(request: HouseRequest) -> HttpResponse:
    """Who gets it and when, and whose letter did not arrive."""
    found = people.of_house(request.center)
    context = {"receivers": found, "lost": sum(one.has_failed for one in found)}
    return render(request, "digests/receivers.html", context)
