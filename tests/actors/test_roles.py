"""Giving and ending roles: only managers, never above their own, never their own, at once in force."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from actors import actions, errors
from actors.actions.roles import check_may_give_role
from actors.enums import ActorRole, Role, Tie
from actors.models import Actor, CenterRole, User
from centers.models import Center
from medborger.common import clock
from medborger.common.errors import NotAllowed
from medborger.common.models import Audit
from tests.actors.browsers import browser, posted
from tests.factories import ActorFactory, DutyFactory, UserFactory, person_with, working_day
from tests.fixtures import access

pytestmark = pytest.mark.django_db


def test_a_role_is_in_force_from_the_next_request_on(house: Center, manager: User, staff: User) -> None:
    client = browser(staff)
    assert client.get(f"/{house.slug}/mennesker/inviter/").status_code == 403
    actions.grant_role(center=house, user=staff, role=Role.MANAGER, by=access(manager))
    assert client.get(f"/{house.slug}/mennesker/inviter/").status_code == 200
    assert posted("medarbejder@huset.example")[0].subject == "Du har fået en rolle i Foreningernes Hus"


def test_an_ended_role_is_gone_from_the_next_request_on(house: Center, manager: User, staff: User) -> None:
    """In a session that is open already (docs/security.md, check 7)."""
    client = browser(staff)
    assert client.get(f"/{house.slug}/vagter/").status_code == 200
    browser(manager).post(f"/{house.slug}/mennesker/roller/{staff.center_roles.get().pk}/slut/")
    assert client.get(f"/{house.slug}/vagter/").status_code == 403


@pytest.mark.parametrize("who", ["member", "contact", "staff", "booking_admin", "coordinator", "other_manager"])
@pytest.mark.parametrize("role", list(Role))
def test_only_managers_give_roles(house: Center, who: str, role: Role, request: pytest.FixtureRequest) -> None:
    """No other role of the house, and no manager of another (docs/security.md, check 6)."""
    person: User = request.getfixturevalue(who)
    with pytest.raises(errors.AboveOwnRank):
        check_may_give_role(center=house, role=role, by=access(person))


@pytest.mark.parametrize("role", list(Role))
def test_a_manager_gives_roles_up_to_their_own(house: Center, manager: User, role: Role) -> None:
    """A manager gives each role there is (docs/security.md, check 6)."""
    user = person_with(Role.STAFF if role != Role.STAFF else Role.COORDINATOR, house)
    given = actions.grant_role(center=house, user=user, role=role, by=access(manager))
    assert given in CenterRole.objects.in_force()


def test_nobody_gives_or_ends_their_own_role(house: Center, manager: User) -> None:
    """Not even a manager (docs/security.md, check 6)."""
    with pytest.raises(errors.OwnRole):
        actions.grant_role(center=house, user=manager, role=Role.COORDINATOR, by=access(manager))
    with pytest.raises(errors.OwnRole):
        actions.end_role(center_role=manager.center_roles.get(), by=access(manager))


def test_a_role_of_another_house_is_not_found(other_house: Center, manager: User, other_manager: User) -> None:
    held = other_manager.center_roles.get()
    response = browser(manager).post(f"/foreningernes-hus/mennesker/roller/{held.pk}/slut/")
    assert response.status_code == 404
    assert CenterRole.objects.in_force().filter(pk=held.pk).exists()


def test_the_form_gives_a_further_role_and_says_so_in_the_trail(house: Center, manager: User, staff: User) -> None:
    response = browser(manager).post(f"/{house.slug}/mennesker/{staff.pk}/rolle/", {"role": "coordinator"})
    assert response.status_code == 302
    held = staff.center_roles.get(role="coordinator")
    row = Audit.objects.get(verb="role.given")
    assert (row.subject_id, row.person, row.parameters) == (held.pk, manager, {"role": "coordinator", "user": staff.pk})


@pytest.mark.parametrize("role", ["admin", "", "staff\0", "staff"])
def test_a_role_that_is_not_offered_is_refused_at_the_field(
    house: Center, manager: User, staff: User, role: str
) -> None:
    response = browser(manager).post(f"/{house.slug}/mennesker/{staff.pk}/rolle/", {"role": role})
    assert response.status_code == 422
    assert staff.center_roles.count() == 1


def test_a_contact_ends_their_own_actors_members_and_no_others(house: Center, contact: User, member: User) -> None:
    other = UserFactory.create(member_of=ActorFactory.create(house=house, tie=Tie.FIXED)).memberships.get()
    client = browser(contact)
    assert client.post(f"/{house.slug}/mennesker/medlemmer/{other.pk}/slut/").status_code == 404
    assert client.post(f"/{house.slug}/mennesker/medlemmer/{member.memberships.get().pk}/slut/").status_code == 302
    other.refresh_from_db()
    assert (other.until, access(member).actor_ids) == (None, frozenset())


def test_a_member_ends_nobody_but_may_leave(house: Center, contact: User, member: User) -> None:
    client = browser(member)
    assert client.post(f"/{house.slug}/mennesker/medlemmer/{contact.memberships.get().pk}/slut/").status_code == 403
    assert client.post(f"/{house.slug}/mennesker/medlemmer/{member.memberships.get().pk}/slut/").status_code == 302
    assert access(member).actor_ids == frozenset()
    assert access(contact).actor_ids


def test_members_names_are_seen_by_their_own_and_by_staff_only(
    house: Center, association: Actor, member: User, staff: User
) -> None:
    stranger = UserFactory.create(member_of=ActorFactory.create(house=house, tie=Tie.FIXED), name="Fremmed Fugl")
    seen = {
        person.name: "Mette Medlem" in browser(person).get(f"/{house.slug}/mennesker/").content.decode()
        for person in (member, staff, stranger)
    }
    assert seen == {"Mette Medlem": True, "Maja Medarbejder": True, "Fremmed Fugl": False}


def test_roles_and_invitations_are_not_shown_to_members(house: Center, member: User, manager: User) -> None:
    browser(manager).post(f"/{house.slug}/mennesker/inviter/", {"address": "ny@huset.example", "role": "staff"})
    page = browser(member).get(f"/{house.slug}/mennesker/").content.decode()
    assert "ny@huset.example" not in page
    assert "Leo Leder" not in page
    assert "ny@huset.example" in browser(manager).get(f"/{house.slug}/mennesker/").content.decode()


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    house: Center, manager: User, others: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _other in range(others):
        person_with(Role.STAFF, house)
        UserFactory.create(member_of=ActorFactory.create(house=house))
    with time_machine.travel(clock.at(working_day(), 12 * 60), tick=False):
        client = browser(manager)
        client.get(f"/{house.slug}/mennesker/")
        with django_assert_max_num_queries(9):
            assert client.get(f"/{house.slug}/mennesker/").status_code == 200


# --- duties -----------------------------------------------------------------------------------------------------------


def test_the_coming_weeks_duties_are_folded_under_this_weeks(house: Center, staff: User) -> None:
    monday = clock.at(working_day() - timedelta(days=1), 9 * 60)
    with time_machine.travel(monday, tick=False):
        for days in (0, 2, 7, 8, 15):
            begins = monday + timedelta(days=days)
            DutyFactory.create(center=house, user=staff, starts_at=begins, ends_at=begins + timedelta(hours=4))
        over = monday - timedelta(days=3)
        DutyFactory.create(center=house, user=staff, starts_at=over, ends_at=over + timedelta(hours=4))
        client = browser(staff)
        for path in (f"/{house.slug}/vagter/", "/mig/"):
            response = client.get(path)
            third = monday + timedelta(days=14)
            assert [(week.name.split(",")[0], len(week.duties)) for week in response.context["weeks"]] == [
                ("Denne uge", 2),
                ("Næste uge", 2),
                (f"Uge {clock.local(third).isocalendar().week}", 1),
            ]
            html = response.content.decode()
            assert html.count('<summary class="details-summary">Næste uge (2)</summary>') == 1
            assert "<h3>Denne uge</h3>" in html


def test_a_duty_that_goes_on_since_last_week_is_this_weeks(house: Center, staff: User) -> None:
    monday = clock.at(working_day() - timedelta(days=1), 30)
    with time_machine.travel(monday, tick=False):
        DutyFactory.create(center=house, user=staff)
        weeks = browser(staff).get(f"/{house.slug}/vagter/").context["weeks"]
    assert [week.name for week in weeks] == ["Denne uge"]


def test_staff_enter_a_duty_and_only_the_person_shows_their_name(house: Center, staff: User, manager: User) -> None:
    form = {"person": staff.pk, "date": f"{working_day(90):%d.%m.%Y}", "start": "9", "end": "13.30"}
    assert browser(manager).post(f"/{house.slug}/vagter/", form).status_code == 302
    duty = staff.duties.get()
    assert (duty.ends_at - duty.starts_at, duty.show_first_name) == (timedelta(hours=4, minutes=30), False)
    browser(manager).post("/mig/vagter/", {"name": duty.pk})
    duty.refresh_from_db()
    assert not duty.show_first_name
    browser(staff).post("/mig/vagter/", {"name": duty.pk})
    duty.refresh_from_db()
    assert (duty.show_first_name, duty.show_photo) == (True, False)


def test_a_person_is_in_one_place_at_a_time(house: Center, staff: User) -> None:
    form = {"person": staff.pk, "date": f"{working_day(90):%d.%m.%Y}", "start": "9", "end": "13"}
    client = browser(staff)
    client.post(f"/{house.slug}/vagter/", form)
    assert client.post(f"/{house.slug}/vagter/", form).status_code == 302
    response = client.post(f"/{house.slug}/vagter/", {**form, "start": "12", "end": "15"})
    assert response.status_code == 422
    assert response.context["form"].errors["person"] == ["Personen har allerede en vagt i det tidsrum."]
    assert staff.duties.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"end": "8"}, "end"),
        ({"date": "31.2.2027"}, "date"),
        ({"start": "25:99"}, "start"),
        ({"person": "0"}, "person"),
        ({"person": "\0"}, "person"),
        ({"date": "28.3.2027", "start": "2.30"}, "start"),
    ],
)
def test_a_wrong_duty_is_refused_at_its_field(house: Center, staff: User, wrong: dict[str, str], field: str) -> None:
    form = {"person": staff.pk, "date": f"{working_day(90):%d.%m.%Y}", "start": "9", "end": "13", **wrong}
    response = browser(staff).post(f"/{house.slug}/vagter/", form)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not staff.duties.exists()


def test_only_who_has_a_role_in_the_house_has_a_duty(house: Center, staff: User, member: User) -> None:
    with pytest.raises(errors.NotOnTheStaff):
        actions.enter_duty(
            center=house,
            user=member,
            starts_at=DutyFactory.build().starts_at,
            ends_at=DutyFactory.build().ends_at,
            by=access(staff),
        )
    with pytest.raises(NotAllowed):
        actions.enter_duty(
            center=house,
            user=staff,
            starts_at=DutyFactory.build().starts_at,
            ends_at=DutyFactory.build().ends_at,
            by=access(member),
        )


def test_a_duty_that_has_begun_ends_now_and_a_coming_one_is_taken_away(house: Center, staff: User) -> None:
    running = DutyFactory.create(center=house, user=staff)
    actions.end_duty(duty=running, by=access(staff))
    assert not house.duties.filter(ends_at__gt=clock.now()).exists()
    coming = DutyFactory.create(
        center=house,
        user=staff,
        starts_at=running.ends_at + timedelta(days=1),
        ends_at=running.ends_at + timedelta(days=1, hours=1),
    )
    actions.end_duty(duty=coming, by=access(staff))
    assert list(house.duties.all()) == [running]


def test_the_role_of_a_contact_is_chosen_in_the_form(house: Center, association: Actor, contact: User) -> None:
    form = {"address": "22 33 44 55", "role": ActorRole.CONTACT}
    assert browser(contact).post(f"/{house.slug}/mennesker/inviter/{association.pk}/", form).status_code == 302
    assert posted("+4522334455")[0].text.startswith("Invitation til Folkedanserne. Karim Kontakt inviterer dig")
