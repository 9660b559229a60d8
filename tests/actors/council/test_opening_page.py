"""The page that puts a motion to the vote."""

import pytest
from django.test import Client

from actors.council.enums import Entitled, Method
from actors.council.models import Ballot, Council, Motion, Seat
from actors.models import User
from centers.models import Center
from tests.actors.council.factories import fill_seats, make_council
from tests.actors.council.motions import hold_meeting, open_amendment, open_motion

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, entitled=Entitled.CHOSEN, notice_days=7)


@pytest.fixture
def mover(council: Council) -> tuple[Seat, User]:
    return fill_seats(council, 2)[0]


@pytest.fixture
def motion(council: Council, mover: tuple[Seat, User]) -> Motion:
    return open_motion(council, mover[0])


def path(motion: Motion) -> str:
    return f"/{motion.council.center.slug}/husraad/forslag/{motion.number}/afstemning/"


def test_the_movers_representative_opens_the_ballot(client: Client, motion: Motion, mover: tuple[Seat, User]) -> None:
    client.force_login(mover[1])
    assert "lukker" in client.get(path(motion)).content.decode()
    assert not Ballot.objects.exists()
    answer = client.post(path(motion), {"method": Method.ONLINE})
    assert (answer.status_code, Ballot.objects.get().method) == (302, Method.ONLINE)


def test_at_a_meeting_it_is_open_for_as_many_minutes_as_said(
    client: Client, motion: Motion, mover: tuple[Seat, User]
) -> None:
    client.force_login(mover[1])
    client.post(path(motion), {"method": Method.MEETING, "minutes": 15})
    ballot = Ballot.objects.get()
    assert round((ballot.closes_at - ballot.opened_at).total_seconds() / 60) == 15


def test_before_the_notice_is_over_it_is_refused_in_words(
    client: Client, council: Council, mover: tuple[Seat, User]
) -> None:
    motion = open_motion(council, mover[0], days_ago=1)
    client.force_login(mover[1])
    answer = client.post(path(motion), {"method": Method.ONLINE})
    assert answer.status_code == 409
    assert "skal ligge til drøftelse" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_amendments_that_are_voted_on_first_are_said(client: Client, motion: Motion, mover: tuple[Seat, User]) -> None:
    open_amendment(motion, mover[0], "Vi køber seks stole.")
    client.force_login(mover[1])
    assert "Der stemmes først om et ændringsforslag." in client.get(path(motion)).content.decode()


def test_neither_staff_nor_another_seat_opens(client: Client, motion: Motion, staff: User, council: Council) -> None:
    other = fill_seats(council, 1)[0][1]
    for person in (staff, other):
        client.force_login(person)
        assert client.post(path(motion), {"method": Method.ONLINE}).status_code == 403
    assert not Ballot.objects.exists()


def test_hands_are_shown_at_a_meeting_that_is_held_now(
    client: Client, motion: Motion, mover: tuple[Seat, User]
) -> None:
    client.force_login(mover[1])
    refused = client.post(path(motion), {"method": Method.HANDS})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (422, {"method"})
    assert "eller indkald rådet til et møde." in refused.content.decode()
    hold_meeting(motion.council)
    answer = client.post(path(motion), {"method": Method.HANDS})
    assert (answer.status_code, Ballot.objects.get().method) == (302, Method.HANDS)


@pytest.mark.parametrize("method", ["", "brev", "hands"])
def test_a_secret_ballot_is_not_held_by_hands_nor_any_ballot_in_a_way_that_does_not_exist(
    client: Client, house: Center, method: str
) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, secret=True)
    seat, user = fill_seats(council, 5)[0]
    motion = open_motion(council, seat)
    client.force_login(user)
    assert client.post(path(motion), {"method": method}).status_code == 422
    assert not Ballot.objects.exists()
