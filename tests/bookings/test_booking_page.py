"""The page of a booking shows each viewer what they may see, and no more."""

import re
from typing import Any

import pytest
from django.test import Client

from actors.models import Actor, User
from bookings import actions
from bookings.enums import Audience
from bookings.models import Booking
from bookings.rules import Slot
from centers.models import Center, Room
from medborger.common import clock
from tests.factories import ActorFactory, BookingFactory, TargetGroupFactory, ThemeFactory, UserFactory, slot
from tests.fixtures import access

TITLE, ACTOR, BOOKER, PARTNER = "Kvindeaften", "Folkedanserne", "Mette Medlem", "Nabogruppen"
WHAT_IT_KNOWS = (TITLE, ACTOR, BOOKER, PARTNER)


def page_of(booking: Booking, client: Client, viewer: User | None, path: str = "") -> Any:
    if viewer is not None:
        client.force_login(viewer)
    return client.get(f"/foreningernes-hus/bookinger/{booking.pk}/{path}")


@pytest.mark.parametrize(("viewer", "link"), [("member", "Alle jeres bookinger"), ("staff", "Alle husets bookinger")])
def test_the_way_to_all_bookings_says_whose_they_are(
    request: pytest.FixtureRequest, client: Client, room: Room, association: Actor, member: User, viewer: str, link: str
) -> None:
    booking = BookingFactory.create(room=room, actor=association, by=member)
    html = page_of(booking, client, request.getfixturevalue(viewer)).content.decode()
    assert f'<a href="/foreningernes-hus/bookinger/">{link}</a>' in html


