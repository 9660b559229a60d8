"""The council's pages: what waits for the reader, who may see whose name, and what is refused with which status."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors import actions as people
from actors.council.actions import ballots
from actors.council.enums import Choice, Entitled, Method, MotionState, Part
from actors.council.models import Council, Motion, Seat, SeatHolder, StandingOrders
from actors.erasure import erase
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.actors.browsers import browser
from tests.actors.council.factories import bench, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_amendment, open_ballot, open_motion
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import standing

pytestmark = pytest.mark.django_db
FRONT = "/foreningernes-hus/husraad/"
SEATS = f"{FRONT}pladser/"
ORDERS = f"{FRONT}forretningsorden/"


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def seat(council: Council, association: Actor) -> Seat:
    return make_seat(council, association)


@pytest.fixture
def representative(seat: Seat, member: User) -> User:
    return seat_person(seat, member)


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


# --- the front page -------------------------------------------------------------------------------------------------


def test_a_ballot_waits_for_who_holds_a_seat_that_has_not_voted(
    council: Council, seat: Seat, representative: User
) -> None:
    ballot = open_ballot(council, (seat, representative))
    client = danish(representative)
    assert section(client.get(FRONT), "waiting") == "Venter på jer Nye stole Stem for Folkedanserne. Lukker om 7 dage"
    ballots.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=bench(representative, council))
    assert section(client.get(FRONT), "waiting") == ""


def test_nothing_waits_for_those_without_a_seat(
    council: Council, seat: Seat, representative: User, contact: User, staff: User
) -> None:
    open_ballot(council, (seat, representative))
    for user in (contact, staff):
        assert section(danish(user).get(FRONT), "waiting") == ""


def test_a_ballot_that_is_over_by_the_clock_waits_for_nobody(
    council: Council, seat: Seat, representative: User
) -> None:
    ballot = open_ballot(council, (seat, representative))
    with time_machine.travel(ballot.closes_at, tick=False):
        page = danish(representative).get(FRONT)
        assert section(page, "waiting") == ""
        assert "Afstemningen er lukket. Stemmerne tælles op." in section(page, "before")


def test_a_secret_ballot_waits_for_the_one_who_casts(council: Council, seat: Seat, representative: User) -> None:
    StandingOrders.objects.create(council=council, version=2, secret=True, notice_days=0, in_force_at=clock.now())
    fill_seats(council, 5)
    deputy = seat_person(seat, part=Part.DEPUTY)
    open_ballot(council, (seat, representative))
    assert "Nye stole" in section(danish(representative).get(FRONT), "waiting")
    assert section(danish(deputy).get(FRONT), "waiting") == ""
    people.end_membership(membership=representative.memberships.get(), by=standing(representative))
    SeatHolder.objects.filter(user=representative).update(until=clock.now())
    assert section(danish(deputy).get(FRONT), "waiting") == ""
    assert "Nye stole" in section(danish(seat_person(seat)).get(FRONT), "waiting")


def test_an_amendment_is_named_where_it_is_voted_on_first(council: Council, seat: Seat, representative: User) -> None:
    motion = open_motion(council, seat)
    open_amendment(motion, seat, "Vi køber nye borde.")
    ballots.open_ballots(motion=motion, by=bench(representative, council))
    assert "Først stemmes der om ændringsforslag." in section(danish(representative).get(FRONT), "waiting")


def test_motions_say_when_they_can_be_voted_on(council: Council, seat: Seat, contact: User) -> None:
    StandingOrders.objects.create(council=council, version=2, notice_days=7, in_force_at=clock.now())
    open_motion(council, seat, days_ago=4, title="Nye borde")
    open_motion(council, seat, days_ago=10, title="Nye lamper")
    text = section(danish(contact).get(FRONT), "before")
    assert text == (
        "Til drøftelse og afstemning "
        "Nye lamper Forslag 2 · Andet · stillet af Folkedanserne Der kan stemmes nu "
        "Nye borde Forslag 1 · Andet · stillet af Folkedanserne Der kan stemmes om 3 dage"
    )


def test_a_draft_is_seen_by_its_own_seats_people_alone(
    council: Council, seat: Seat, representative: User, contact: User, staff: User, admin: User
) -> None:
    Motion.objects.create(
        council=council, number=1, kind="other", mover=seat, title="Hemmelig kladde", created_at=clock.now()
    )
    stranger = seat_person(make_seat(council))
    for user in (representative, contact):
        assert "Hemmelig kladde" in section(danish(user).get(FRONT), "drafts")
    for user in (stranger, staff, admin):
        assert "Hemmelig kladde" not in body(danish(user).get(FRONT))


def test_a_decision_shows_its_votes(council: Council, seat: Seat, representative: User) -> None:
    ballot = open_ballot(council, (seat, representative))
    ballots.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=bench(representative, council))
    with time_machine.travel(ballot.closes_at + timedelta(minutes=1), tick=False):
        ballots.close(ballot=ballot)
        text = section(danish(representative).get(FRONT), "decisions")
    assert text.startswith("Seneste afgørelser Nye stole")
    assert "Vedtaget For 1 (fyldt) Imod 0 (skraveret) Blank 0 (lys)" in text


def test_rules_to_review_are_on_the_list_of_who_holds_a_seat(
    house: Center, council: Council, representative: User, contact: User
) -> None:
    make_rule(house, review_on=clock.today() + timedelta(days=10))
    assert "Husregel 1: Ro om aftenen" in section(danish(representative).get(FRONT), "to-review")
    assert section(danish(contact).get(FRONT), "to-review") == ""


def test_a_member_of_an_association_without_representative_reads_who_can_choose_one(
    council: Council, seat: Seat, member: User, contact: User
) -> None:
    text = section(danish(member).get(FRONT), "own-seats")
    assert text == (
        "Jeres plads Folkedanserne Pladsen har ingen repræsentant. Kontaktpersonen kan vælge en: Karim Kontakt."
    )


def test_staff_read_that_they_set_no_agenda(council: Council, staff: User) -> None:
    page = body(danish(staff).get(FRONT))
    assert "medarbejdere kan læse med og skrive kommentarer, men ikke stille forslag eller stemme" in page
    assert "Stil et forslag" not in page


def test_who_may_move_finds_the_button(council: Council, representative: User, contact: User) -> None:
    assert "Stil et forslag" in body(danish(representative).get(FRONT))
    assert "Stil et forslag" not in body(danish(contact).get(FRONT))


def test_a_house_without_a_council_says_so_to_those_who_belong_there(
    house: Center, member: User, manager: User
) -> None:
    assert "Husets leder kan oprette et." in body(danish(member).get(FRONT))
    assert f'href="{FRONT}opret/"' in body(danish(manager).get(FRONT))
    assert danish(member).get(SEATS).status_code == 404


def test_the_front_page_costs_the_same_however_large_the_council(
    house: Center,
    council: Council,
    seat: Seat,
    representative: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """The issue's own bound is ten statements with 500 seats."""
    make_rule(house, review_on=clock.today())
    client = danish(representative)
    client.get(FRONT)
    for seats, motions in ((1, 1), (499, 3)):
        actors = [ActorFactory.build(name=f"Forening {seats} {number}", sort_key="f") for number in range(seats)]
        Seat.objects.bulk_create(
            Seat(council=council, actor=actor, since=clock.now()) for actor in Actor.objects.bulk_create(actors)
        )
        for _ in range(motions):
            close_a_ballot(council, seat, representative)
            open_ballot(council, (seat, representative))
            open_motion(council, seat)
        with django_assert_num_queries(10):
            client.get(FRONT)


