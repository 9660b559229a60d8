"""Other wordings, recusal and the ballot on the page of a motion, and the status of each refusal."""

from typing import Any

import pytest
from django.test import Client

from actors.council.enums import AmendmentState
from actors.council.models import Council, Motion, Seat
from actors.models import User
from tests.actors.council.factories import Holder
from tests.actors.council.motion_pages import MEGABYTE, ROOT, amend, as_user, clubs, page
from tests.actors.council.motions import open_ballot, open_motion

pytestmark = pytest.mark.django_db


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """The first moves the motion."""
    return clubs(council)


@pytest.fixture
def motion(council: Council, holders: list[Holder]) -> Motion:
    return open_motion(council, holders[0][0], text="Musikken stopper kl. 22.00. Den sidste låser døren.")


# --- other wordings ---------------------------------------------------------------------------------------------------


def test_amendments_that_touch_the_same_words_are_flagged(
    client: Client, motion: Motion, holders: list[Holder]
) -> None:
    text = motion.texts.get().text
    amend(client, motion, holders[1], text.replace("22.00", "21.00"))
    amend(client, motion, holders[2], text.replace("22.00", "23.00"))
    amend(client, motion, holders[2], text.replace("døren", "alle døre"))
    html = page(client, motion)
    assert html.count("Rører de samme ord som nr. 2") == 1
    assert html.count("Rører de samme ord som nr. 1") == 1
    assert html.count("Rører de samme ord") == 2


def test_what_is_overtaken_by_the_text_says_so(client: Client, motion: Motion, holders: list[Holder]) -> None:
    text = motion.texts.get().text
    amend(client, motion, holders[1], text.replace("22.00", "21.00"))
    amend(client, motion, holders[2], text.replace("22.00", "23.00"))
    client = as_user(client, holders[0][1])
    assert client.post(f"{ROOT}{motion.number}/aendring/1/optag/").status_code == 302
    assert "Kan ikke tages med." in page(client, motion)
    assert client.post(f"{ROOT}{motion.number}/aendring/2/optag/").status_code == 409
    assert motion.amendments.get(number=2).state == AmendmentState.PROPOSED


def test_an_amendment_written_on_an_older_text_goes_in_beside_what_came_meanwhile(
    client: Client, motion: Motion, holders: list[Holder]
) -> None:
    text = motion.texts.get().text
    amend(client, motion, holders[1], text.replace("22.00", "21.00"))
    as_user(client, holders[0][1]).post(f"{ROOT}{motion.number}/aendring/1/optag/")
    amend(client, motion, holders[2], text.replace("døren", "alle døre"), base=1)
    as_user(client, holders[0][1]).post(f"{ROOT}{motion.number}/aendring/2/optag/")
    assert motion.texts.latest("number").text == "Musikken stopper kl. 21.00. Den sidste låser alle døre."


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"text": ""}, 422),
        ({"text": MEGABYTE}, 422),
        ({"text": "Musikken stopper kl. 22.00. Den sidste låser døren."}, 422),
        ({"text": "Andet.", "base": 7}, 404),
        ({"text": "Andet.", "base": "x"}, 422),
        ({"text": "Andet."}, 302),
    ],
)
def test_what_an_amendment_can_be(
    client: Client, motion: Motion, holders: list[Holder], said: dict[str, Any], status: int
) -> None:
    assert amend(client, motion, holders[1], **said).status_code == status
    assert motion.amendments.count() == (1 if status == 302 else 0)


def test_who_may_take_in_and_take_back(client: Client, motion: Motion, holders: list[Holder], staff: User) -> None:
    amend(client, motion, holders[1], "Andet.")
    path = f"{ROOT}{motion.number}/aendring/"
    assert as_user(client, staff).post(path, {"text": "Tredje.", "base": 1}).status_code == 403
    assert as_user(client, staff).post(f"{path}1/optag/").status_code == 403
    assert as_user(client, holders[2][1]).post(f"{path}1/traek/").status_code == 403
    assert as_user(client, holders[1][1]).post(f"{path}1/optag/").status_code == 403
    assert client.post(f"{path}2/traek/").status_code == 404
    assert client.post(f"{path}1/traek/").status_code == 302
    assert client.post(f"{path}1/traek/").status_code == 409


def test_nothing_is_amended_while_it_is_voted_on(client: Client, council: Council, holders: list[Holder]) -> None:
    motion = open_ballot(council, holders[0]).motion
    client = as_user(client, holders[1][1])
    assert client.get(f"{ROOT}{motion.number}/aendring/").status_code == 409
    assert amend(client, motion, holders[1], "Andet.").status_code == 409


# --- recusal ----------------------------------------------------------------------------------------------------------


def test_a_seat_recuses_itself_on_its_page(client: Client, motion: Motion, holders: list[Holder]) -> None:
    seat, user = holders[1]
    said = {"own-seat": seat.pk, "own-reason": "Vi får pengene."}
    client = as_user(client, user)
    assert "Vi er selv inhabile" in page(client, motion, "inhabil/")
    assert client.post(f"{ROOT}{motion.number}/inhabil/", said).status_code == 302
    assert "<b>Klub 1</b> deltager ikke." in page(client, motion)
    assert client.post(f"{ROOT}{motion.number}/inhabil/", said).status_code == 422


def test_the_chair_enters_what_a_meeting_decided_of_another(
    client: Client, motion: Motion, holders: list[Holder]
) -> None:
    (_mover, _user), (seat, _other), (third, user) = holders
    path, said = f"{ROOT}{motion.number}/inhabil/", {"decided-seat": seat.pk, "decided-reason": "De får pengene."}
    client = as_user(client, user)
    assert "Mødet har besluttet" not in page(client, motion, "inhabil/")
    assert client.post(path, said).status_code == 403
    Seat.objects.filter(pk=third.pk).update(is_chair=True)
    assert "Mødet har besluttet, at en anden er inhabil" in page(client, motion, "inhabil/")
    assert client.post(path, {**said, "decided-reason": ""}).status_code == 422
    assert client.post(path, said).status_code == 302
    assert "<b>Klub 1</b> deltager ikke: det har rådet besluttet." in page(client, motion)
    assert client.post(path, said).status_code == 422


def test_who_holds_no_seat_says_nothing_of_recusal(client: Client, motion: Motion, staff: User) -> None:
    assert as_user(client, staff).get(f"{ROOT}{motion.number}/inhabil/").status_code == 403
    assert client.post(f"{ROOT}{motion.number}/inhabil/", {"own-reason": "x"}).status_code == 403


# --- putting it to the vote -------------------------------------------------------------------------------------------


def test_the_chair_opens_it_too_and_once(client: Client, motion: Motion, holders: list[Holder]) -> None:
    path = f"{ROOT}{motion.number}/afstemning/"
    client = as_user(client, holders[1][1])
    assert client.get(path).status_code == 403
    Seat.objects.filter(pk=holders[1][0].pk).update(is_chair=True)
    assert "Hele forslaget, som det lyder nu." in page(client, motion, "afstemning/")
    assert client.post(path, {"method": "online"}).status_code == 302
    assert motion.ballots.get().on_the_whole
    assert client.get(path).status_code == 409
