"""The digest as a letter: dressed when it is made and frozen, so that a retry sends the same bytes."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.digest_lines import DigestPart
from actors.models import User
from centers.models import Center
from collaboration import log_charts
from collaboration.digests import digest_texts
from collaboration.digests.enums import Act
from collaboration.digests.frozen_content import Arranged, Content, DigestEntry
from collaboration.digests.models import Digest
from collaboration.digests.tokens import ActToken, UnsubscribeToken
from collaboration.enums import CollaborationKind
from collaboration.figures import Weekly
from medborger.common import phrases
from medborger.common.messaging.letters import absolute, letter_to, reads_sms
from medborger.common.messaging.message_rendering import inline
from medborger.common.messaging.outbox import Letter

# What stands in a letter that readers share, where the links go that are each reader's own.
STOP = "stop"


def key_of(center_id: int, monday: date, user_id: int | None = None) -> str:
    """The letter's key in the outbox; without the reader's id, what that of each reader begins with."""
    return f"digest:{center_id}:{monday}" + (f":{user_id}" if user_id else "")


def act_url(token: ActToken) -> str:
    return absolute(reverse("digest_act", args=[token.signed()]))


def unsubscribe_url(user_id: int, center_id: int) -> str:
    return absolute(reverse("digest_unsubscribe", args=[UnsubscribeToken(user_id, center_id).signed()]))


@dataclass(frozen=True)
class MailedEntry:
    """A line as a letter shows it; its links are whole addresses, empty for what cannot be done."""

    entry: DigestEntry
    url: str
    snooze: str = ""
    forum: str = ""


@dataclass(frozen=True)
class ShownSection:
    part: DigestPart
    title: str
    lines: list[MailedEntry]
    more: str


@dataclass(frozen=True)
class _Shared:
    """A letter but for its reader's own links."""

    text: str
    html: str
    entries: list[DigestEntry]


