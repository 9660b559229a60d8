"""What the pages of digests have in common."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from actors.requests import HouseRequest
from collaboration.digests.enums import Act
from collaboration.digests.frozen_content import Entry
from collaboration.digests.tokens import ActToken


@dataclass(frozen=True)
class Offered:
    """A line on a page; the addresses take a POST, and are empty for what cannot be done with it."""

    entry: Entry
    snooze: str = ""
    forum: str = ""
    is_put_off: bool = False

    @classmethod
    def of(cls, entry: Entry, request: HouseRequest, monday: date, put_off: Container[str]) -> Offered:
        def address(act: Act) -> str:
            token = ActToken(act, request.user.pk, request.center.pk, monday, entry.key)
            return reverse("digest_act", args=[token.signed()])

        return cls(
            entry,
            snooze=address(Act.SNOOZE) if entry.may_wait else "",
            forum=address(Act.FORUM) if entry.for_forum else "",
            is_put_off=entry.key in put_off,
        )
