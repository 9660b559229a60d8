"""Booking a room through its form."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, User
from bookings.enums import Audience
from bookings.models import Booking, BookingActor, Occupancy
from centers.models import Center, Room
from medborger.common import clock
from tests.bookings.forms import wish
from tests.factories import (
    ActorFactory,
    BookingFactory,
    MembershipFactory,
    RoomFactory,
    TargetGroupFactory,
    ThemeFactory,
    UserFactory,
    close_room,
    working_day,
)

BOOK = "/foreningernes-hus/book/"


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def said(content: bytes) -> str:
    """The page's words, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def test_a_booking_takes_the_room_and_leads_to_its_page(browser: Client, room: Room, association: Actor) -> None:
    response = browser.post(BOOK, wish(room, association))

    booking = Booking.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/foreningernes-hus/bookinger/{booking.pk}/")
    assert (booking.title, booking.audience, booking.room) == ("Øveaften", Audience.CLOSED, room)
    assert clock.local(booking.starts_at).strftime("%H:%M") == "18:00"
    assert Occupancy.objects.filter(booking=booking).count() == 1
    page = browser.get(response["Location"])
    assert "Det er booket." in said(page.content)


@pytest.mark.django_db(transaction=True)
def test_a_booking_costs_fifteen_statements(browser: Client, room: Room, association: Actor) -> None:
    """Log-in, house and roles counted; the transaction's own BEGIN and COMMIT are not."""
    form = wish(room, association)
    with CaptureQueriesContext(connection) as queries:
        response = browser.post(BOOK, form)

    assert response.status_code == 302
    assert len([query for query in queries if query["sql"] not in ("BEGIN", "COMMIT")]) == 15


@pytest.mark.parametrize(
    ("date_text", "start", "end"),
    [
        ("%d.%m.%Y", "18.00", "20.00"),
        ("%d/%m-%Y", "18:00", "20:00"),
        ("%Y-%m-%d", "18", "20"),
        ("%d.%m.%y", "1800", "kl. 20"),
    ],
)
def test_dates_and_times_are_read_as_people_write_them(
    browser: Client, room: Room, association: Actor, date_text: str, start: str, end: str
) -> None:
    form = wish(room, association, date=working_day().strftime(date_text), start=start, end=end)

    assert browser.post(BOOK, form).status_code == 302
    booking = Booking.objects.get()
    assert (booking.starts_at, booking.ends_at) == (clock.at(working_day(), 1080), clock.at(working_day(), 1200))


def test_an_open_booking_needs_a_theme_and_a_group(browser: Client, room: Room, association: Actor) -> None:
    response = browser.post(BOOK, wish(room, association, audience="everyone"))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"themes", "target_groups"}
    assert not Booking.objects.exists()


def test_an_open_booking_keeps_its_themes_groups_and_partner(
    browser: Client, house: Center, room: Room, association: Actor
) -> None:
    theme, group, partner = ThemeFactory.create(), TargetGroupFactory.create(), ActorFactory.create(house=house)
    form = wish(
        room,
        association,
        audience="everyone",
        themes=[theme.pk],
        target_groups=[group.pk],
        drop_in="on",
        partner=partner.pk,
    )

    assert browser.post(BOOK, form).status_code == 302
    booking = Booking.objects.get()
    assert (list(booking.themes.all()), list(booking.target_groups.all()), booking.drop_in) == ([theme], [group], True)
    assert set(booking.parties.values_list("actor", "part")) == {(association.pk, "holder"), (partner.pk, "partner")}


def test_a_closed_booking_forgets_what_was_ticked_for_an_open_one(
    browser: Client, room: Room, association: Actor
) -> None:
    form = wish(room, association, themes=[ThemeFactory.create().pk], drop_in="on")

    assert browser.post(BOOK, form).status_code == 302
    booking = Booking.objects.get()
    assert (booking.drop_in, booking.themes.count()) == (False, 0)


def test_the_same_form_sent_twice_books_once_and_lands_on_the_booking(
    browser: Client, room: Room, association: Actor
) -> None:
    form = wish(room, association)
    first = browser.post(BOOK, form)
    second = browser.post(BOOK, form)

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Booking.objects.count() == 1


