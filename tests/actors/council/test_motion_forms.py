"""Writing a motion on its pages, and the status of each refusal."""

from typing import Any

import pytest
from django.test import Client

from actors.council.enums import MotionKind, MotionState
from actors.council.models import Council, Motion
from actors.enums import Role
from actors.models import User
from centers.models import Center
from tests.actors.council.factories import Holder, make_rule, turn_on
from tests.actors.council.motion_pages import MEGABYTE, ROOT, as_user, clubs, form, main_of, page
from tests.actors.council.motions import open_motion
from tests.factories import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    """The first moves the motion."""
    return clubs(council)


@pytest.fixture
def motion(council: Council, holders: list[Holder]) -> Motion:
    return open_motion(council, holders[0][0], text="Musikken stopper kl. 22.00. Den sidste låser døren.")


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
def test_what_a_rule_cannot_say(
    client: Client, council: Council, holders: list[Holder], said: dict[str, Any], complaint: str
) -> None:
    turn_on(council, reviews=True)
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


@pytest.mark.parametrize(("wrong", "is_open"), [({}, False), ({"ballot_days": 0}, False), ({"proxies": 11}, True)])
def test_the_rest_of_the_standing_orders_opens_where_it_is_wrong(
    client: Client, holders: list[Holder], wrong: dict[str, Any], is_open: bool
) -> None:
    given = form(seat=holders[0][0].pk, **orders(**wrong)) | {"title": ""}
    answer = as_user(client, holders[0][1]).post(f"{ROOT}nyt/?slags=standing_orders", given)
    assert ('<details class="where-when" open>' in answer.content.decode()) is is_open
    everyday, rest = main_of(answer.content.decode()).split("Ret resten af forretningsordenen")
    assert 'name="orders-tie"' in everyday
    assert [name for name in ("secret", "proxies", "reviews") if f'name="orders-{name}"' not in rest] == []


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


@pytest.mark.parametrize("version", ["", "x", "7", "9" * 5000])
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
