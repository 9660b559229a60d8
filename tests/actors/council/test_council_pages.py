"""The council's pages: what waits for the reader, who may see whose name, and what is refused with which status."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from actors import actions as people
from actors.council.ballots import actions
from actors.council.enums import Choice, HolderRole, Method, MotionState
from actors.council.models import Council, Motion, Seat, SeatHolder, StandingOrders
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_amendment, open_ballot, open_motion
from tests.actors.council.seats import FRONT, ORDERS, SEATS, body, danish, section
from tests.factories import ActorFactory
from tests.fixtures import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, reviews=True)


@pytest.fixture
def seat(council: Council, association: Actor) -> Seat:
    return make_seat(council, association)


@pytest.fixture
def representative(seat: Seat, member: User) -> User:
    return seat_person(seat, member)


# --- the front page -------------------------------------------------------------------------------------------------


def test_a_ballot_waits_for_who_holds_a_seat_that_has_not_voted(
    council: Council, seat: Seat, representative: User
) -> None:
    ballot = open_ballot(council, (seat, representative))
    client = danish(representative)
    assert section(client.get(FRONT), "waiting") == "Venter på jer Nye stole Stem for Folkedanserne. Lukker om 7 dage"
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(representative, council))
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
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    open_ballot(council, (seat, representative))
    assert "Nye stole" in section(danish(representative).get(FRONT), "waiting")
    assert section(danish(deputy).get(FRONT), "waiting") == ""
    people.end_membership(membership=representative.memberships.get(), by=access(representative))
    SeatHolder.objects.filter(user=representative).update(until=clock.now())
    assert section(danish(deputy).get(FRONT), "waiting") == ""
    assert "Nye stole" in section(danish(seat_person(seat)).get(FRONT), "waiting")


def test_an_amendment_is_named_where_it_is_voted_on_first(council: Council, seat: Seat, representative: User) -> None:
    motion = open_motion(council, seat)
    open_amendment(motion, seat, "Vi køber nye borde.")
    actions.open_ballots(motion=motion, by=council_member(representative, council))
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
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(representative, council))
    with time_machine.travel(ballot.closes_at + timedelta(minutes=1), tick=False):
        actions.close(ballot=ballot)
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
    django_assert_max_num_queries: DjangoAssertNumQueries,
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
        with django_assert_max_num_queries(10):
            assert client.get(FRONT).status_code == 200


def close_a_ballot(council: Council, seat: Seat, user: User) -> None:
    (ballot,) = actions.open_ballots(
        motion=open_motion(council, seat), method=Method.MEETING, by=council_member(user, council)
    )
    actions.vote(ballot=ballot, seat=seat, choice=Choice.FOR, by=council_member(user, council))
    with time_machine.travel(ballot.closes_at, tick=False):
        actions.close(ballot=ballot)


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
    seat_person(there, representative, HolderRole.DEPUTY)
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
