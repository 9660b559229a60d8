"""Who is told what about a meeting: each just when they are needed, and what for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.meetings import words
from actors.meetings.enums import MeetingEvent
from actors.meetings.ics import calendar_file
from actors.meetings.models import Meeting, Participant
from actors.meetings.timetable import Span
from actors.models import User
from actors.notices import absolute, letter_to
from medborger.common import phrases
from medborger.common.models import Audit
from medborger.common.outbox import Letter


@dataclass(frozen=True)
class Notice:
    """A participant, when they were last told that they are needed, and when they are now."""

    participant: Participant
    before: list[Span]
    now: list[Span]


def reachable(user: User) -> bool:
    """Whether letters can go to the person at all."""
    return user.is_active and user.erased_at is None and bool(user.email or user.phone)


@dataclass(frozen=True)
class _Told:
    """One act as it is told; `body` is what the house calls the body, read once for all letters."""

    meeting: Meeting
    act: Audit
    body: str

    def facts(self) -> dict[str, str]:
        """In the language of the moment."""
        meeting = self.meeting
        return {
            "title": meeting.title,
            "circle": self.body,
            "when": phrases.when(meeting.starts_at, meeting.ends_at),
            "where": ", ".join(part for part in (meeting.where, meeting.center.name) if part),
        }


def letters(meeting: Meeting, act: Audit, notices: Iterable[Notice]) -> list[Letter]:
    """The letters about one act, each in its reader's language."""
    told = _Told(meeting, act, meeting.body.name(meeting.center) or "")
    return [
        _letter(told, notice, notice.participant.user)
        for notice in notices
        if notice.participant.user is not None and reachable(notice.participant.user)
    ]


def _letter(told: _Told, notice: Notice, user: User) -> Letter:
    meeting = told.meeting
    with translation.override(user.language):
        link = reverse("meeting", kwargs={"hus": meeting.center.slug, "pk": meeting.pk})
        items = words.items_for(meeting.slots, notice.participant.actor_ids) if notice.now else []
        return letter_to(
            user,
            key=f"meeting:{told.act.pk}",
            subject=_subject(told.act, notice) % told.facts(),
            text="\n\n".join(_paragraphs(told, notice, items)),
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


def _paragraphs(told: _Told, notice: Notice, items: list[str]) -> Iterator[str]:
    facts, for_actors = told.facts(), bool(notice.participant.actor_ids)
    if told.act.verb == MeetingEvent.CANCELLED:
        yield _("Mødet er aflyst: %(title)s, %(circle)s, %(when)s.") % facts
        return
    yield words.needed(told.meeting, notice.now, for_actors=for_actors)
    yield _("%(circle)s holder møde %(when)s. Sted: %(where)s.") % facts
    if notice.before and notice.now != notice.before:
        yield _("Før var det kl. %(times)s.") % {"times": words.times(notice.before)}
    if items:
        yield _("Det handler om:") + "\n" + "\n".join(items)