def close_a_ballot(council: Council, seat: Seat, user: User) -> None:
    (ballot,) = ballots.open_ballots(
        motion=open_motion(council, seat), method=Method.MEETING, minutes=1, by=bench(user, council)
    )
    ballots.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=bench(user, council))
    with time_machine.travel(ballot.closes_at, tick=False):
        ballots.close(ballot=ballot)


# --- founding -------------------------------------------------------------------------------------------------------


def test_the_manager_founds_a_council_from_its_page(house: Center, association: Actor, manager: User) -> None:
    client = danish(manager)
    answer = client.post(f"{FRONT}opret/", {"name": "Kvarterhusledelsen", "preset": "kvarterhusledelse"}, follow=True)
    assert "Kvarterhusledelsen er oprettet." in body(answer)
    assert Council.objects.get().center == house


@pytest.mark.parametrize(
    "form", [{"name": "", "preset": "husraad"}, {"name": "R\nåd", "preset": "husraad"}, {"name": "R"}]
)
def test_a_council_needs_a_name_and_a_preset(house: Center, manager: User, form: dict[str, str]) -> None:
    assert danish(manager).post(f"{FRONT}opret/", form).status_code == 422
    assert not Council.objects.exists()


def test_a_second_council_is_refused_at_the_form(council: Council, manager: User) -> None:
    answer = danish(manager).post(f"{FRONT}opret/", {"name": "Rådet", "preset": "husraad"})
    assert "Huset har allerede et råd." in body(answer, 422)


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
    erase(user=representative, by=standing(admin))
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
    assert client.get(f"{SEATS}?side=abc").status_code == 200


