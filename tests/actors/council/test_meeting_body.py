"""The council holds meetings: convened by seats, never by staff, on what is before the council."""

import pytest
from django.test import Client

from actors.access import Access
from actors.council.enums import Entitled, HolderRole
from actors.council.meeting_body import KEY
from actors.council.models import Council
from actors.enums import Role
from actors.meetings import meeting_bodies
from actors.meetings.models import Meeting
from actors.models import User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import fill_seats, make_council, make_rule, make_seat, seat_person, turn_on
from tests.actors.council.motions import open_motion
from tests.factories import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, name="Kvarterhusledelsen", entitled=Entitled.CHOSEN)


def test_the_body_is_called_what_the_house_calls_it(council: Council, other_house: Center) -> None:
    body = meeting_bodies.by_key(KEY)
    assert body.name(council.center) == "Kvarterhusledelsen"
    assert body.name(other_house) is None


@pytest.mark.parametrize("role", Role)
def test_staff_neither_convene_nor_keep_the_minutes(council: Council, role: Role) -> None:
    body, access = meeting_bodies.by_key(KEY), Access.of(person_with(role, council.center))
    assert not body.may_convene(access, council.center)
    assert not body.may_keep_minutes(access, council.center)
    assert body.may_see(access, council.center)


def test_who_holds_a_seat_convenes_and_all_holders_are_invited(council: Council) -> None:
    ((seat, user),) = fill_seats(council, 1)
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
    board = make_seat(council, name="Formand")
    chair = seat_person(board)
    body = meeting_bodies.by_key(KEY)
    assert body.may_convene(Access.of(user), council.center)
    invited = [(one.user, one.actor, one.capacity) for one in body.invitees(council.center)]
    assert invited == [(user, seat.actor, ""), (deputy, seat.actor, ""), (chair, None, "Formand")]


def test_the_agenda_is_offered_what_is_before_the_council(council: Council, client: Client) -> None:
    ((seat, _user),) = fill_seats(council, 1)
    motion = open_motion(council, seat)
    turn_on(council, reviews=True)
    make_rule(council.center, 4, review_on=clock.today())
    meeting = Meeting(center=council.center, circle=KEY, starts_at=clock.now())
    offered = [(one.title, one.about) for one in meeting_bodies.by_key(KEY).subjects(meeting)]
    slug = council.center.slug
    assert offered == [
        (f"Forslag {motion.number}: Nye stole", f"/{slug}/husraad/forslag/{motion.number}/"),
        ("Husregel 4 tages op igen: Ro om aftenen", f"/{slug}/husregler/4/"),
    ]


def test_a_holder_opens_the_form_of_a_new_meeting_and_staff_do_not(
    council: Council, staff: User, client: Client
) -> None:
    ((_seat, user),) = fill_seats(council, 1)
    statuses = []
    for person in (user, staff):
        client.force_login(person)
        statuses.append(client.get(f"/{council.center.slug}/moeder/raad/nyt/").status_code)
    assert statuses == [200, 403]