def test_a_form_sent_again_when_its_time_has_begun_lands_on_the_booking(
    browser: Client, member: User, room: Room, association: Actor
) -> None:
    form, never_sent = wish(room, association), wish(room, association)
    first = browser.post(BOOK, form)
    with time_machine.travel(clock.at(working_day(), 18 * 60 + 16)):
        browser.force_login(member)
        second, third = browser.post(BOOK, form), browser.post(BOOK, never_sent)

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert (third.status_code, "Tidspunktet er forbi." in said(third.content)) == (422, True)
    assert Booking.objects.count() == 1


def test_a_form_sent_again_by_who_may_no_longer_book_for_the_actor_is_refused(
    browser: Client, house: Center, member: User, room: Room, association: Actor
) -> None:
    MembershipFactory.create(user=member, actor=ActorFactory.create(house=house))
    form = wish(room, association)
    browser.post(BOOK, form)
    member.memberships.filter(actor=association).update(until=clock.today())

    assert browser.post(BOOK, form).status_code == 403


def test_the_same_wish_from_a_second_tab_is_told_that_it_stands_already(
    browser: Client, room: Room, association: Actor
) -> None:
    browser.post(BOOK, wish(room, association))
    second = browser.post(BOOK, wish(room, association))

    booking = Booking.objects.get()
    assert second.status_code == 409
    assert "Det har I allerede booket" in said(second.content)
    assert f'href="/foreningernes-hus/bookinger/{booking.pk}/"' in second.content.decode()


def test_the_form_is_filled_in_by_the_link_that_led_to_it(browser: Client, room: Room) -> None:
    response = browser.get(BOOK, {"lokale": "salen", "dato": "2026-12-24", "fra": "18:00", "til": "24:00"})

    html = response.content.decode()
    assert response.status_code == 200
    for value in ("24.12.2026", "18.00", "24.00"):
        assert f'value="{value}"' in html
    assert '<option value="salen" selected>' in html
    assert "Godt at vide om Salen" in html


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"dato": "2026-02-31"}, "date", "Skriv datoen som 24.11.2026."),
        ({"fra": "25:99"}, "start", "Skriv klokkeslættet som 18.00."),
        ({"til": "9" * 400}, "end", "Skriv klokkeslættet som 18.00."),
        ({"dato": "0001-01-01"}, "date", "Skriv datoen som 24.11.2026."),
        ({"fra": "\0"}, "start", "Skriv klokkeslættet som 18.00."),
    ],
)
def test_what_a_link_says_wrongly_is_told_at_its_field(
    browser: Client, query: dict[str, str], field: str, message: str
) -> None:
    response = browser.get(BOOK, query)

    assert response.status_code == 200
    assert response.context["form"].errors == {field: [message]}


def test_a_link_to_another_houses_room_leads_nowhere(browser: Client, other_house: Center) -> None:
    RoomFactory.create(center=other_house, slug="naboens")

    assert browser.get(BOOK, {"lokale": "naboens"}).status_code == 404


@pytest.mark.parametrize("slug", ["naboens", "findes-ikke", "sal\0en"])
def test_a_room_that_is_not_this_houses_is_not_found(
    browser: Client, other_house: Center, room: Room, association: Actor, slug: str
) -> None:
    RoomFactory.create(center=other_house, slug="naboens")

    assert browser.post(BOOK, wish(room, association, room=slug)).status_code == 404
    assert not Booking.objects.exists()


def test_nobody_books_for_an_actor_they_are_not_in(browser: Client, house: Center, room: Room) -> None:
    other = ActorFactory.create(house=house)

    assert browser.post(BOOK, wish(room, other)).status_code == 403
    assert not Booking.objects.exists()


@pytest.mark.parametrize("actor", ["", "0", "-1", "9" * 30, "abc", "1\0"])
def test_an_actor_that_is_none_is_told_at_the_field(
    browser: Client, room: Room, association: Actor, actor: str
) -> None:
    response = browser.post(BOOK, wish(room, association, actor=actor))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"actor"})


def test_staff_book_for_any_actor_of_the_house(client: Client, staff: User, room: Room, association: Actor) -> None:
    client.force_login(staff)

    assert client.post(BOOK, wish(room, association)).status_code == 302
    booking = Booking.objects.get()
    assert (booking.by_house, booking.booked_by) == (True, staff)


