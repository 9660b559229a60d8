"""What the log has to tell of a house's week: proposals to confirm, next steps, new collaborations, new actors, and a neglected tie."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.digest_lines import EVERYONE, Concerns, DigestLine, DigestPart, Week, providers
from actors.enums import COORDINATING_ROLES, Tie
from actors.models import Affiliation
from collaboration.emails import names
from collaboration.entries import party_ids
from collaboration.introductions import ties
from collaboration.models import Collaboration, Introduction
from medborger.common import clock, phrases

PROPOSAL, STEP_DUE, STEP_OVERDUE, TIE = 40, 45, 60, 50


@providers[DigestPart.NEEDS].register(order=60)
def proposals(week: Week) -> Iterator[DigestLine]:
    """Two statements."""
    rows = Collaboration.objects.proposed().filter(center=week.center).with_parties().order_by("created_at", "id")
    for row in week.once("log.proposals", lambda: list(rows)):
        said = {"actors": _actors(row), "title": row.title}
        yield DigestLine(
            key=f"proposal:{row.pk}",
            text=_("Har %(actors)s et samarbejde? %(title)s") % said,
            detail=_("Siden har set dem sammen. Bekræft, ret eller afvis."),
            link=_page(row),
            label=_("Se forslaget"),
            concerns=Concerns(roles=COORDINATING_ROLES, actors=party_ids(row)),
            urgency=PROPOSAL,
            message=_(
                "Kære %(actors)s\n\nVi kan se, at I har lavet noget sammen: %(title)s. Er det et samarbejde, så bekræft det på "
                "siden. Så kan andre i huset se det. Er det ikke, så afvis det."
            )
            % said,
        )


@providers[DigestPart.NEEDS].register(order=50)
def steps(week: Week) -> Iterator[DigestLine]:
    """Next steps that are due within the coming week, or were; two statements."""
    today = clock.local(week.now).date()
    rows = Collaboration.objects.filter(center=week.center).with_step_by(clock.local(week.until).date())
    rows = rows.with_parties().select_related("next_step_owner")
    for row in week.once("log.steps", lambda: list(rows)):
        owner, due = row.next_step_owner, row.next_step_on
        if owner is None or due is None:
            continue
        said = {
            "step": row.next_step,
            "owner": owner.name,
            "day": phrases.date_words(due),
            "title": row.title,
        }
        late = due < today
        yield DigestLine(
            key=f"step:{row.pk}:{due.isoformat()}",
            text=_("%(owner)s: %(step)s") % said,
            detail=(
                _("Skulle være gjort %(day)s. Det hører til %(title)s.")
                if late
                else _("Senest %(day)s. Det hører til %(title)s.")
            )
            % said,
            link=_page(row),
            label=_("Se samarbejdet"),
            concerns=Concerns(roles=COORDINATING_ROLES, actors=frozenset({owner.pk})),
            urgency=STEP_OVERDUE if late else STEP_DUE,
            message=_(
                "Kære %(owner)s\n\nI har taget næste skridt i %(title)s: %(step)s. Det var aftalt til %(day)s. Er det gjort, så skriv det "
                "på siden. Har I brug for hjælp eller mere tid, så sig til."
            )
            % said,
            for_forum=late,
        )


@providers[DigestPart.NEWS].register(order=10)
def new_collaborations(week: Week) -> Iterator[DigestLine]:
    """Two statements."""
    rows = Collaboration.objects.confirmed().filter(
        center=week.center, confirmed_at__gt=week.since, confirmed_at__lte=week.now
    )
    rows = rows.with_parties().order_by("confirmed_at", "id")
    for row in week.once("log.collaborations", lambda: list(rows)):
        yield DigestLine(
            key=f"collaboration:{row.pk}",
            text=_("%(actors)s: %(title)s") % {"actors": _actors(row), "title": row.title},
            link=_page(row),
            label=_("Se samarbejdet"),
            concerns=EVERYONE,
            at=row.confirmed_at,
            done_by=row.confirmed_by_id,
            form=row.form,
        )


@providers[DigestPart.NEWS].register(order=20)
def new_actors(week: Week) -> Iterator[DigestLine]:
    """Who has come into the house; one statement. A tie has a date and no hour: it is told when its first day is over."""
    days = clock.local(week.since).date() - timedelta(days=1), clock.local(week.now).date()
    ties_of_house = Affiliation.objects.in_force().filter(center=week.center, since__range=days, actor__retired_at=None)
    rows = ties_of_house.exclude(tie=Tie.EXTERNAL).select_related("actor").order_by("since", "id")
    for row in week.once("log.actors", lambda: list(rows)):
        at = clock.midnight(row.since + timedelta(days=1))
        if week.since < at <= week.now:
            yield DigestLine(
                key=f"actor:{row.actor_id}",
                text=_("%(actor)s er kommet til huset.") % {"actor": row.actor.name},
                link=reverse("people", args=[week.center.slug]),
                label=_("Se, hvem der er i huset"),
                concerns=EVERYONE,
                at=at,
            )


@providers[DigestPart.TIE].register(order=10)
def tie(week: Week) -> Iterator[DigestLine]:
    """The neglected tie that was named for the week, until it is answered; two statements."""
    monday = clock.monday(clock.local(week.now).date())
    named = Introduction.objects.filter(center=week.center, week_starts_on=monday, proposed_at=None, dismissed_at=None)
    introduction = week.once("log.tie", lambda: named.with_actors().first())
    if introduction is not None:
        why = ties.why(introduction)
        said = {"first": introduction.first.name, "second": introduction.second.name}
        yield DigestLine(
            key=f"tie:{introduction.pk}",
            text=_("%(first)s og %(second)s kender måske ikke hinanden.") % said,
            detail=str(why),
            link=reverse("tie", args=[week.center.slug, introduction.pk]),
            label=_("Foreslå en kop kaffe"),
            concerns=Concerns(roles=COORDINATING_ROLES),
            urgency=TIE,
            message=ties.message(introduction, why),
        )


def _actors(collaboration: Collaboration) -> str:
    return names([party.actor for party in collaboration.parties.all()])


def _page(collaboration: Collaboration) -> str:
    return reverse("collaboration", args=[collaboration.center.slug, collaboration.pk])
