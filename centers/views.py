"""The houses, and each house's front."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from centers import front as front_page, open_state
from centers.hours import Hours, week_ahead_of
from centers.middleware import CenterRequest
from centers.models import Center
from medborger.common import clock
from medborger.common.names import sort_key
from medborger.common.permissions import public


@public
@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    """All houses, each in its own colour; where there is only one, that house itself."""
    centers = sorted(Center.objects.open_to_visitors(), key=lambda center: sort_key(center.name))
    if len(centers) == 1:
        return redirect(centers[0])
    open_now = open_state.now_in(week_ahead_of(centers))
    cards = [(center, open_now[center.pk]) for center in centers]
    return render(request, "centers/houses.html", {"cards": cards})


@public
@require_safe
def front(request: CenterRequest) -> HttpResponse:
    """What a resident asks: open now, what is on, who is there, how to get in. No log-in."""
    today = clock.today()
    request.hours = Hours.reaching(request.center, last=today + front_page.AHEAD)
    context = {
        "hours": front_page.hours_table(request.hours, today),
        "unusual": front_page.unusual_days(request.hours, today),
        **front_page.filled(request),
    }
    return render(request, "centers/front.html", context)