def test_who_has_no_actor_in_the_house_is_told_so(client: Client, outsider: User, room: Room) -> None:
    client.force_login(outsider)

    assert client.get(BOOK).status_code == 403


def test_a_visitor_logs_in_first(client: Client, room: Room) -> None:
    response = client.get(BOOK, {"lokale": "salen"})

    assert response.status_code == 302
    assert response["Location"].startswith("/konto/")
    assert "lokale%3Dsalen" in response["Location"]


@pytest.mark.parametrize("title", ["010190-1234 kommer", "ring 0101901234"])
def test_a_title_with_a_personal_number_is_refused(browser: Client, room: Room, association: Actor, title: str) -> None:
    response = browser.post(BOOK, wish(room, association, title=title))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"title"})
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 81),
        ("title", "a\0b"),
        ("title", "a\x07b"),
        ("persons", "0"),
        ("persons", "5001"),
        ("persons", "9" * 400),
        ("audience", "alle"),
        ("token", "ikke-et-id"),
        ("partner", "999999"),
        ("date", "31.02.2027"),
        ("start", "18.60"),
        ("end", "24.15"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    browser: Client, room: Room, association: Actor, field: str, value: str
) -> None:
    response = browser.post(BOOK, wish(room, association, **{field: value}))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {field})
    assert not Booking.objects.exists()


def test_midnight_is_a_time_to_end_at(client: Client, staff: User, room: Room, association: Actor) -> None:
    client.force_login(staff)

    assert client.post(BOOK, wish(room, association, end="24.00")).status_code == 302
    assert Booking.objects.get().ends_at == clock.midnight(working_day() + timedelta(days=1))


def test_an_old_form_after_the_room_was_retired_is_told_at_the_field(
    browser: Client, room: Room, association: Actor
) -> None:
    room.retired_at = clock.now()
    room.save()
    response = browser.post(BOOK, wish(room, association))

    assert (response.status_code, set(response.context["form"].errors)) == (422, {"room"})


def test_someone_with_one_actor_finds_it_chosen(browser: Client, association: Actor, room: Room) -> None:
    html = browser.get(BOOK).content.decode()

    assert f'<option value="{association.pk}" selected>Folkedanserne</option>' in html


def test_a_member_is_offered_only_their_own_actors_and_staff_all(
    client: Client, member: User, staff: User, house: Center, association: Actor, room: Room
) -> None:
    other = ActorFactory.create(name="Skakklubben", house=house)
    MembershipFactory.create(user=member, actor=ActorFactory.create(name="Uden for huset"))

    client.force_login(member)
    assert [str(a) for a in client.get(BOOK).context["form"].fields["actor"].queryset] == ["Folkedanserne"]
    client.force_login(staff)
    assert list(client.get(BOOK).context["form"].fields["actor"].queryset) == [association, other]


def test_more_than_sixty_forms_a_minute_are_too_many(browser: Client, room: Room, association: Actor) -> None:
    """All forms count together, those that come to nothing too."""
    with time_machine.travel(clock.now(), tick=False):
        statuses = {browser.post("/foreningernes-hus/bookinger/999999/fortryd/").status_code for _ in range(60)}
        too_many = browser.post(BOOK, wish(room, association))

    assert (statuses, too_many.status_code) == ({404}, 429)
    assert not Booking.objects.exists()


def test_a_post_without_its_csrf_token_does_nothing(member: User, room: Room, association: Actor) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)

    assert strict.post(BOOK, wish(room, association)).status_code == 403
    assert not Booking.objects.exists()


def test_a_closed_room_says_why(browser: Client, staff: User, room: Room, association: Actor) -> None:
    close_room(room, staff)
    response = browser.post(BOOK, wish(room, association))

    assert response.status_code == 409
    assert "Nyt gulv" in said(response.content)


def test_another_persons_token_books_nothing_twice(
    browser: Client, house: Center, room: Room, association: Actor
) -> None:
    token = uuid4()
    BookingFactory.create(room=room, actor=association, by=UserFactory.create(member_of=association), token=token)
    response = browser.post(BOOK, wish(room, association, token=str(token), start="10", end="11"))

    assert response.status_code == 302
    assert (Booking.objects.count(), BookingActor.objects.count()) == (1, 1)
