"""The pages of seats: whose names are seen, who is named and who names, and what is refused with which status."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from actors.council.enums import Entitled, HolderRole
from actors.council.models import Council, Seat, SeatHolder
from actors.erasure import erase
from actors.models import Actor, User
from centers.models import Center
from tests.actors.browsers import browser
from tests.actors.council.factories import fill_seats, make_council, make_seat, seat_person
from tests.actors.council.seats import FRONT, ORDERS, SEATS, body, danish, section
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def seat(council: Council, association: Actor) -> Seat:
    return make_seat(council, association)


@pytest.fixture
def representative(seat: Seat, member: User) -> User:
    return seat_person(seat, member)


# --- seats, and whose names are seen --------------------------------------------------------------------------------


def test_seats_stand_in_danish_order_with_ones_own_first(council: Council, representative: User, house: Center) -> None:
    for name in ("Åkandeklubben", "Zumbaholdet", "Æblelauget"):
        make_seat(council, ActorFactory.create(name=name, house=house))
    answer = danish(representative).get(SEATS)
    assert section(answer, "own") == ("Jeres plads Folkedanserne Mette Medlem, repræsentant Kun I kan se navnene.")
    names = re.findall(r"Folkedanserne|Åkandeklubben|Zumbaholdet|Æblelauget", section(answer, "all"))
    assert names == ["Folkedanserne", "Zumbaholdet", "Æblelauget", "Åkandeklubben"]


def every_page(seat: Seat) -> list[str]:
    return [FRONT, SEATS, f"{SEATS}{seat.pk}/", f"{SEATS}{seat.pk}/folk/", ORDERS, "/mig/"]


@pytest.mark.parametrize("who", ["staff", "coordinator", "manager", "admin", "other_manager", "outsider"])
def test_nobody_else_ever_reads_who_votes_for_an_association(
    seat: Seat, representative: User, who: str, request: pytest.FixtureRequest
) -> None:
    client = danish(request.getfixturevalue(who))
    for path in every_page(seat):
        assert representative.name not in client.get(path).content.decode(), path


def test_another_association_and_a_visitor_never_read_it_either(
    council: Council, seat: Seat, representative: User
) -> None:
    stranger = seat_person(make_seat(council))
    for client in (danish(stranger), danish()):
        for path in every_page(seat):
            assert representative.name not in client.get(path).content.decode(), path


def test_the_associations_own_people_read_who_votes_for_them(seat: Seat, representative: User, contact: User) -> None:
    assert "Mette Medlem Repræsentant" in section(danish(contact).get(f"{SEATS}{seat.pk}/"), "people")


def test_a_boards_people_are_seen_by_themselves_and_the_manager(house: Center, manager: User, staff: User) -> None:
    board = make_council(house, name="Kvarterhusledelsen", entitled=Entitled.BOARD)
    seats = [make_seat(board, name=name) for name in ("Formand", "Kasserer")]
    chair, treasurer = (seat_person(seat) for seat in seats)
    path = f"{SEATS}{seats[0].pk}/"
    for user in (chair, manager):
        assert chair.name in section(danish(user).get(path), "people")
    for user in (treasurer, staff):
        assert chair.name not in body(danish(user).get(path))


def test_a_seat_whose_representative_was_erased_has_none(
    seat: Seat, representative: User, contact: User, admin: User
) -> None:
    erase(user=representative, by=access(admin))
    for path in (SEATS, f"{SEATS}{seat.pk}/"):
        assert "Pladsen har ingen repræsentant" in body(danish(contact).get(path))


def test_many_seats_come_on_pages_and_can_be_searched(council: Council, representative: User, house: Center) -> None:
    for number in range(120):
        make_seat(council, ActorFactory.create(name=f"Klub {number:03}", house=house))
    client = danish(representative)
    first, second = (section(client.get(f"{SEATS}?side={number}"), "all") for number in (1, 2))
    assert (first.count("Klub "), second.count("Klub ")) == (99, 21)
    assert re.findall(r"Klub \d+", section(client.get(f"{SEATS}?q=klub 11"), "all")) == [
        f"Klub {n}" for n in range(110, 120)
    ]
    assert "Ingen plads har det navn" in section(client.get(f"{SEATS}?q=findes+ikke"), "all")
    assert re.findall(r"Klub \d+", section(client.get(f"{SEATS}?q=klub%00+11"), "all"))[:1] == ["Klub 110"]
    assert client.get(f"{SEATS}?side=abc").status_code == 200


def test_the_list_of_seats_costs_the_same_however_many(
    council: Council, representative: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = danish(representative)
    client.get(SEATS)
    for seats in (1, 30):
        fill_seats(council, seats)
        with django_assert_max_num_queries(10):
            assert client.get(SEATS).status_code == 200


# --- naming people --------------------------------------------------------------------------------------------------


def test_the_contact_names_somebody_from_the_page(seat: Seat, contact: User, member: User) -> None:
    path = f"{SEATS}{seat.pk}/"
    answer = danish(contact).post(f"{path}folk/", {"person": member.pk, "part": "representative"}, follow=True)
    assert "Mette Medlem er valgt og har fået besked." in body(answer)
    assert SeatHolder.objects.get(seat=seat).user == member


def test_only_the_associations_own_people_can_be_chosen(seat: Seat, contact: User, staff: User) -> None:
    path = f"{SEATS}{seat.pk}/folk/"
    UserFactory.create(name="Fremmed Fugl", member_of=ActorFactory.create(house=seat.council.center))
    client = danish(contact)
    assert "Fremmed Fugl" not in body(client.get(path))
    assert client.post(path, {"person": staff.pk, "part": "deputy"}).status_code == 422
    assert not SeatHolder.objects.exists()


def test_handing_over_the_chair_takes_a_recent_log_in(seat: Seat, representative: User, contact: User) -> None:
    """An old session, left open at somebody else's, names nobody (docs/security.md, check 10)."""
    path = f"{SEATS}{seat.pk}/folk/"
    old = browser(representative, minutes_ago=11)
    for answer in (old.get(path), old.post(path, {"person": contact.pk, "part": "representative"})):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/konto/bekraeft/")
    holder = SeatHolder.objects.get()
    assert old.post(f"{path}{holder.pk}/slut/").status_code == 302
    assert SeatHolder.objects.get().until is None


