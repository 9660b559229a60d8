"""Clubs that hold seats, and the pages of their motions."""

from typing import Any
from uuid import uuid4

from django.test import Client

from actors.council.models import Council, Motion
from actors.models import User
from tests.actors.council.factories import Holder, make_seat, seat_person
from tests.factories import ActorFactory, UserFactory

ROOT = "/foreningernes-hus/husraad/forslag/"
MEGABYTE = "a" * 1_000_000


def clubs(council: Council) -> list[Holder]:
    """Three seats with a representative each, whose names nobody else sees."""
    seats = [make_seat(council, ActorFactory.create(name=f"Klub {at}", house=council.center)) for at in range(3)]
    names = [UserFactory.create(name=f"Navn Hemmeligt{seat.pk}", member_of=seat.actor) for seat in seats]
    return [(seat, seat_person(seat, user)) for seat, user in zip(seats, names, strict=True)]


def as_user(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def page(client: Client, motion: Motion, path: str = "", **query: Any) -> str:
    response = client.get(f"{ROOT}{motion.number}/{path}", query)
    assert response.status_code == 200
    return main_of(response.content.decode())


def main_of(html: str) -> str:
    return " ".join(html.split("<main", 1)[1].split("</main>")[0].split())


def form(**said: Any) -> dict[str, Any]:
    return {"title": "Nye stole", "text": "Vi køber stole.", "token": str(uuid4()), **said}


def amend(client: Client, motion: Motion, holder: Holder, text: str, **said: Any) -> Any:
    given = {"seat": holder[0].pk, "text": text, "base": 1, "token": str(uuid4()), **said}
    return as_user(client, holder[1]).post(f"{ROOT}{motion.number}/aendring/", given)
