"""What the forum is offered for its agendas: actors that have come to the house since it last met, what was agreed and not done, and what
other apps have open."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.meetings.enums import ItemKind
from actors.meetings.meeting_bodies import ItemData
from actors.meetings.models import ActionPoint, Meeting
from actors.models import Affiliation
from centers.models import Center
from collaboration.forum.enums import KEY
from medborger.common import clock
from medborger.common.registry import Registry

MOST = 10
# How far back an actor is new in a house whose forum has not met.
NEW_FOR = timedelta(days=90)


# What other apps offer. The `about` of an item is the path of the page it is about, unlike any other's: it keeps the same matter
# off the agenda a second time.
elsewhere: Registry[Callable[[Center], Iterable[ItemData]]] = Registry("evidence_sources")


def topics(center: Center) -> Iterator[ItemData]:
    """All that is open in the house now, the most pressing of each first."""
    for provider in (open_points, new_actors, *elsewhere):
        yield from provider(center)


def new_actors(center: Center) -> Iterator[ItemData]:
    """Newcomers are introduced (S1382-88)."""
    page = reverse("forum_members", kwargs={"hus": center.slug})
    for tie in newcomers(center):
        yield ItemData(
            title=_("Ny i huset: %(actor)s") % {"actor": tie.actor.name},
            about=f"{page}#aktoer-{tie.actor_id}",
            text=_("Hvem er de, hvem er de her for, og hvem kan de lave noget sammen med?"),
            kind=ItemKind.INFORMATION,
            minutes_needed=10,
            owner=tie.actor,
        )


def open_points(center: Center) -> Iterator[ItemData]:
    """What is over its day by itself, and all that is open together."""
    points = ActionPoint.objects.open().filter(center=center, meeting__circle=KEY).order_by("due_on", "pk")
    found = list(points.select_related("owner_actor"))
    if found:
        yield ItemData(
            title=_("Opgaver fra sidst (%(count)s åbne)") % {"count": len(found)},
            about=reverse("action_points", kwargs={"hus": center.slug}),
            kind=ItemKind.INFORMATION,
            minutes_needed=10,
        )
    for point in [point for point in found if point.is_overdue][:MOST]:
        yield ItemData(
            title=_("Opgaven er over tiden: %(task)s") % {"task": point.title},
            about=reverse("action_point", kwargs={"hus": center.slug, "pk": point.pk}),
            minutes_needed=5,
            owner=point.owner_actor,
        )


def newcomers(center: Center) -> QuerySet[Affiliation]:
    """Ties to the house that have begun since the forum last met, the newest first."""
    ties = Affiliation.objects.in_force().filter(center=center, since__gt=_last_met(center), actor__retired_at=None)
    return ties.select_related("actor").order_by("-since", "pk")[:MOST]


def _last_met(center: Center) -> date:
    held = Meeting.objects.announced().filter(center=center, circle=KEY, starts_at__lte=clock.now())
    last = held.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return clock.local(last).date() if last else clock.today() - NEW_FOR
