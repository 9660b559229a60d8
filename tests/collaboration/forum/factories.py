"""Forums and what is proposed for them, made by their own actions."""

from __future__ import annotations

from typing import Any

from actors.access import Access
from actors.meetings.actions import ItemData
from actors.models import User
from centers.models import Center
from collaboration.forum import actions
from collaboration.forum.actions import ForumFrame
from collaboration.forum.models import ProposedItem
from medborger.common import clock


def frame(**said: Any) -> ForumFrame:
    """The first Thursday of each month from nine to eleven."""
    return ForumFrame(**{"name": "Koordinerende forum", "counts_from": clock.today(), **said})


def proposal(center: Center, by: User, title: str = "Ny bordplan", about: str = "", **said: Any) -> ProposedItem:
    words = ItemData(title=title, **said)
    return actions.propose(center=center, words=words, about=about, by=Access.of(by))
