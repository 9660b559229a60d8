"""A week's digest as a reader finds it on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actors.access import Access
from centers.models import Center
from collaboration.digests import weeks
from collaboration.digests.enums import DigestState
from collaboration.digests.frozen_content import Arranged, Content, DigestEntry
from collaboration.digests.models import Digest

EARLIER = 12


@dataclass(frozen=True)
class DigestView:
    """One digest, and what of it this reader may see."""

    digest: Digest
    content: Content
    entries: list[DigestEntry]

    @classmethod
    def of(cls, digest: Digest, access: Access, language: str) -> DigestView:
        content = Content.of_json(digest.content)
        return cls(digest, content, [entry for entry in content.in_language(language) if _seen(entry, digest, access)])

    @property
    def is_own(self) -> bool:
        return self.digest.recipient_id is not None

    @property
    def is_wiped(self) -> bool:
        return not self.digest.content

    @property
    def was_skipped(self) -> bool:
        return self.digest.state == DigestState.SKIPPED

    def arranged(self) -> Arranged:
        return Arranged.of(self.entries)

    def entry(self, key: str) -> DigestEntry | None:
        return next((entry for entry in self.entries if entry.key == key), None)


def _seen(entry: DigestEntry, digest: Digest, access: Access) -> bool:
    """By what the reader is today: a role or an actor that they have left takes its lines along."""
    if access.is_admin or not (entry.roles or entry.actors):
        return True
    roles, actors = access.roles_in(digest.center_id), access.actors_in(digest.center_id)
    return not (roles.isdisjoint(entry.roles) and actors.isdisjoint(entry.actors))


def find(center: Center, access: Access, monday: date, language: str) -> DigestView | None:
    """The reader's own of that week, else for staff the house's copy."""
    digest = Digest.objects.visible_to(access, center.pk).of_week(monday).first()
    return DigestView.of(digest, access, language) if digest else None


def weeks_of(center: Center, access: Access) -> list[weeks.Number]:
    """The newest weeks that the reader can open, newest first."""
    seen = Digest.objects.visible_to(access, center.pk).until_now()
    mondays = seen.order_by("-week_starts_on").values_list("week_starts_on", flat=True).distinct()
    return [weeks.number(monday) for monday in mondays[:EARLIER]]
