"""The pages of motions: what they show to whom, what they cost, and the status of each refusal."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.council.actions import amendments, ballots, discussion
from actors.council.enums import AmendmentState, Choice, Entitled, MotionKind, MotionState
from actors.council.models import Comment, Council, HouseRuleVersion, Motion, Seat
from actors.enums import Role
from actors.models import User
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.council.factories import bench, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_ballot, open_motion
from tests.factories import ActorFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db

Holder = tuple[Seat, User]
ROOT = "/foreningernes-hus/husraad/forslag/"
MEGABYTE = "a" * 1_000_000
# The person, the house, their standing; the orders with the council, the bench; the motion with all that is said of it; its
# ballots; the house's hours and closures for the header.
MOTION_SQL = 9
VOTED_ON_SQL = 10  # and one's own seats in the ballot


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, entitled=Entitled.CHOSEN)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """The first moves the motion."""
    return [
        (seat, seat_person(seat, UserFactory.create(name=f"Navn Hemmeligt{at}", member_of=seat.actor)))
        for at in range(3)
        for seat in [make_seat(council, ActorFactory.create(name=f"Klub {at}", house=council.center))]
    ]


@pytest.fixture
def motion(council: Council, holders: list[Holder]) -> Motion:
    return open_motion(council, holders[0][0], text="Musikken stopper kl. 22.00. Den sidste låser døren.")


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


# --- choosing and writing ---------------------------------------------------------------------------------------------


def test_first_one_chooses_what_it_is_about(client: Client, holders: list[Holder]) -> None:
    html = main_of(as_user(client, holders[0][1]).get(f"{ROOT}nyt/").content.decode())
    assert [kind.value for kind in MotionKind if f'href="?slags={kind}"' in html] == [
        "new_rule",
        "change_rule",
        "repeal_rule",
        "furnishing",
        "financing",
        "standing_orders",
        "other",
    ]


@pytest.mark.parametrize("asked", ["dispute", "noget", "NEW_RULE"])
def test_a_kind_that_is_not_offered_is_not_found(client: Client, holders: list[Holder], asked: str) -> None:
    client = as_user(client, holders[0][1])
    assert client.get(f"{ROOT}nyt/?slags={asked}").status_code == 404
    assert client.post(f"{ROOT}nyt/?slags={asked}", form()).status_code == 404
    assert not Motion.objects.exists()


@pytest.mark.parametrize("role", [Role.STAFF, Role.BOOKING_ADMIN, Role.COORDINATOR, Role.MANAGER, "admin"])
def test_staff_cannot_move_a_motion(
    client: Client, council: Council, house: Center, admin: User, role: Role | str
) -> None:
    client = as_user(client, admin if role == "admin" else person_with(Role(role), house))
    assert client.get(f"{ROOT}nyt/").status_code == 403
    assert client.post(f"{ROOT}nyt/?slags=other", form()).status_code == 403
    assert not Motion.objects.exists()


def test_a_house_without_a_council_has_no_motions(client: Client, house: Center, member: User) -> None:
    client = as_user(client, member)
    assert client.get(f"{ROOT}nyt/").status_code == 404
    assert client.get(f"{ROOT}1/").status_code == 404


def test_a_change_begins_with_what_the_rule_says(client: Client, holders: list[Holder], house: Center) -> None:
    version = make_rule(house, 4, from_minute=1320, to_minute=1440)
    client = as_user(client, holders[0][1])
    assert 'href="?slags=change_rule&amp;regel=4"' in client.get(f"{ROOT}nyt/?slags=change_rule").content.decode()
    html = client.get(f"{ROOT}nyt/?slags=change_rule&regel=4").content.decode()
    assert version.text in html
    assert 'value="22.00"' in html
    assert client.get(f"{ROOT}nyt/?slags=change_rule&regel=5").status_code == 404


def test_saving_makes_a_draft_that_only_its_own_people_see(client: Client, holders: list[Holder], staff: User) -> None:
    response = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=other", form(seat=holders[0][0].pk))
    motion = Motion.objects.get()
    assert response.headers["Location"] == f"{ROOT}{motion.number}/"
    assert "Kladde. Kun Klub 0 ser den." in page(client, motion)
    for other in (holders[1][1], staff):
        assert as_user(client, other).get(f"{ROOT}{motion.number}/").status_code == 404


def test_the_same_form_twice_lands_on_the_same_draft(client: Client, holders: list[Holder]) -> None:
    said = form(seat=holders[0][0].pk)
    client = as_user(client, holders[0][1])
    first, second = (client.post(f"{ROOT}nyt/?slags=other", said).headers["Location"] for _ in range(2))
    assert first == second
    assert Motion.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"title": ""}, "Skriv en overskrift."),
        ({"text": MEGABYTE}, "Teksten er for lang: højst 100 KB."),
        ({"text": "Ring til 010190-1234"}, "Det ligner et CPR-nummer."),
        ({"seat": "999999"}, "Vælg en af jeres egne pladser."),
        ({"seat": "x"}, "Vælg"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(
    client: Client, holders: list[Holder], said: dict[str, Any], complaint: str
) -> None:
    given = form(**{"seat": holders[0][0].pk, **said})
    response = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=other", given)
    assert response.status_code == 422
    assert complaint in response.content.decode()
    assert not Motion.objects.exists()


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"from_time": "22.00"}, "Skriv både fra og til."),
        ({"from_time": "22.00", "to_time": "8.00"}, "Sluttiden skal være efter starttiden."),
        ({"review_on": "1.1.2020"}, "Vælg en dag, der kommer."),
        ({"weekdays": ["9"]}, "9"),
        ({"rooms": ["andres"]}, "andres"),
    ],
)
def test_what_a_rule_cannot_say(client: Client, holders: list[Holder], said: dict[str, Any], complaint: str) -> None:
    given = form(**{"seat": holders[0][0].pk, **said})
    response = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=new_rule", given)
    assert response.status_code == 422
    assert complaint in response.content.decode()


def test_a_body_beyond_the_limit_is_refused_whole(client: Client, holders: list[Holder]) -> None:
    response = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=other", form(text="a" * 3_000_000))
    assert response.status_code in (400, 413)
    assert not Motion.objects.exists()


def figures(*lines: tuple[str, str]) -> dict[str, str]:
    said = {"figures-TOTAL_FORMS": str(len(lines)), "figures-INITIAL_FORMS": "0"}
    for at, (label, kroner) in enumerate(lines):
        said |= {f"figures-{at}-label": label, f"figures-{at}-kroner": kroner}
    return said


def test_figures_are_added_up_in_whole_kroner(client: Client, holders: list[Holder]) -> None:
    lines = figures(("Tilskud", "175.000"), ("", ""), ("Råvarer", "-162 500 kr."), ("Opvask", "-8000"))
    client = as_user(client, holders[0][1])
    client.post(f"{ROOT}nyt/?slags=financing", form(seat=holders[0][0].pk, **lines))
    html = page(client, Motion.objects.get())
    assert [amount in html for amount in ("175.000 kr.", "−162.500 kr.", "4.500 kr.")] == [True, True, True]


@pytest.mark.parametrize(
    "lines",
    [
        figures(("Tilskud", "")),
        figures(("", "100")),
        figures(("Tilskud", "mange penge")),
        figures(("Tilskud", "12,50")),
        figures(("Tilskud", "99999999999")),
        figures(*[("Post", "1")] * 31),
        {},
    ],
)
def test_figures_that_do_not_hold_are_refused(client: Client, holders: list[Holder], lines: dict[str, str]) -> None:
    given = form(seat=holders[0][0].pk, **lines)
    assert as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=financing", given).status_code == 422
    assert not Motion.objects.exists()


def test_more_lines_can_be_asked_for_and_nothing_is_saved(client: Client, holders: list[Holder]) -> None:
    given = form(seat=holders[0][0].pk, more="1", **figures(("Tilskud", "100")))
    response = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=financing", given)
    html = response.content.decode()
    assert (response.status_code, html.count('name="figures-5-label"')) == (200, 1)
    assert 'value="Tilskud"' in html
    assert not Motion.objects.exists()


def orders(**said: Any) -> dict[str, Any]:
    given = {
        "entitled": "chosen",
        "quorum": "none",
        "quorum_share": 50,
        "quorum_number": 1,
        "majority": "simple",
        "proxies": 0,
        "notice_days": 7,
        "ballot_days": 7,
        "tie": "falls",
        "movers": "holders",
        **said,
    }
    return {f"orders-{name}": value for name, value in given.items()}


def test_standing_orders_are_compared_setting_by_setting(client: Client, holders: list[Holder]) -> None:
    client = as_user(client, holders[0][1])
    client.post(f"{ROOT}nyt/?slags=standing_orders", form(seat=holders[0][0].pk, **orders(ballot_days=14)))
    html = page(client, Motion.objects.get())
    assert "14 dage" in html
    assert "Fuldmagt</th>" not in html


def test_standing_orders_that_contradict_themselves_say_so(client: Client, holders: list[Holder]) -> None:
    given = form(seat=holders[0][0].pk, **orders(secret="on", proxies=2))
    response = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=standing_orders", given)
    assert response.status_code == 422
    assert "Når der stemmes hemmeligt, kan der ikke stemmes ved fuldmagt" in response.content.decode()


# --- the draft --------------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(client: Client, holders: list[Holder]) -> Motion:
    as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=other", form(seat=holders[0][0].pk))
    return Motion.objects.get()


def test_a_draft_is_written_anew(client: Client, draft: Motion) -> None:
    assert 'value="Nye stole"' in page(client, draft, "ret/")
    response = client.post(f"{ROOT}{draft.number}/ret/", form(title="Nye borde", version=1))
    assert response.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Nye borde", 2)


def test_who_saves_second_keeps_their_words_and_is_told(client: Client, draft: Motion) -> None:
    client.post(f"{ROOT}{draft.number}/ret/", form(title="Først", version=1))
    response = client.post(f"{ROOT}{draft.number}/ret/", form(title="Så", version=1))
    html = response.content.decode()
    assert response.status_code == 409
    assert 'value="Så"' in html
    assert 'name="version" value="2"' in html
    draft.refresh_from_db()
    assert draft.title == "Først"


@pytest.mark.parametrize("version", ["", "x", "7"])
def test_a_draft_is_put_forward_as_it_was_seen(client: Client, draft: Motion, version: str) -> None:
    assert client.post(f"{ROOT}{draft.number}/aabn/", {"version": version}).status_code == 409
    draft.refresh_from_db()
    assert draft.state == MotionState.DRAFT


def test_putting_forward_lets_everybody_in(client: Client, draft: Motion, holders: list[Holder], staff: User) -> None:
    assert client.post(f"{ROOT}{draft.number}/aabn/", {"version": 1}).status_code == 302
    for other in (holders[1][1], staff):
        assert "Vi køber stole." in page(as_user(client, other), draft)


def test_an_unfinished_draft_is_not_put_forward(client: Client, draft: Motion) -> None:
    client.post(f"{ROOT}{draft.number}/ret/", form(text="", version=1))
    assert "Det mangler, før forslaget kan stilles" in page(client, draft)
    assert client.post(f"{ROOT}{draft.number}/aabn/", {"version": 2}).status_code == 422


def test_what_is_put_forward_is_not_edited(client: Client, motion: Motion, holders: list[Holder]) -> None:
    client = as_user(client, holders[0][1])
    assert client.get(f"{ROOT}{motion.number}/ret/").status_code == 409
    assert client.post(f"{ROOT}{motion.number}/aabn/", {"version": 1}).status_code == 409


@pytest.mark.parametrize("path", ["ret/", "aabn/", "traek/"])
def test_only_the_movers_people_touch_it(
    client: Client, motion: Motion, holders: list[Holder], staff: User, path: str
) -> None:
    for other in (holders[1][1], staff):
        assert as_user(client, other).post(f"{ROOT}{motion.number}/{path}", {"version": 1}).status_code == 403
    motion.refresh_from_db()
    assert motion.state == MotionState.OPEN


def test_taking_it_back_says_what_follows_first(client: Client, motion: Motion, holders: list[Holder]) -> None:
    client = as_user(client, holders[0][1])
    assert "Det kan ikke fortrydes." in page(client, motion, "traek/")
    assert client.post(f"{ROOT}{motion.number}/traek/").status_code == 302
    motion.refresh_from_db()
    assert motion.state == MotionState.WITHDRAWN
    assert client.post(f"{ROOT}{motion.number}/traek/").status_code == 409


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
    discussion.comment(motion=motion, seat=seat, text="Godt forslag.", by=bench(user, motion.council))
    discussion.comment(motion=motion, seat=None, text="Salen er fri.", by=bench(staff, motion.council))
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
    discussion.comment(motion=motion, seat=seat, text=nasty, by=bench(user, council))
    amendments.propose(
        motion=motion,
        seat=seat,
        base=motion.texts.get(),
        text=f"{nasty} mere",
        short="",
        reason=nasty,
        by=bench(user, council),
    )
    html = page(as_user(client, holders[2][1]), motion)
    assert [bad in html for bad in ("<script>alert", "<img src=x", 'href="javascript', "<b>Fed")] == [False] * 4


# --- other wordings ---------------------------------------------------------------------------------------------------


def amend(client: Client, motion: Motion, holder: Holder, text: str, **said: Any) -> Any:
    given = {"seat": holder[0].pk, "text": text, "base": 1, "token": str(uuid4()), **said}
    return as_user(client, holder[1]).post(f"{ROOT}{motion.number}/aendring/", given)


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
        ({"text": "Musikken stopper kl. 22.00. Den sidste låser døren."}, 409),
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
    assert client.post(f"{ROOT}{motion.number}/inhabil/", said).status_code == 409


def test_of_another_seat_the_council_decides(client: Client, motion: Motion, holders: list[Holder]) -> None:
    (_mover, _user), (seat, _other), (third, user) = holders
    said = {"other-proposer": third.pk, "other-seat": seat.pk, "other-reason": "De får pengene."}
    client = as_user(client, user)
    assert client.post(f"{ROOT}{motion.number}/inhabil/", {**said, "other-reason": ""}).status_code == 422
    assert client.post(f"{ROOT}{motion.number}/inhabil/", said).status_code == 302
    assert motion.ballots.get().recusal == motion.recusals.get()
    assert "foreslås inhabil af Klub 2" in page(client, motion)


def test_who_holds_no_seat_says_nothing_of_recusal(client: Client, motion: Motion, staff: User) -> None:
    assert as_user(client, staff).get(f"{ROOT}{motion.number}/inhabil/").status_code == 403
    assert client.post(f"{ROOT}{motion.number}/inhabil/", {"own-reason": "x"}).status_code == 403


# --- what the page costs ----------------------------------------------------------------------------------------------


def talk(motion: Motion, holders: list[Holder], times: int) -> None:
    (_mover, _user), (seat, user), (third, other) = holders
    text = motion.texts.get()
    for at in range(times):
        said = discussion.comment(motion=motion, seat=seat, text=f"Nr. {at}", by=bench(user, motion.council))
        discussion.edit_comment(comment=said, text="Jo.", by=bench(user, motion.council))
        amendments.propose(
            motion=motion,
            seat=third,
            base=text,
            text=f"{text.text} Nr. {at}.",
            short="",
            by=bench(other, motion.council),
        )


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_however_much_is_said(
    client: Client,
    motion: Motion,
    holders: list[Holder],
    times: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    talk(motion, holders, times)
    client = as_user(client, holders[0][1])
    page(client, motion)
    with django_assert_num_queries(MOTION_SQL):
        html = page(client, motion)
    assert html.count("Nr. ") >= times


def decided_motions(council: Council, mover: Holder, number: int) -> None:
    for _ in range(number):
        ballot = open_ballot(council, mover)
        ballots.vote(ballot=ballot, seat=mover[0], choice=Choice.FOR, by=bench(mover[1], council))
        with time_machine.travel(ballot.closes_at + timedelta(minutes=1), tick=False):
            ballots.close(ballot=ballot)


def test_with_five_hundred_seats_a_motion_that_is_voted_on_costs_no_more(
    client: Client, council: Council, holders: list[Holder], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decided_motions(council, holders[0], 4)
    Seat.objects.bulk_create(
        Seat(council=council, own_name=f"Plads {at}", since=clock.now()) for at in range(500 - len(holders))
    )
    motion = open_ballot(council, holders[0]).motion
    client = as_user(client, holders[1][1])
    page(client, motion)
    with django_assert_num_queries(VOTED_ON_SQL):
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


# --- putting it to the vote -------------------------------------------------------------------------------------------


def test_the_mover_opens_the_ballot(client: Client, motion: Motion, holders: list[Holder]) -> None:
    client = as_user(client, holders[0][1])
    assert "Hele forslaget, som det lyder nu." in page(client, motion, "afstemning/")
    assert client.post(f"{ROOT}{motion.number}/afstemning/", {"method": "online"}).status_code == 302
    assert motion.ballots.get().on_the_whole
    assert client.get(f"{ROOT}{motion.number}/afstemning/").status_code == 409


def test_amendments_are_voted_on_first(client: Client, motion: Motion, holders: list[Holder]) -> None:
    amend(client, motion, holders[1], "Andet.")
    client = as_user(client, holders[0][1])
    assert "Ændringsforslag 1" in page(client, motion, "afstemning/")
    assert client.post(f"{ROOT}{motion.number}/afstemning/", {"method": "meeting", "minutes": 15}).status_code == 302
    ballot = motion.ballots.get()
    assert ballot.amendment == motion.amendments.get()
    assert timedelta(minutes=14) < ballot.closes_at - clock.now() <= timedelta(minutes=15)


@pytest.mark.parametrize("said", [{}, {"method": "post"}, {"method": "meeting", "minutes": 999}])
def test_how_it_is_voted_on_is_one_of_three_ways(
    client: Client, motion: Motion, holders: list[Holder], said: dict[str, Any]
) -> None:
    assert as_user(client, holders[0][1]).post(f"{ROOT}{motion.number}/afstemning/", said).status_code == 422
    assert not motion.ballots.exists()


def test_without_notice_no_ballot_opens(client: Client, house: Center) -> None:
    council = make_council(house, entitled=Entitled.CHOSEN, notice_days=7)
    ((seat, user),) = fill_seats(council, 1)
    motion = open_motion(council, seat, days_ago=3)
    response = as_user(client, user).post(f"{ROOT}{motion.number}/afstemning/", {"method": "online"})
    assert response.status_code == 409
    assert "Forslaget kan sættes til afstemning fra" in response.content.decode()
    assert not motion.ballots.exists()


def test_only_the_mover_and_the_chair_open_it(
    client: Client, motion: Motion, holders: list[Holder], staff: User
) -> None:
    for other in (holders[1][1], staff):
        assert as_user(client, other).get(f"{ROOT}{motion.number}/afstemning/").status_code == 403
    Seat.objects.filter(pk=holders[1][0].pk).update(is_chair=True)
    client = as_user(client, holders[1][1])
    assert client.post(f"{ROOT}{motion.number}/afstemning/", {"method": "online"}).status_code == 302
