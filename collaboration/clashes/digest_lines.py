"""What the digest tells of events that meet: those that wait, and what was done about others."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.digest_lines import EVERYONE, LOOKS_AHEAD, Concerns, DigestLine, DigestPart, Week, providers
from actors.enums import COORDINATING_ROLES
from bookings.models import Booking
from collaboration.clashes import clash_texts
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import Clash
from collaboration.enums import CollaborationKind

AHEAD, MOST = timedelta(weeks=4), 20
URGENT, WAITS = 80, 70
TOLD = (ClashState.MOVED, ClashState.MERGED, ClashState.LEFT)


@providers[DigestPart.NEEDS].register(order=20)
def waiting(week: Week) -> Iterator[DigestLine]:
    """Those of the next four weeks that nobody has done anything about: for the two actors and for who coordinates. Two statements."""
    rows = Clash.objects.in_house(week.center.pk).waiting().filter(first__starts_at__lt=week.now + AHEAD)
    for clash in rows.with_what_they_share().order_by("first__starts_at", "id")[:MOST].read():
        said = _said(clash, week)
        yield DigestLine(
            key=f"clash:{clash.pk}",
            text=_("%(one)s og %(other)s er på samme tid og for de samme.") % said["titles"],
            detail=_("%(one)s. %(other)s.") % said["events"],
            link=_link(clash, week),
            label=_("Se, hvad I kan gøre"),
            concerns=Concerns(
                roles=COORDINATING_ROLES, actors=frozenset(clash_texts.actor_of(event).pk for event in clash.events)
            ),
            urgency=URGENT if clash.first.starts_at < week.now + LOOKS_AHEAD else WAITS,
            message=_message(clash, week),
            for_forum=True,
        )


@providers[DigestPart.NEWS].register(order=30)
def settled(week: Week) -> Iterator[DigestLine]:
    """What was done since: moved and made together for everybody, let stand for who coordinates. Two statements."""
    done = Clash.objects.in_house(week.center.pk).filter(
        state__in=TOLD, changed_at__gte=week.since, changed_at__lte=week.now
    )
    rows = done.with_who_did_it().order_by("-changed_at", "-id")[:MOST]
    for clash in week.once("clashes.settled", rows.read):
        for_all = clash.state != ClashState.LEFT
        said = _said(clash, week)
        yield DigestLine(
            key=f"clash-settled:{clash.pk}:{clash.version}",
            text=clash_texts.outcome(clash, seen_from=week.center.pk),
            detail=_("%(one)s og %(other)s var på samme tid.") % said["titles"],
            link=_event_link(clash) if for_all else _link(clash, week),
            label=_("Se arrangementet") if for_all else _("Se de to"),
            concerns=EVERYONE if for_all else Concerns(roles=COORDINATING_ROLES),
            at=clash.changed_at,
            done_by=clash.done_by,
            form={ClashState.MOVED: CollaborationKind.ALIGN, ClashState.MERGED: CollaborationKind.COORDINATE}.get(
                ClashState(clash.state), ""
            ),
        )


def _said(clash: Clash, week: Week) -> dict[str, dict[str, str]]:
    one, other = clash.events
    return {
        "titles": {"one": f"»{one.title}«", "other": f"»{other.title}«"},
        "events": {"one": _event(one, week), "other": _event(other, week)},
    }


def _event(event: Booking, week: Week) -> str:
    """Koret holder »Syng med« i Salen, torsdag 26. november kl. 18.00–20.00"""
    house = week.center.pk
    said = {"actor": clash_texts.who(event, seen_from=house), "event": clash_texts.what(event, seen_from=house)}
    return _("%(actor)s holder %(event)s") % said


def _message(clash: Clash, week: Week) -> str:
    """A mail to both, that can be sent as it stands."""
    paragraphs = [
        _("Kære begge"),
        _("%(one)s. %(other)s.") % _said(clash, week)["events"],
        " ".join([clash_texts.shared(clash), _("De, der kunne komme til begge, må altså vælge.")]).strip(),
        _("I kan flytte det ene, lave det sammen eller lade begge stå. Hvad passer jer bedst?"),
    ]
    return "\n\n".join(paragraphs)


def _link(clash: Clash, week: Week) -> str:
    return reverse("clash", args=[week.center.slug, clash.pk])


def _event_link(clash: Clash) -> str:
    """The page of the event that was moved, or is made together."""
    pk = clash.kept_id or clash.side_id
    event = next(event for event in clash.events if event.pk == pk)
    return reverse("booking", args=[event.center.slug, event.pk])
