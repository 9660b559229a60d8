"""What a form offers, and what a page names, is of this house and of this person."""

import re
from html import unescape

import pytest

from actors.models import Membership
from bookings.models import Booking
from tests.guards.cases import CASES
from tests.guards.world import Browsers, Case, World

pytestmark = pytest.mark.django_db
IN_HOUSE = [case for case in CASES if case.route.startswith("<slug:hus>/") and case.get != 405]


def choices(page: str, name: str) -> set[str]:
    """The values that a select, or boxes to tick, of that name offer."""
    selects = re.findall(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    values = {value for select in selects for value in re.findall(r'<option[^>]*value="([^"]*)"', select)}
    boxes = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return (values | {found[1] for box in boxes if (found := re.search(r'value="([^"]*)"', box))}) - {""}


def page_of(browsers: Browsers, role: str, path: str) -> str:
    return unescape(browsers.ask(role, "GET", path).content.decode())


def answer_of(browsers: Browsers, role: str, case: Case) -> str:
    return unescape(browsers.answer(role, "GET", case).content.decode())


@pytest.fixture(scope="module")
def foreign_names(world: World) -> set[str]:
    """What only the house next door has, of each kind."""
    actor = world.next_doors_booking.parties.get().actor
    return {world.room_next_door.name, world.next_doors_booking.title, actor.name, "Nanna Nabo", "Niels Nabosen"}


def test_a_member_books_for_their_own_actors_only(browsers: Browsers, world: World) -> None:
    """Each member is offered the actors they act for (docs/security.md, check 5)."""
    for role, actor in (("member", world.dancers), ("contact", world.dancers), ("stranger", world.singers)):
        assert choices(page_of(browsers, role, "/huset/book/"), "actor") == {str(actor.pk)}


def test_staff_book_for_the_actors_of_their_house_only(browsers: Browsers, world: World) -> None:
    """Staff are offered no actor of another house (docs/security.md, check 5)."""
    ours = {str(actor.pk) for actor in (world.dancers, world.singers, world.chess_seat.actor) if actor}
    for role in ("staff", "manager", "admin"):
        assert choices(page_of(browsers, role, "/huset/book/"), "actor") == ours


def test_forms_offer_the_rooms_of_their_house_only(browsers: Browsers, world: World) -> None:
    """Booking, moving and closing (docs/security.md, check 5)."""
    assert choices(page_of(browsers, "admin", "/huset/book/"), "room") == {world.room.slug}
    moving = f"/huset/bookinger/{world.closed.pk}/flyt/"
    assert choices(page_of(browsers, "admin", moving), "room") == {world.room.slug}
    assert choices(page_of(browsers, "admin", "/huset/lukninger/"), "rooms") <= {world.room.slug, str(world.room.pk)}


def test_only_people_with_a_role_in_the_house_can_be_put_on_duty(browsers: Browsers, world: World) -> None:
    """Nobody from outside is offered (docs/security.md, check 5)."""
    offered = choices(page_of(browsers, "manager", "/huset/vagter/"), "person")
    assert offered
    assert offered <= {str(role.user_id) for role in world.house.roles.all()}


@pytest.mark.parametrize("role", ["member", "stranger", "staff", "manager", "admin"])
@pytest.mark.parametrize("case", IN_HOUSE, ids=str)
def test_a_page_of_a_house_names_nothing_of_another(
    browsers: Browsers, world: World, foreign_names: set[str], case: Case, role: str
) -> None:
    """Neither rooms, titles, actors nor people (docs/security.md, checks 3 and 5)."""
    page = answer_of(browsers, role, case)
    assert {name for name in foreign_names if name in page} == set()


@pytest.mark.parametrize("role", ["visitor", "outsider", "neighbour"])
@pytest.mark.parametrize("case", IN_HOUSE, ids=str)
def test_who_has_no_tie_reads_neither_closed_titles_nor_people(
    browsers: Browsers, world: World, case: Case, role: str
) -> None:
    """What a visitor may see of a booking holds on every page at once (docs/security.md, check 2)."""
    page = answer_of(browsers, role, case)
    people = {user.name for name, user in world.users.items() if name != role}
    hidden = {world.closed.title, world.shared.title, world.cancelled.title, *people}
    assert {text for text in hidden if text in page} == set()


@pytest.mark.parametrize("case", IN_HOUSE, ids=str)
def test_another_association_reads_neither_closed_titles_nor_its_members(
    browsers: Browsers, world: World, case: Case
) -> None:
    """Membership can reveal faith or origin (docs/security.md, check 2)."""
    page = answer_of(browsers, "stranger", case)
    members = {membership.user.name for membership in Membership.objects.filter(actor=world.dancers)}
    assert Booking.objects.filter(title=world.closed.title).exists()
    assert {text for text in {world.closed.title, world.cancelled.title, *members} if text in page} == set()