class Composer:
    """Writes the letters of one making. Readers who are told the same share the work."""

    def __init__(self, center: Center) -> None:
        self._center = center
        self._shared: dict[Any, _Shared] = {}
        nonce = secrets.token_hex(8)
        self._mark = f"~{nonce}.%s~"
        self._marks = re.compile(rf"~{nonce}\.(\w+?)(\d*)~")

    def letter(self, digest: Digest, *, by_choice: bool) -> Letter:
        """One reader's letter: a mail with all of it, or an SMS with ugens to. `by_choice` is why they get it."""
        user = digest.recipient
        assert user is not None
        with translation.override(user.language):
            content = Content.of_json(digest.content)
            arranged = Arranged.of(content.in_language(user.language))
            number, house = digest.number, self._center.name
            fields: dict[str, Any] = {
                "key": key_of(self._center.pk, digest.week_starts_on),
                "center_id": self._center.pk,
                "link": reverse("digest", args=[self._center.slug, number.year, number.week]),
                "link_label": _("Se ugens overblik"),
            }
            if reads_sms(user):
                return letter_to(user, subject=digest_texts.week_in(number, house), text=_sms(arranged), **fields)
            shared = self._written(digest, arranged, content, by_choice)
            return letter_to(
                user,
                subject=digest_texts.subject(arranged, number, house),
                text=self._own(shared.text, shared.entries, digest, user),
                html=self._own(shared.html, shared.entries, digest, user),
                unsubscribe=unsubscribe_url(user.pk, self._center.pk),
                **fields,
            )

    def _own(self, text: str, entries: Sequence[DigestEntry], digest: Digest, user: User) -> str:
        """The shared text with the reader's own links in it."""

        def link(found: re.Match[str]) -> str:
            what, place = found.groups()
            if what == STOP:
                return unsubscribe_url(user.pk, self._center.pk)
            key = entries[int(place)].key
            return act_url(ActToken(Act(what), user.pk, self._center.pk, digest.week_starts_on, key))

        return self._marks.sub(link, text)

    def _written(self, digest: Digest, arranged: Arranged, content: Content, by_choice: bool) -> _Shared:
        entries = [*arranged.two, *(entry for section in arranged.sections for entry in section.shown)]
        told = tuple(entry.key for entry in entries), tuple(len(section.rest) for section in arranged.sections)
        key = (translation.get_language(), digest.week_starts_on, told, content.skipped, by_choice)
        if key not in self._shared:
            page = self._page(digest, arranged, content, by_choice)
            html = inline(render_to_string("mail/digest.html", page))
            self._shared[key] = _Shared("\n".join(_plain(page)), html, entries)
        return self._shared[key]

    def _page(self, digest: Digest, arranged: Arranged, content: Content, by_choice: bool) -> dict[str, Any]:
        house, number = self._center, digest.number
        url = absolute(reverse("digest", args=[house.slug, number.year, number.week]))
        places = iter(range(1000))
        return {
            "language": translation.get_language(),
            "house": house.name,
            "subject": digest_texts.subject(arranged, number, house.name),
            "kicker": digest_texts.kicker(number),
            "title": digest_texts.title(arranged, number, house.name),
            "lead": digest_texts.lead(arranged),
            "preheader": " ".join(entry.text for entry in arranged.two),
            "skipped": digest_texts.skipped(content.skipped),
            "two": [self._shown(entry, next(places)) for entry in arranged.two],
            "sections": [
                ShownSection(
                    section.part,
                    str(section.title),
                    [self._shown(entry, next(places)) for entry in section.shown],
                    digest_texts.more(len(section.rest)) if section.rest else "",
                )
                for section in arranged.sections
            ],
            "bars": log_charts.bars(_last(content.weekly)) if content.weekly else [],
            "url": url,
            "why": digest_texts.why(house.name, by_choice=by_choice),
            "choice_url": absolute(reverse("digest_choice", args=[house.slug])),
            "stop_url": self._mark % STOP,
        }

    def _shown(self, entry: DigestEntry, place: int) -> MailedEntry:
        return MailedEntry(
            entry,
            absolute(entry.link),
            snooze=self._mark % f"{Act.SNOOZE}{place}" if entry.may_wait else "",
            forum=self._mark % f"{Act.FORUM}{place}" if entry.for_forum else "",
        )


def _last(weekly: Weekly) -> dict[CollaborationKind, int]:
    """How many of each form were going in the last of the weeks."""
    return {form: numbers[-1] for form, numbers in weekly.counts.items()}


def _sms(arranged: Arranged) -> str:
    two = " ".join(entry.text for entry in arranged.two)
    return f"{digest_texts.waiting(arranged)}: {two}" if two else digest_texts.lead(arranged)


def _plain(page: dict[str, Any]) -> Iterator[str]:
    """The mail's plain part, line by line."""
    yield from (page["title"], page["kicker"] + ", " + page["house"], "")
    if page["skipped"]:
        yield from (page["skipped"], "")
    for line in page["two"]:
        yield from _plain_line(line)
        yield ""
    for section in page["sections"]:
        yield from (section.title.upper(), "")
        for line in section.lines:
            yield from _plain_line(line)
            yield ""
        if section.more:
            yield from (f"{section.more}: {page['url']}", "")
    if not page["two"] and not page["sections"]:
        yield from (page["lead"], "")
    yield from (_("Se ugens overblik") + ":", page["url"], "", "-- ", page["why"])
    yield _("Vælg dag og tid: %(url)s") % {"url": page["choice_url"]}
    yield _("Slå det fra: %(url)s") % {"url": page["stop_url"]}


def _plain_line(line: MailedEntry) -> Iterator[str]:
    entry = line.entry
    day = f"{phrases.short_day(entry.on)}: " if entry.on else ""
    yield f"* {day}{entry.text}"
    if entry.detail:
        yield entry.detail
    if entry.message:
        yield from ("", _("Du kan skrive:"), entry.message, "")
    yield f"{entry.label}: {line.url}"
    for label, url in ((Act.SNOOZE.label, line.snooze), (Act.FORUM.label, line.forum)):
        if url:
            yield f"{label}: {url}"
