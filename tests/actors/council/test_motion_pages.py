"""The pages of motions: what they show to whom, what they cost, and the status of each refusal."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.council.ballots import actions as ballot_actions
from actors.council.discussion import actions
from actors.council.enums import Choice, MotionKind
from actors.council.models import Comment, Council, HouseRuleVersion, Motion, Seat
from actors.models import User
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.council.factories import Holder, council_member, make_rule
from tests.actors.council.motion_pages import MEGABYTE, ROOT, as_user, clubs, page
from tests.actors.council.motions import open_ballot, open_motion
from tests.factories import ActorFactory, UserFactory

pytestmark = pytest.mark.django_db

# The person, the house, their access; the orders with the council, the person's seats; the motion with all that is said of it; its
# ballots; the house's hours and closures for the header.
MOTION_SQL = 9
VOTED_ON_SQL = 10  # and one's own seats in the ballot


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """The first moves the motion."""
    return clubs(council)


@pytest.fixture
def motion(council: Council, holders: list[Holder]) -> Motion:
    return open_motion(council, holders[0][0], text="Musikken stopper kl. 22.00. Den sidste låser døren.")


# --- the page ---------------------------------------------------------------------------------------------------------


def on_rule(version: HouseRuleVersion, mover: Seat, **said: Any) -> Motion:
    return open_motion(
        mover.council,
        mover,
        kind=MotionKind.CHANGE_RULE,
        rule=version.rule,
        based_on=version,
        meaning="Øver I sent, skal I flytte.",
        **said,
    )


def test_a_motion_on_a_rule_begins_with_before_now_and_what_it_means(
    client: Client, holders: list[Holder], house: Center, room: Room
) -> None:
    version = make_rule(house, 6, rooms=[room])
    motion = on_rule(version, holders[0][0], text="Musik og høj tale skal stoppe kl. 21.30.")
    html = page(as_user(client, holders[1][1]), motion)
    order = [html.index(f">{word}<") for word in ("Før", "Nu", "Hvad betyder det for jer")]
    assert order == sorted(order)
    assert "Musik og høj tale skal stoppe kl. 22.00." in html
    assert "Øver I sent, skal I flytte." in html
    assert '<del><span class="sr-only">Udgår: </span>22.00</del>' in html
    assert '<ins><span class="sr-only">Nyt: </span>21.30</ins>' in html


def test_the_talk_names_actors_and_staff_but_nobody_by_name(
    client: Client, motion: Motion, holders: list[Holder], staff: User
) -> None:
    (_mover, _user), (seat, user), (_third, third) = holders
    actions.comment(motion=motion, seat=seat, text="Godt forslag.", by=council_member(user, motion.council))
    actions.comment(motion=motion, seat=None, text="Salen er fri.", by=council_member(staff, motion.council))
    html = page(as_user(client, third), motion)
    assert [word in html for word in ("<b>Klub 1</b>", "<b>Husets medarbejder</b>", "Salen er fri.")] == [True] * 3
    assert [name in html for name in ("Hemmeligt", "Maja")] == [False, False]


def test_edits_are_shown(client: Client, motion: Motion, holders: list[Holder]) -> None:
    seat, user = holders[1]
    client = as_user(client, user)
    client.post(f"{ROOT}{motion.number}/kommentar/", {"seat": seat.pk, "text": "Nej.", "token": str(uuid4())})
    comment = Comment.objects.get()
    path = f"{ROOT}{motion.number}/kommentar/{comment.pk}/ret/"
    assert client.post(path, {"text": "Jo."}).headers["Location"] == f"{ROOT}{motion.number}/#kommentar-{comment.pk}"
    html = page(as_user(client, holders[2][1]), motion)
    assert "Jo." in html
    assert "Se, hvad der stod" in html
    assert "Nej." in html
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("Ring til 010190-1234", 422), ("a" * 4001, 422), (MEGABYTE, 422), ("Ja.", 302)]
)
def test_what_a_comment_can_be(client: Client, motion: Motion, holders: list[Holder], text: str, status: int) -> None:
    seat, user = holders[1]
    said = {"seat": seat.pk, "text": text, "token": str(uuid4())}
    response = as_user(client, user).post(f"{ROOT}{motion.number}/kommentar/", said)
    assert response.status_code == status
    assert Comment.objects.count() == (1 if status == 302 else 0)


def test_a_comment_sent_twice_is_said_once(client: Client, motion: Motion, holders: list[Holder]) -> None:
    seat, user = holders[1]
    said = {"seat": seat.pk, "text": "Ja.", "token": str(uuid4())}
    client = as_user(client, user)
    first, second = (client.post(f"{ROOT}{motion.number}/kommentar/", said).headers["Location"] for _ in range(2))
    assert first == second
    assert Comment.objects.count() == 1


def test_a_member_of_the_house_without_a_seat_reads_along(client: Client, motion: Motion, house: Center) -> None:
    reader = UserFactory.create(member_of=ActorFactory.create(house=house))
    client = as_user(client, reader)
    html = page(client, motion)
    assert "Skriv kommentaren" not in html
    assert "Foreslå en anden ordlyd" not in html
    assert client.post(f"{ROOT}{motion.number}/kommentar/", {"text": "Hej."}).status_code == 403


def test_markup_in_texts_is_text(client: Client, council: Council, holders: list[Holder]) -> None:
    nasty = "<script>alert(1)</script> [kom](javascript:alert(2)) <img src=x onerror=alert(3)>"
    motion = open_motion(council, holders[0][0], text=nasty, title="<b>Fed</b>", why=nasty, meaning=nasty)
    seat, user = holders[1]
    actions.comment(motion=motion, seat=seat, text=nasty, by=council_member(user, council))
    actions.propose(
        motion=motion,
        seat=seat,
        base=motion.texts.get(),
        text=f"{nasty} mere",
        short="",
        reason=nasty,
        by=council_member(user, council),
    )
    html = page(as_user(client, holders[2][1]), motion)
    assert [bad in html for bad in ("<script>alert", "<img src=x", 'href="javascript', "<b>Fed")] == [False] * 4


# --- what the page costs ----------------------------------------------------------------------------------------------


def talk(motion: Motion, holders: list[Holder], times: int) -> None:
    (_mover, _user), (seat, user), (third, other) = holders
    text = motion.texts.get()
    for at in range(times):
        said = actions.comment(motion=motion, seat=seat, text=f"Nr. {at}", by=council_member(user, motion.council))
        actions.edit_comment(comment=said, text="Jo.", by=council_member(user, motion.council))
        actions.propose(
            motion=motion,
            seat=third,
            base=text,
            text=f"{text.text} Nr. {at}.",
            short="",
            by=council_member(other, motion.council),
        )


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_however_much_is_said(
    client: Client,
    motion: Motion,
    holders: list[Holder],
    times: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    talk(motion, holders, times)
    client = as_user(client, holders[0][1])
    page(client, motion)
    with django_assert_max_num_queries(MOTION_SQL):
        html = page(client, motion)
    assert html.count("Nr. ") >= times


def decided_motions(council: Council, mover: Holder, number: int) -> None:
    for _ in range(number):
        ballot = open_ballot(council, mover)
        ballot_actions.vote(ballot=ballot, seat=mover[0], choice=Choice.FOR, by=council_member(mover[1], council))
        with time_machine.travel(ballot.closes_at + timedelta(minutes=1), tick=False):
            ballot_actions.close(ballot=ballot)


def test_with_five_hundred_seats_a_motion_that_is_voted_on_costs_no_more(
    client: Client, council: Council, holders: list[Holder], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    decided_motions(council, holders[0], 4)
    Seat.objects.bulk_create(
        Seat(council=council, own_name=f"Plads {at}", since=clock.now()) for at in range(500 - len(holders))
    )
    motion = open_ballot(council, holders[0]).motion
    client = as_user(client, holders[1][1])
    page(client, motion)
    with django_assert_max_num_queries(VOTED_ON_SQL):
        html = page(client, motion)
    assert html.count('class="bar"') == 3
    assert "Seneste afgørelser" in html


def test_two_texts_of_a_hundred_kilobytes_are_shown_as_what_changed(
    client: Client, council: Council, holders: list[Holder], house: Center
) -> None:
    sentences = [f"Regel {at} siger, at alle i huset rydder op efter sig." for at in range(1800)]
    before = "\n".join(sentences)
    after = before.replace("Regel 900 siger", "Regel 900 kræver")
    motion = on_rule(make_rule(house, 9, text=before, short=""), holders[0][0], text=after)
    html = page(as_user(client, holders[1][1]), motion)
    assert "kræver</ins>" in html
    assert "ord er uændrede" in html


@pytest.mark.parametrize("path", ["aabn/", "kommentar/", "aendring/1/optag/", "aendring/1/traek/"])
def test_a_get_on_an_act_changes_nothing(client: Client, motion: Motion, holders: list[Holder], path: str) -> None:
    assert as_user(client, holders[0][1]).get(f"{ROOT}{motion.number}/{path}").status_code == 405