def test_the_list_of_seats_costs_the_same_however_many(
    council: Council, representative: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = danish(representative)
    client.get(SEATS)
    for seats in (1, 30):
        fill_seats(council, seats)
        with django_assert_num_queries(10):
            client.get(SEATS)


# --- naming people --------------------------------------------------------------------------------------------------


def test_the_contact_names_somebody_from_the_page(seat: Seat, contact: User, member: User) -> None:
    path = f"{SEATS}{seat.pk}/"
    answer = danish(contact).post(f"{path}folk/", {"person": member.pk, "part": "representative"}, follow=True)
    assert "Mette Medlem er skrevet ind og har fået besked." in body(answer)
    assert SeatHolder.objects.get(seat=seat).user == member


def test_only_the_associations_own_people_can_be_chosen(seat: Seat, contact: User, staff: User) -> None:
    path = f"{SEATS}{seat.pk}/folk/"
    UserFactory.create(name="Fremmed Fugl", member_of=ActorFactory.create(house=seat.council.center))
    client = danish(contact)
    assert "Fremmed Fugl" not in body(client.get(path))
    assert client.post(path, {"person": staff.pk, "part": "deputy"}).status_code == 422
    assert not SeatHolder.objects.exists()


def test_handing_over_the_chair_takes_a_recent_log_in(seat: Seat, representative: User, contact: User) -> None:
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
    deputy = seat_person(seat, part=Part.DEPUTY)
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


# --- standing orders ------------------------------------------------------------------------------------------------


def test_the_standing_orders_tell_what_changed_and_by_which_motion(
    council: Council, seat: Seat, representative: User
) -> None:
    motion = open_motion(council, seat, title="Kortere varsel", state=MotionState.ADOPTED, ended_at=clock.now())
    settings = StandingOrders.objects.get().settings() | {"notice_days": 3}
    StandingOrders.objects.create(council=council, version=2, motion=motion, in_force_at=clock.now(), **settings)
    client = danish(representative)
    answer = client.get(ORDERS)
    assert "Et forslag skal ligge til drøftelse i mindst 3 dage, før der stemmes." in body(answer)
    versions = section(answer, "versions")
    assert "Vedtaget med forslag 1: Kortere varsel" in versions
    assert "Før: Der kan stemmes om et forslag, så snart det er stillet." in versions
    assert "Det her er version 1. Den gælder ikke mere." in body(client.get(f"{ORDERS}1/"))
    assert client.get(f"{ORDERS}3/").status_code == 404


def test_only_who_may_move_is_offered_to_propose_other_orders(
    council: Council, representative: User, staff: User
) -> None:
    assert "?slags=standing_orders" in body(danish(representative).get(ORDERS))
    assert "?slags=standing_orders" not in body(danish(staff).get(ORDERS))


# --- one's own page -------------------------------------------------------------------------------------------------


def test_ones_own_page_shows_seats_and_ballots_in_all_houses(
    council: Council, seat: Seat, representative: User, other_house: Center
) -> None:
    elsewhere = make_council(other_house, name="Kvarterhusledelsen")
    club = ActorFactory.create(name="Skakklubben", house=other_house)
    there = make_seat(elsewhere, club)
    club.memberships.create(user=representative, since=clock.today())
    seat_person(there, representative, Part.DEPUTY)
    open_ballot(council, (seat, representative))
    answer = danish(representative).get("/mig/")
    assert section(answer, "council-seats") == (
        "Her stemmer du Husrådet Foreningernes Hus · Folkedanserne · Repræsentant "
        "Kvarterhusledelsen Kvarterhuset · Skakklubben · Suppleant"
    )
    assert section(answer, "waiting") == (
        "Venter på jer Nye stole Stem for Folkedanserne. Foreningernes Hus. Lukker om 7 dage"
    )


def test_ones_own_page_says_nothing_of_councils_to_those_without_a_seat(council: Council, contact: User) -> None:
    assert section(danish(contact).get("/mig/"), "council-seats") == ""
