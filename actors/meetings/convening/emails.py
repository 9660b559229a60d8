"""Letters about a meeting: each says when the reader is needed, and what for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.meetings import timetable
from actors.meetings.enums import MeetingEvent
from actors.meetings.ics import calendar_file
from actors.meetings.models import Meeting, Participant
from actors.meetings.timetable import Span
from actors.models import User
from medborger.common import phrases
from medborger.common.messaging.letters import absolute, letter_to
from medborger.common.messaging.outbox import Letter
from medborger.common.models import Audit


@dataclass(frozen=True)
class Notice:
    """A participant, when they were last told that they are needed, and when they are now."""

    participant: Participant
    before: list[Span]
    now: list[Span]


def letters(meeting: Meeting, act: Audit, notices: Iterable[Notice]) -> list[Letter]:
    """Return the letters about one audited event, each in its reader's language."""
    body = meeting.body.name(meeting.center) or ""
    return [
        _letter(meeting, body, act, notice, notice.participant.user)
        for notice in notices
        if notice.participant.user is not None and notice.participant.user.is_reachable
    ]


def _letter(meeting: Meeting, body: str, act: Audit, notice: Notice, user: User) -> Letter:
    with translation.override(user.language):
        link = reverse("meeting", kwargs={"hus": meeting.center.slug, "pk": meeting.pk})
        items = timetable.items_for(meeting, notice.participant.actor_ids) if notice.now else []
        facts = {
            "title": meeting.title,
            "circle": body,
            "when": phrases.when(meeting.starts_at, meeting.ends_at),
            "where": ", ".join(filter(None, (meeting.where, meeting.center.name))),
        }
        return letter_to(
            user,
            key=f"meeting:{act.pk}",
            subject=_subject(act, notice) % facts,
            text="\n\n".join(_paragraphs(meeting, act, notice, items, facts)),
            link=link,
            link_label=_("Se mødet, og svar") if notice.now else _("Se mødet"),
            calendar=calendar_file(
                meeting, notice.now, before=notice.before, description="\n".join(items), url=absolute(link)
            ),
            center_id=meeting.center_id,
        )


def _subject(act: Audit, notice: Notice) -> str:
    if act.verb == MeetingEvent.CANCELLED:
        return _("Aflyst: %(title)s %(when)s")
    if not notice.before:
        return _("Indkaldelse: %(title)s %(when)s")
    if not notice.now:
        return _("I skal ikke bruges alligevel: %(title)s %(when)s")
    if act.verb == MeetingEvent.CHANGED:
        return _("Ændret: %(title)s %(when)s")
    return _("Ny tid: %(title)s %(when)s")


def _paragraphs(meeting: Meeting, act: Audit, notice: Notice, items: list[str], facts: dict[str, str]) -> Iterator[str]:
    if act.verb == MeetingEvent.CANCELLED:
        yield _("Mødet er aflyst: %(title)s, %(circle)s, %(when)s.") % facts
        return
    yield timetable.needed_words(meeting, notice.now, for_actors=bool(notice.participant.actor_ids))
    yield _("%(circle)s holder møde %(when)s. Sted: %(where)s.") % facts
    if notice.before and notice.now != notice.before:
        yield _("Før var det kl. %(times)s.") % {"times": timetable.times(notice.before)}
    if items:
        yield _("Det handler om:") + "\n" + "\n".join(items)