def seen(response: Any) -> set[str]:
    """Which of the booking's facts stand on the page, its header with one's own name left out."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return {fact for fact in WHAT_IT_KNOWS if fact in main}


@pytest.fixture
def partner(house: Center) -> Actor:
    return ActorFactory.create(name=PARTNER, house=house)


@pytest.fixture
def neighbour(house: Center) -> User:
    """Somebody of another actor in the same house."""
    return UserFactory.create(member_of=ActorFactory.create(house=house))


def booked(room: Room, actor: Actor, by: User, partner: Actor, audience: Audience) -> Booking:
    return BookingFactory.create(room=room, actor=actor, by=by, title=TITLE, partner=partner, audience=audience)


@pytest.mark.parametrize(
    ("viewer", "facts"),
    [
        ("member", {TITLE, ACTOR, BOOKER, PARTNER}),
        ("staff", {TITLE, ACTOR, BOOKER, PARTNER}),
        ("admin", {TITLE, ACTOR, BOOKER, PARTNER}),
        ("neighbour", {ACTOR, PARTNER}),
    ],
)
def test_what_the_house_sees_of_a_closed_booking(
    request: pytest.FixtureRequest,
    client: Client,
    room: Room,
    association: Actor,
    member: User,
    partner: Actor,
    viewer: str,
    facts: set[str],
) -> None:
    booking = booked(room, association, member, partner, Audience.CLOSED)

    assert seen(page_of(booking, client, request.getfixturevalue(viewer))) == facts


def test_a_partner_sees_the_title_and_not_the_booker(
    client: Client, room: Room, association: Actor, member: User, partner: Actor
) -> None:
    booking = booked(room, association, member, partner, Audience.CLOSED)

    assert seen(page_of(booking, client, UserFactory.create(member_of=partner))) == {TITLE, ACTOR, PARTNER}


@pytest.mark.parametrize("viewer", ["outsider", "other_manager", None])
def test_a_closed_booking_is_hidden_from_visitors(
    request: pytest.FixtureRequest,
    client: Client,
    room: Room,
    association: Actor,
    member: User,
    partner: Actor,
    viewer: str | None,
) -> None:
    booking = booked(room, association, member, partner, Audience.CLOSED)
    person = request.getfixturevalue(viewer) if viewer else None

    for path in ("", "booking.ics"):
        assert page_of(booking, client, person, path).status_code == 404


def test_visitors_see_what_is_open_and_its_actor_only_if_it_chose_to_be_shown(
    client: Client, room: Room, association: Actor, member: User, partner: Actor
) -> None:
    booking = booked(room, association, member, partner, Audience.EVERYONE)
    assert seen(page_of(booking, client, None)) == {TITLE, ACTOR, PARTNER}

    Actor.objects.update(shown_publicly=False)
    assert seen(page_of(booking, client, None)) == {TITLE}
    assert ACTOR not in page_of(booking, client, None, "booking.ics").content.decode()


def test_history_names_persons_to_their_own_actor_and_to_staff_only(
    client: Client, room: Room, association: Actor, member: User, staff: User, neighbour: User, partner: Actor
) -> None:
    booking = booked(room, association, member, partner, Audience.CLOSED)
    actions.move(booking=booking, slot=_later(booking), version=None, by=access(staff))

    def told(viewer: User) -> str:
        return re.sub(
            r"\s+", " ", page_of(booking, client, viewer).content.decode().split('id="history"')[1].split("</ol>")[0]
        )

    assert (BOOKER in told(member), staff.name in told(member), "huset" in told(member)) == (True, False, True)
    assert (BOOKER in told(staff), staff.name in told(staff)) == (True, True)
    assert (BOOKER in told(neighbour), staff.name in told(neighbour), "Flyttet fra" in told(neighbour)) == (
        False,
        False,
        True,
    )


def test_a_cancelled_booking_is_seen_by_its_own_only(
    client: Client, room: Room, association: Actor, member: User, neighbour: User, partner: Actor
) -> None:
    booking = booked(room, association, member, partner, Audience.EVERYONE)
    actions.cancel(booking=booking, version=None, by=access(member))

    assert page_of(booking, client, None).status_code == 404
    assert page_of(booking, client, neighbour).status_code == 404
    assert page_of(booking, client, member).status_code == 200


def test_another_houses_address_does_not_show_it(
    client: Client, other_house: Center, room: Room, association: Actor, admin: User
) -> None:
    booking = BookingFactory.create(room=room, actor=association)
    client.force_login(admin)

    assert client.get(f"/{other_house.slug}/bookinger/{booking.pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_a_number_that_is_no_booking_is_not_found(client: Client, house: Center, pk: str) -> None:
    assert client.get(f"/foreningernes-hus/bookinger/{pk}/").status_code == 404


def test_themes_and_groups_stand_on_an_open_bookings_page(client: Client, room: Room, association: Actor) -> None:
    booking = BookingFactory.create(
        room=room,
        actor=association,
        audience=Audience.EVERYONE,
        themes=[ThemeFactory.create(name="Dans")],
        target_groups=[TargetGroupFactory.create(name="Ældre")],
    )

    html = page_of(booking, client, None).content.decode()
    assert "<dd>Dans</dd>" in html
    assert "<dd>Ældre</dd>" in html


class TestList:
    """One's actors' bookings in the house; staff see all."""

    LIST = "/foreningernes-hus/bookinger/"

    def titles(self, client: Client, **query: str) -> list[str]:
        return [booking.title for booking in client.get(self.LIST, query).context["page"].rows]

    def test_members_see_their_own_and_those_they_are_partners_of(
        self, client: Client, house: Center, room: Room, association: Actor, member: User
    ) -> None:
        BookingFactory.create(room=room, actor=association, title="Egen", start=8 * 60, end=9 * 60)
        BookingFactory.create(
            room=room,
            title="Med",
            partner=association,
            actor=ActorFactory.create(house=house),
            start=9 * 60,
            end=10 * 60,
        )
        BookingFactory.create(
            room=room, title="Andres", actor=ActorFactory.create(house=house), start=10 * 60, end=11 * 60
        )
        client.force_login(member)

        assert self.titles(client) == ["Egen", "Med"]

    def test_staff_see_all_of_the_house_and_none_of_another(
        self, client: Client, room: Room, association: Actor, staff: User
    ) -> None:
        BookingFactory.create(room=room, actor=association, title="Her")
        BookingFactory.create(title="Der")
        client.force_login(staff)

        assert self.titles(client) == ["Her"]
        assert self.titles(client, lokale="salen") == ["Her"]
        assert self.titles(client, aktoer=str(association.pk)) == ["Her"]
        assert self.titles(client, aktoer=str(ActorFactory.create(house=room.center).pk)) == []
        for unknown in ({"lokale": "findes-ikke"}, {"lokale": "\0"}, {"aktoer": "0"}, {"aktoer": "9" * 40}):
            assert client.get(self.LIST, unknown).status_code == 404

    def test_cancelled_ones_stand_apart(self, client: Client, room: Room, association: Actor, member: User) -> None:
        booking = BookingFactory.create(room=room, actor=association, by=member, title="Aflyst")
        actions.cancel(booking=booking, version=None, by=access(member))
        client.force_login(member)

        assert self.titles(client) == []
        assert self.titles(client, vis="aflyste") == ["Aflyst"]
        assert client.get(self.LIST, {"vis": "xyz"}).status_code == 404


def _later(booking: Booking) -> Slot:
    return slot(booking.room, 20 * 60, 21 * 60, clock.local(booking.starts_at).date())
