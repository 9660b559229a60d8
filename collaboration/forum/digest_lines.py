"""Lines of the weekly digest about the forum: warnings, tasks that are due, the next meeting, what it decided."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from actors.digest_lines import EVERYONE, Concerns, DigestLine, DigestPart, Week, providers
from actors.enums import COORDINATING_ROLES, Role
from actors.meetings import timetable
from actors.meetings.action_points.action_point_rows import owner_name
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.meetings.timetable import TimedItem
from centers.models import Center
from collaboration.forum import cadence, lapse
from collaboration.forum.enums import KEY, SLUG
from collaboration.forum.lapse import Alarm, Alert, ForumState
from collaboration.forum.models import Forum, ForumMember
from medborger.common import clock, phrases

MANAGERS = frozenset({Role.MANAGER})
DUE_WITHIN = timedelta(days=7)
URGENCY = {Alarm.VACANT: 90, Alarm.LAPSED: 80, Alarm.NO_HOLDER: 55, Alarm.HOLDER_LEAVES: 50}
OVERDUE, DUE = 60, 45


@providers[DigestPart.NEEDS].register(order=10)
def warnings(week: Week) -> Iterator[DigestLine]:
    """In two statements at most."""
    state = week.once("forum.state", lambda: ForumState.of(week.center))
    for alert in lapse.warnings(state):
        yield _warning(alert, state, week.center)


def _warning(alert: Alert, state: ForumState, center: Center) -> DigestLine:
    vacant = alert.alarm == Alarm.VACANT
    concerned = Concerns(roles=MANAGERS) if vacant else Concerns(roles=COORDINATING_ROLES, users=_holder(state.forum))
    view, label = {
        Alarm.VACANT: ("people", _("Giv rollen")),
        Alarm.LAPSED: ("meeting_new", _("Lav mødet")),
        Alarm.NO_HOLDER: ("forum_settings", _("Vælg en tovholder")),
        Alarm.HOLDER_LEAVES: ("forum_succession", _("Se overleveringen")),
    }[alert.alarm]
    house = {"hus": center.slug}
    return DigestLine(
        key=f"forum:{alert.alarm}:{center.pk}",
        text=alert.text,
        detail=alert.detail,
        link=reverse(view, kwargs=house | ({"kreds": SLUG} if alert.alarm == Alarm.LAPSED else {})),
        label=label,
        concerns=concerned,
        urgency=URGENCY[alert.alarm],
        message=_message(alert, state, center),
    )


def _holder(forum: Forum | None) -> frozenset[int]:
    return frozenset({forum.holder_id} if forum is not None and forum.holder_id and forum.is_held else ())


def _message(alert: Alert, state: ForumState, center: Center) -> str:
    """What can be sent to those concerned as it stands."""
    said: dict[str, Any] = {"house": center.name, "forum": state.forum.name if state.forum else ""}
    if alert.alarm == Alarm.LAPSED and state.forum is not None:
        due = cadence.next_due(state.forum.cadence, clock.today() + timedelta(days=1))
        said |= {"alert": alert.text, "day": phrases.day_words(due), "where": state.forum.where or center.name}
        said["time"] = phrases.clock_text(state.forum.start)
        text = _(
            "Kære alle. %(alert)s Nu tager vi det op igen. Vi mødes %(day)s kl. %(time)s. Sted: %(where)s."
            " Er der noget, vi skal tale om, så foreslå et punkt på forums side."
        )
        return text % said
    texts = {
        Alarm.VACANT: _(
            "Kære alle. Lige nu er der ingen koordinator i %(house)s. Indtil vi har fundet en, kan I skrive til mig om det, der går på"
            " tværs. Kender I en, der kunne gøre det, så sig til."
        ),
        Alarm.NO_HOLDER: _(
            "Kære alle. %(forum)s mangler en tovholder: en, der indkalder og holder det i gang. Kunne det være dig, eller kender du en?"
            " Skriv til mig."
        ),
        Alarm.HOLDER_LEAVES: _(
            "Kære alle. Vores tovholder i %(forum)s stopper snart. Vi har brug for en ny, og alt, man skal vide, står i en overlevering."
            " Kunne det være dig?"
        ),
    }
    return texts[alert.alarm] % said


@providers[DigestPart.NEEDS].register(order=40)
def points(week: Week) -> Iterator[DigestLine]:
    """Action points of all the house's meetings that are due within a week, or over their day; in one statement."""
    last = clock.local(week.now + DUE_WITHIN).date()
    due = ActionPoint.objects.open().filter(center=week.center, due_on__lte=last).order_by("due_on", "pk")
    rows = due.select_related("owner_actor", "owner_user", "meeting")
    for point in week.once("forum.points", lambda: list(rows)):
        yield _point(point, week.center)


def _point(point: ActionPoint, center: Center) -> DigestLine:
    said = {
        "task": point.title,
        "owner": owner_name(point),
        "day": phrases.day_words(point.due_on),
        "meeting": point.meeting.title,
    }
    late = point.is_overdue
    detail = _("%(owner)s, senest %(day)s.") if not late else _("%(owner)s, skulle være løst %(day)s.")
    message = (
        _("Kære %(owner)s. På %(meeting)s aftalte vi: %(task)s. Det skulle være gjort senest %(day)s. Er det gjort?")
        if late
        else _("Kære %(owner)s. På %(meeting)s aftalte vi: %(task)s. Det skal være gjort senest %(day)s. Når I det?")
    )
    return DigestLine(
        key=f"point:{point.pk}",
        text=_("Opgave: %(task)s") % said,
        detail=detail % said,
        link=reverse("action_point", kwargs={"hus": center.slug, "pk": point.pk}),
        label=_("Se opgaven"),
        concerns=Concerns(
            roles=COORDINATING_ROLES,
            actors=frozenset({point.owner_actor_id} if point.owner_actor_id else ()),
            users=frozenset({point.owner_user_id} if point.owner_user_id else ()),
        ),
        urgency=OVERDUE if late else DUE,
        message=f"{message % said} {_('Er der noget i vejen, så skriv til mig.')}",
        for_forum=True,
    )


