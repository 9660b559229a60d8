"""Collaborations for tests, made by their own actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import RequestFactory

from actors.access import Access
from actors.models import Actor, User
from centers.models import Center
from collaboration import actions
from collaboration.entries import CollaborationData
from collaboration.enums import CollaborationKind, EvidenceKind
from collaboration.models import Collaboration
from collaboration.proposals import actions as proposals, evidence
from collaboration.proposals.evidence import SeenTogether
from medborger.common import clock
from medborger.common.limits import writing_to_others
from tests.registries import holding


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def entry(*actors: Actor, **said: Any) -> CollaborationData:
    """Two or more who have sung together for a hundred days."""
    return CollaborationData(
        **{
            "title": "Fællessang",
            "actors": actors,
            "since": days_ago(100),
            "form": CollaborationKind.COORDINATE,
            **said,
        }
    )


def entered(center: Center, by: User, *actors: Actor, **said: Any) -> Collaboration:
    return actions.enter(center=center, entry=entry(*actors, **said), by=Access.of(by))


def seen(*actors: Actor, key: str, **said: Any) -> SeenTogether:
    """Something that was seen of the actors a week ago."""
    fields = {"title": "Fælles aften", "on": days_ago(7), "link": "/", "kind": EvidenceKind.BOOKING, **said}
    return SeenTogether(key=key, actor_ids=frozenset(actor.pk for actor in actors), **fields)


@contextmanager
def only_seen(*sights: SeenTogether) -> Iterator[None]:
    """For the time being this is all that the apps see."""
    with holding(evidence.sources, {"test": lambda center, since: sights}):
        yield


def gathered(center: Center, *sights: SeenTogether) -> int:
    with only_seen(*sights):
        return proposals.gather(center=center, now=clock.now())


def proposed(center: Center, *actors: Actor, key: str = "seen:1", **said: Any) -> Collaboration:
    """What the page proposes of them."""
    gathered(center, seen(*actors, key=key, enough=True, **said))
    found: Collaboration = Collaboration.objects.proposed().get(evidence__key=key)
    return found


def written_to_others(user: User, times: int) -> None:
    """As if the person had sent so many forms that write to other actors' people."""
    request = RequestFactory().post("/")
    request.user = user
    for _ in range(times):
        assert writing_to_others(lambda _request: HttpResponse())(request).status_code == 200
