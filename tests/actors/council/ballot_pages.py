"""A browser on the pages of ballots."""

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from actors.council.ballots import actions
from actors.council.enums import Choice, HolderRole
from actors.council.models import Ballot, Entitlement, Seat, VoteEvent
from actors.models import User
from tests.actors.council.factories import Holder, council_member


def path(ballot: Ballot, page: str = "") -> str:
    return f"/{ballot.council.center.slug}/husraad/afstemninger/{ballot.pk}/{page}"


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "da"})
    client.force_login(user)
    return client


def main(response: Any, status: int = 200) -> str:
    """The main part of an answer with that status."""
    assert response.status_code == status
    body: str = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(body.split())


def read(ballot: Ballot, user: User, page: str = "", status: int = 200) -> str:
    return main(browser(user).get(path(ballot, page)), status)


def send(ballot: Ballot, user: User, page: str = "stem/", **form: Any) -> Any:
    return browser(user).post(path(ballot, page), form)


def vote(ballot: Ballot, holder: Holder, choice: Choice = Choice.FOR, reason: str = "") -> VoteEvent:
    seat, user = holder
    return actions.vote(ballot=ballot, seat=seat, choice=choice, reason=reason, by=council_member(user, ballot.council))


def counted(ballot: Ballot, seat: Seat) -> str:
    """What the seat's vote is that counts; empty when none does."""
    event = Entitlement.objects.select_related("counting").get(ballot=ballot, seat=seat).counting
    return event.choice if event else ""


def seats_of(ballot: Ballot) -> list[Holder]:
    """The seats with their representatives, in the order they were made."""
    rows = Entitlement.objects.filter(ballot=ballot).select_related("seat__actor").order_by("seat")
    return [
        (row.seat, User.objects.get(seats_held__seat=row.seat, seats_held__part=HolderRole.REPRESENTATIVE))
        for row in rows
    ]


def cast(ballot: Ballot, seat: Seat, user: User, choice: Choice = Choice.FOR) -> str:
    return actions.cast_secret(ballot=ballot, seat=seat, choice=choice, by=council_member(user, ballot.council))


def over(ballot: Ballot) -> Any:
    """The clock after closing, with the ballot still to be counted."""
    return time_machine.travel(ballot.closes_at + timedelta(seconds=1), tick=False)


def close(ballot: Ballot) -> None:
    with over(ballot):
        actions.close(ballot=ballot)
    ballot.refresh_from_db()