@providers[DigestPart.COMING].register(order=20)
def meetings(week: Week) -> Iterator[DigestLine]:
    """The forum's coming meeting: to who keeps it as a whole, to each actor just what it is needed for; in two statements."""
    members = ForumMember.objects.in_force().filter(forum__center=week.center).order_by().values("forum__center")
    coming = Meeting.objects.announced().filter(
        center=week.center, circle=KEY, starts_at__gt=week.now, starts_at__lte=week.until
    )
    rows = coming.annotate(
        member_ids=Subquery(members.annotate(ids=ArrayAgg("actor")).values("ids")),
        holder_id=F("center__forum__holder"),
    ).order_by("starts_at", "pk")
    found: list[Any] = week.once("forum.meetings", lambda: list(rows))
    items = week.once("forum.items", lambda: _items(found) if found else {})
    for meeting in found:
        yield from _meeting(meeting, timetable.slots(meeting.starts_at, items.get(meeting.pk, [])), week.center)


def _items(meetings: Sequence[Meeting]) -> dict[int, list[AgendaItem]]:
    rows = AgendaItem.objects.filter(meeting__in=[meeting.pk for meeting in meetings]).order_by("position")
    named = ArrayAgg("concerned__actor", filter=Q(concerned__isnull=False), default=Value([]))
    found: dict[int, list[AgendaItem]] = defaultdict(list)
    for item in rows.annotate(actor_ids=named):
        item.audience_ids = frozenset(item.actor_ids)
        found[item.meeting_id].append(item)
    return found


def _meeting(meeting: Any, slots: list[TimedItem], center: Center) -> Iterator[DigestLine]:
    day = clock.local(meeting.starts_at).date()
    said = {
        "meeting": meeting.title,
        "day": phrases.day_words(day),
        "hours": phrases.hours(meeting.starts_at, meeting.ends_at),
    }
    shown: dict[str, Any] = {
        "link": reverse("meeting", kwargs={"hus": center.slug, "pk": meeting.pk}),
        "label": _("Se dagsordenen"),
        "day": day,
    }
    count = ngettext("%(count)s punkt.", "%(count)s punkter.", len(slots)) % {"count": len(slots)}
    yield DigestLine(
        key=f"meeting:{meeting.pk}",
        text=_("%(meeting)s %(day)s kl. %(hours)s") % said,
        detail=count,
        concerns=Concerns(roles=COORDINATING_ROLES, users=frozenset({meeting.holder_id} if meeting.holder_id else ())),
        **shown,
    )
    for theirs, actors in _who_is_needed(meeting.member_ids or [], slots).items():
        spans = [(slots[place].starts_at, slots[place].ends_at) for place in theirs]
        titles = ", ".join(slots[place].item.title for place in theirs)
        yield DigestLine(
            key=f"meeting:{meeting.pk}:{'-'.join(str(slots[place].item.pk) for place in theirs)}",
            text=_("%(meeting)s %(day)s kl. %(times)s: %(items)s")
            % {**said, "times": timetable.times(spans), "items": titles},
            concerns=Concerns(actors=frozenset(actors)),
            **shown,
        )


def _who_is_needed(members: Sequence[int], slots: list[TimedItem]) -> dict[tuple[int, ...], list[int]]:
    """The actors that are needed for the same items, by the places of these; those for all only where an actor has none of its own."""
    found = defaultdict(list)
    named = {actor for slot in slots for actor in slot.item.audience_ids}
    for actor in sorted(named | set(members)):
        own = tuple(place for place, slot in enumerate(slots) if actor in slot.item.audience_ids)
        for_all = tuple(place for place, slot in enumerate(slots) if not slot.item.audience_ids)
        if own or for_all:
            found[own or for_all].append(actor)
    return found


@providers[DigestPart.NEWS].register(order=40)
def decisions(week: Week) -> Iterator[DigestLine]:
    """What the forum decided at meetings whose minutes have been approved since; in two statements."""
    found, decided = week.once("forum.decisions", lambda: _decided(week))
    for pk, titles in decided.items():
        meeting = found[pk]
        count = ngettext("%(count)s beslutning", "%(count)s beslutninger", len(titles)) % {"count": len(titles)}
        day = phrases.date_words(clock.local(meeting.starts_at).date())
        yield DigestLine(
            key=f"minutes:{pk}",
            text=_("%(meeting)s %(day)s: %(count)s") % {"meeting": meeting.title, "day": day, "count": count},
            detail=", ".join(titles),
            link=reverse("meeting", kwargs={"hus": week.center.slug, "pk": pk}),
            label=_("Læs referatet"),
            concerns=EVERYONE,
            at=meeting.minutes_approved_at,
            done_by=meeting.minutes_approved_by_id,
        )


def _decided(week: Week) -> tuple[dict[int, Meeting], dict[int, list[str]]]:
    """The meetings, and the headings of the items on which something was decided."""
    approved = Meeting.objects.filter(center=week.center, circle=KEY, minutes_approved_at__gt=week.since)
    found = {meeting.pk: meeting for meeting in approved.order_by("starts_at", "pk")}
    decided: dict[int, list[str]] = defaultdict(list)
    if found:
        for item in AgendaItem.objects.filter(meeting__in=found).exclude(decision="").order_by("position"):
            decided[item.meeting_id].append(item.title)
    return found, decided
