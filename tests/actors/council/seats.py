"""What tests ask of seats: who has one, who holds it, and what a page says of it."""

import re
from typing import Any

from django.test import Client

from actors.council.models import Council, Seat, SeatHolder
from actors.models import User
from tests.actors.browsers import browser

FRONT = "/foreningernes-hus/husraad/"
SEATS = f"{FRONT}pladser/"
ORDERS = f"{FRONT}forretningsorden/"


def seated(council: Council) -> list[str]:
    return [seat.name for seat in Seat.objects.in_force().filter(council=council).in_danish_order()]


def holding(seat: Seat) -> set[tuple[str, str]]:
    rows = SeatHolder.objects.in_force().filter(seat=seat)
    return {(holder.user.name, holder.part) for holder in rows if holder.user}


def body(answer: Any, status: int = 200) -> str:
    """The page's own part, with each run of blanks as one."""
    assert answer.status_code == status
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(found[0].split())


def section(answer: Any, name: str) -> str:
    """The text of one section of the page; empty when it is not there."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">(.*?)</section>', body(answer))
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def danish(user: User | None = None) -> Client:
    return browser(user, headers={"accept-language": "da"})
