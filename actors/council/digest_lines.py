"""Lines of the weekly digest about the council: open ballots and new motions."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.council.ballots.actions.opening import may_open_from
from actors.council.enums import MotionState
from actors.council.models import Ballot, Motion, StandingOrders
from actors.council.overview import time_left
from actors.digest_lines import EVERYONE, Concerns, DigestLine, DigestPart, Week, providers
from medborger.common import clock, phrases

SOON, CLOSING_SOON = timedelta(days=3), 65


@providers[DigestPart.NEEDS].register(order=30)
def votes_missing(week: Week) -> Iterator[DigestLine]:
    """Yield a line for those who have still to vote. It has the key of `votes_closing`, which they are then not told."""
    for ballot in _open(week):
        waiting = frozenset(ballot.waiting_for)
        if not waiting:
            continue
        closes = phrases.day_and_time(ballot.closes_at)
        said = {"matter": _matter(ballot), "when": closes, "council": ballot.council}
        yield DigestLine(
            key=f"ballot:{ballot.pk}",
            text=_("I har ikke stemt om %(matter)s") % said,
            detail=_("Afstemningen lukker %(when)s.") % said,
            link=_link(week, ballot.motion),
            label=_("Stem"),
            concerns=Concerns(users=waiting),
            urgency=CLOSING_SOON if ballot.closes_at - week.now <= SOON else 0,
            message=_(
                "Hej. %(council)s stemmer om %(matter)s. Afstemningen lukker %(when)s. Hvad synes I, vi skal stemme?"
            )
            % said,
        )


@providers[DigestPart.COMING].register(order=30)
def votes_closing(week: Week) -> Iterator[DigestLine]:
    """Yield a line for everybody about a ballot that closes in the coming week."""
    for ballot in _open(week):
        if ballot.closes_at < week.until:
            yield DigestLine(
                key=f"ballot:{ballot.pk}",
                text=_("Afstemningen om %(matter)s lukker") % {"matter": _matter(ballot)},
                detail=_("kl. %(hour)s") % {"hour": phrases.hour(ballot.closes_at)},
                day=clock.local(ballot.closes_at).date(),
                link=_link(week, ballot.motion),
                label=_("Se forslaget"),
                concerns=EVERYONE,
            )


@providers[DigestPart.NEWS].register(order=60)
def new_motions(week: Week) -> Iterator[DigestLine]:
    """Yield a line for each new motion, with when it can be voted on."""
    motions = week.once("council.motions", lambda: _opened(week))
    if not motions:
        return
    orders = week.once("council.orders", lambda: StandingOrders.objects.in_force(motions[0].council_id))
    for motion in motions:
        from_then = may_open_from(motion, orders)
        waits = motion.state == MotionState.OPEN and from_then > week.now
        yield DigestLine(
            key=f"motion:{motion.pk}",
            text=_("Nyt forslag i %(council)s: %(motion)s") % {"council": motion.council, "motion": motion},
            detail=_("Afstemningen kan åbne %(when)s.") % {"when": time_left(from_then)} if waits else "",
            link=_link(week, motion),
            label=_("Læs forslaget"),
            concerns=EVERYONE,
            at=motion.opened_at,
            done_by=motion.author_id,
        )


def _open(week: Week) -> list[Ballot]:
    return week.once("council.ballots", lambda: list(_ballots(week)))


def _ballots(week: Week) -> Iterator[Ballot]:
    open_now = Ballot.objects.unclosed().filter(
        council__center=week.center, opened_at__lte=week.now, closes_at__gt=week.now
    )
    yield from (open_now.select_related("council", "motion").with_waiting_users().order_by("closes_at", "pk"))


def _opened(week: Week) -> list[Motion]:
    new = {"opened_at__gt": week.since, "opened_at__lte": week.now}
    before = Motion.objects.before_council().filter(council__center=week.center, **new)
    return list(before.select_related("council").order_by("opened_at", "pk"))


def _matter(ballot: Ballot) -> str:
    if ballot.amendment_id is not None:
        return _("et ændringsforslag til »%(motion)s«") % {"motion": ballot.motion}
    return f"»{ballot.motion}«"


def _link(week: Week, motion: Motion) -> str:
    return reverse("motion", args=[week.center.slug, motion.number])