@pytest.mark.parametrize("who", ["staff", "manager", "admin"])
def test_staff_do_not_name_or_remove_people_of_an_association(
    seat: Seat, representative: User, who: str, request: pytest.FixtureRequest
) -> None:
    client, path = browser(request.getfixturevalue(who)), f"{SEATS}{seat.pk}/folk/"
    form = {"person": representative.pk, "part": "deputy"}
    assert client.post(path, form).status_code == 403
    assert client.post(f"{path}{SeatHolder.objects.get().pk}/slut/").status_code == 403
    assert SeatHolder.objects.get().until is None


def test_a_deputy_steps_down_and_removes_nobody_else(seat: Seat, representative: User) -> None:
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    path, of = f"{SEATS}{seat.pk}/folk/", {holder.user: holder.pk for holder in SeatHolder.objects.all()}
    client = browser(deputy)
    assert client.post(f"{path}{of[representative]}/slut/").status_code == 403
    assert client.post(f"{path}{of[deputy]}/slut/").status_code == 302
    assert set(SeatHolder.objects.in_force().values_list("user", flat=True)) == {representative.pk}


def test_a_holder_of_another_seat_is_not_found_under_this_one(council: Council, seat: Seat, contact: User) -> None:
    other = make_seat(council)
    seat_person(other)
    path = f"{SEATS}{seat.pk}/folk/{SeatHolder.objects.get().pk}/slut/"
    assert browser(contact).post(path).status_code == 404


# --- seats by hand --------------------------------------------------------------------------------------------------


def test_the_manager_writes_in_a_boards_seat_its_person_and_its_chair_and_ends_it(
    house: Center, member: User, manager: User
) -> None:
    make_council(house, entitled=Entitled.BOARD)
    client = danish(manager)
    client.post(f"{SEATS}ny/", {"name": "Kasserer"})
    seat = Seat.objects.get()
    path = f"{SEATS}{seat.pk}/"
    assert client.post(f"{path}folk/", {"person": member.pk, "part": "representative"}).status_code == 302
    client.post(f"{path}formand/")
    assert "Mette Medlem" in body(client.get(path))
    seat.refresh_from_db()
    assert (seat.name, seat.is_chair, SeatHolder.objects.get().user) == ("Kasserer", True, member)
    assert "Nedlæg pladsen Kasserer?" in body(client.get(f"{path}slut/"))
    client.post(f"{path}slut/")
    assert client.get(path).status_code == 404


def test_nobody_who_works_in_the_house_is_offered_for_a_board(
    house: Center, member: User, manager: User, staff: User
) -> None:
    seat = make_seat(make_council(house, entitled=Entitled.BOARD), name="Kasserer")
    page = body(danish(manager).get(f"{SEATS}{seat.pk}/folk/"))
    assert "Mette Medlem" in page
    assert not {user.name for user in (staff, manager) if user.name in page}


def test_a_name_that_is_taken_is_refused_at_its_field(house: Center, manager: User) -> None:
    make_seat(make_council(house, entitled=Entitled.BOARD), name="Kasserer")
    assert "Den plads findes allerede." in body(danish(manager).post(f"{SEATS}ny/", {"name": "Kasserer"}), 422)


def test_a_seat_that_follows_the_house_is_not_ended_by_hand(seat: Seat, manager: User) -> None:
    answer = danish(manager).post(f"{SEATS}{seat.pk}/slut/")
    assert "Pladsen følger foreningens tilknytning til huset." in body(answer, 409)
    seat.refresh_from_db()
    assert seat.until is None
