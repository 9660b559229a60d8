"""What waits for one in notices and disputes over all houses, for /mig/."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from actors.council.enums import DisputeState
from actors.council.models import Dispute, RuleNotice, SeatHolder
from actors.council.querysets import DisputeQuerySet
from actors.my_page import Section
from actors.requests import PersonRequest
from medborger.common import clock

NEW_FOR = timedelta(days=30)  # how long a notice that nobody has answered stays on the page
MOST = 10


def my_matters(request: PersonRequest) -> Section | None:
    """New notices to one's actors, disputes to mediate in, and those to follow up on: at most two statements."""
    notices, disputes = _notices(request), list(_disputes(request)[:MOST])
    if not (notices or disputes):
        return None
    return Section(
        "council/_my_matters.html",
        {
            "notices": notices,
            "to_mediate": [dispute for dispute in disputes if dispute.state == DisputeState.MEDIATION],
            "to_follow_up": [dispute for dispute in disputes if dispute.state == DisputeState.SETTLED],
        },
    )


def _notices(request: PersonRequest) -> list[RuleNotice]:
    standing = request.standing
    new = RuleNotice.objects.filter(
        actor__in=standing.actor_ids,
        answer="",
        dispute=None,
        created_at__gt=clock.now() - NEW_FOR,
        center__retired_at=None,
    )
    rows = new.select_related("center", "actor", "version").order_by("-created_at", "-pk")[:MOST]
    return [row for row in rows if row.actor_id in standing.actors_in(row.center_id)] if standing.actor_ids else []


def _disputes(request: PersonRequest) -> DisputeQuerySet:
    held = SeatHolder.objects.in_force().filter(user=request.user.pk)
    mediates = Q(mediator=request.user.pk) | Exists(held.filter(seat=OuterRef("mediator_seat")))
    due = Dispute.objects.to_follow_up().values("pk")
    in_council = Exists(held.filter(seat__council=OuterRef("council")))
    return (
        Dispute.objects.filter(
            Q(mediates, state=DisputeState.MEDIATION, mediation="") | (Q(pk__in=due) & (mediates | in_council)),
            council__center__retired_at=None,
        )
        .select_related("council__center")
        .order_by("created_at", "pk")
    )
