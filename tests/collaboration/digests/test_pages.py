"""The page of a week, choosing when one gets it, and who gets it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from actors.digest_lines import Concerns, DigestPart
from actors.enums import Role
from actors.models import Actor, User
from centers.models import Center
from collaboration.digests import actions
from collaboration.digests.enums import Act
from collaboration.digests.models import Digest, Subscription
from collaboration.digests.tokens import ActToken
from medborger.common.models import Message, MessageState
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.digests.lines import Told, for_all, line, urgent
from tests.factories import MembershipFactory, UserFactory, person_with
from tests.fixtures import access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
WEEK = timedelta(days=7)
BASE = "/foreningernes-hus/overblik/"


def make(house: Center, friday: time_machine.Traveller, weeks: int = 1) -> None:
    actions.keep_subscriptions()
    for number in range(weeks):
        friday.move_to(MONDAY + number * WEEK)
        actions.make_house(center_id=house.pk)


def page(user: User, path: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"{BASE}{path}")


def text(user: User, path: str) -> str:
    return str(page(user, path).content.decode())


def test_the_newest_week_is_where_one_lands(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, urgent("first", 90), line("second"))
    make(house, friday, weeks=2)
    assert page(coordinator, "").headers["Location"] == f"{BASE}2026/49/"
    shown = text(coordinator, "2026/49/")
    assert "lavet til dig mandag 30. november kl. 7.00" in shown
    assert "Uge 49 i Foreningernes Hus" in shown
    assert "Hej. Vi skriver om first." in shown
    assert f'href="{BASE}2026/48/"' in shown


@pytest.mark.parametrize(
    "path",
    [
        "2026/50/",
        "2026/47/",
        "2025/53/",
        "2026/0/",
        "9999/1/",
        f"{10**30}/1/",
        f"2026/{10**30}/",
        "2026/٤٨/",
        f"{'9' * 5000}/1/",
    ],
)
def test_a_week_that_has_not_come_was_never_made_or_does_not_exist_is_not_found(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller, path: str
) -> None:
    make(house, friday)
    assert page(coordinator, path).status_code == 404


def test_new_years_eve_and_new_years_day_read_the_same_week(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    actions.keep_subscriptions()
    make(house, friday, weeks=6)
    for day in ("2026-12-31T12:00Z", "2027-01-01T12:00Z"):
        friday.move_to(day)
        assert page(coordinator, "").headers["Location"] == f"{BASE}2026/53/"
        assert page(coordinator, "2026/53/").status_code == 200
        assert page(coordinator, "2027/1/").status_code == 404


def test_staff_read_the_houses_copy_and_of_it_what_their_roles_are_told(
    house: Center, coordinator: User, staff: User, manager: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(
        DigestPart.NEEDS,
        line("for coordinators"),
        line("for managers", concerns=Concerns(roles=frozenset({Role.MANAGER}))),
    )
    told.tell(DigestPart.NEEDS, line("for one", concerns=Concerns(users=frozenset({staff.pk}))))
    told.tell(DigestPart.COMING, for_all("for all"))
    make(house, friday)
    assert [
        key for key in ("for coordinators", "for managers", "for one", "for all") if key in text(staff, "2026/48/")
    ] == ["for all"]
    assert "for managers" in text(manager, "2026/48/")
    assert "for managers" not in text(coordinator, "2026/48/")


def test_who_is_tied_to_the_house_is_invited_this_week_and_finds_no_other(
    house: Center, member: User, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line("secret"))
    make(house, friday, weeks=2)
    shown = text(member, "2026/49/")
    assert "Få ugens overblik" in shown
    assert "secret" not in shown
    assert page(member, "2026/48/").status_code == 404


def test_another_readers_digest_is_read_by_nobody_else(
    house: Center, member: User, association: Actor, told: Told, friday: time_machine.Traveller
) -> None:
    colleague = UserFactory.create(member_of=association)
    actions.choose(center=house, weekday=0, minute=420, when_empty=False, by=access(colleague))
    told.tell(DigestPart.NEEDS, line("own", concerns=Concerns(users=frozenset({colleague.pk}))))
    make(house, friday, weeks=2)
    assert "own" in text(colleague, "2026/48/")
    assert page(member, "2026/48/").status_code == 404


def test_what_was_told_to_a_role_or_an_actor_is_read_as_long_as_one_has_it(
    house: Center, coordinator: User, association: Actor, singers: Actor, told: Told, friday: time_machine.Traveller
) -> None:
    """Somebody who coordinates and dances, and stays in the house with the choir."""
    of_dancers = Concerns(roles=frozenset({Role.COORDINATOR}), actors=frozenset({association.pk}))
    told.tell(
        DigestPart.NEEDS,
        line("role"),
        line("both", concerns=of_dancers),
        line("named", concerns=Concerns(roles=frozenset({Role.COORDINATOR}), users=frozenset({coordinator.pk}))),
        for_all("all"),
    )
    for actor in (association, singers):
        MembershipFactory.create(user=coordinator, actor=actor)
    make(house, friday)

    def read() -> list[str]:
        shown = text(coordinator, "2026/48/")
        return [key for key in ("role", "both", "named", "all") if f"Tekst {key}" in shown]

    assert read() == ["role", "both", "named", "all"]
    coordinator.center_roles.update(until=MONDAY.date())
    assert read() == ["both", "named", "all"]
    coordinator.memberships.filter(actor=association).update(until=MONDAY.date())
    assert read() == ["named", "all"]
    token = ActToken(Act.SNOOZE, coordinator.pk, house.pk, MONDAY.date(), "role").signed()
    assert Client().get(f"/mig/overblik/{token}/").status_code == 410


def test_who_is_no_longer_tied_reads_not_even_their_own(
    house: Center, member: User, association: Actor, told: Told, friday: time_machine.Traveller
) -> None:
    actions.choose(center=house, weekday=0, minute=420, when_empty=False, by=access(member))
    told.tell(DigestPart.NEEDS, for_all("all"))
    make(house, friday)
    association.retired_at = MONDAY
    association.save()
    assert page(member, "2026/48/").status_code == 403


@pytest.mark.parametrize("weeks", [1, 3])
def test_the_page_costs_the_same_whatever_is_on_it(
    house: Center,
    coordinator: User,
    told: Told,
    friday: time_machine.Traveller,
    django_assert_max_num_queries: Any,
    weeks: int,
) -> None:
    for number in range(3 * weeks):
        told.tell(DigestPart.NEEDS, urgent(f"u{number}", 50, for_forum=True), for_all(f"n{number}"))
    make(house, friday, weeks=weeks)
    client = Client()
    client.force_login(coordinator)
    client.get(f"{BASE}2026/48/")
    with django_assert_max_num_queries(8):
        assert client.get(f"{BASE}2026/48/").status_code == 200


def test_a_day_and_an_hour_are_chosen_and_unchosen(house: Center, member: User, told: Told) -> None:
    client = Client()
    client.force_login(member)
    answer = client.post(f"{BASE}valg/", {"weekday": "2", "minute": "9.30", "when_empty": "on"})
    assert answer.headers["Location"] == f"{BASE}valg/"
    held = Subscription.objects.get(user=member)
    assert (held.weekday, held.minute, held.when_empty, held.by_choice) == (2, 570, True, True)
    assert held.next_at is not None
    assert held.next_at.isoformat() == "2026-11-25T08:30:00+00:00"
    assert "onsdag kl. 9.30" in client.get("/mig/").content.decode()
    client.post(f"{BASE}valg/nej/")
    held.refresh_from_db()
    assert (held.goes_on, held.unsubscribed) == (False, True)
    client.post(f"{BASE}valg/", {"weekday": "0", "minute": "7"})
    held.refresh_from_db()
    assert (held.goes_on, held.unsubscribed) == (True, False)


@pytest.mark.parametrize(
    "sent", [{"weekday": "9"}, {"weekday": "-1"}, {"minute": "25:00"}, {"minute": "24.00"}, {"minute": ""}]
)
def test_a_weekday_or_an_hour_that_does_not_exist_is_refused(house: Center, member: User, sent: dict[str, str]) -> None:
    client = Client()
    client.force_login(member)
    answer = client.post(f"{BASE}valg/", {"weekday": "0", "minute": "7.00", **sent})
    assert (answer.status_code, Subscription.objects.exists()) == (422, False)


def test_a_coordinator_who_said_no_is_not_asked_again(
    house: Center, coordinator: User, told: Told, friday: time_machine.Traveller
) -> None:
    told.tell(DigestPart.NEEDS, line())
    actions.keep_subscriptions()
    actions.unsubscribe(center=house, user=coordinator)
    make(house, friday)
    assert Message.objects.count() == 0
    assert page(coordinator, "2026/48/").status_code == 200


def test_the_manager_sees_whose_letter_did_not_arrive(
    house: Center, coordinator: User, manager: User, member: User, told: Told, friday: time_machine.Traveller
) -> None:
    """People with a role by name, the others by their association: membership can reveal faith or origin."""
    told.tell(DigestPart.NEEDS, for_all("all"))
    actions.choose(center=house, weekday=0, minute=420, when_empty=False, by=access(member))
    waiting = person_with(Role.STAFF, house, name="Villy Venter")
    actions.choose(center=house, weekday=0, minute=420, when_empty=False, by=access(waiting))
    make(house, friday)
    Message.objects.filter(user=coordinator).update(state=MessageState.SENT, sent_at=MONDAY)
    Message.objects.filter(user=member).update(state=MessageState.FAILED, attempts=1)
    Message.objects.filter(user=waiting).update(attempts=2, not_before=MONDAY + timedelta(minutes=4))
    shown = text(manager, "modtagere/")
    assert "1 brev kom ikke frem" in shown
    said = [
        "Uge 48 kom ikke frem",
        "Vi prøver igen mandag 23. november kl. 7.04",
        "Uge 48 sendt mandag 23. november kl. 7.00",
    ]
    places = [shown.index(words) for words in said]
    assert places == sorted(places)
    assert member.name not in shown
    assert "Folkedanserne" in shown
    assert coordinator.name in shown


def test_a_letter_that_was_lost_is_told_to_the_manager_in_the_next(
    house: Center, manager: User, member: User, friday: time_machine.Traveller
) -> None:
    for user in (manager, member):
        actions.choose(center=house, weekday=0, minute=420, when_empty=True, by=access(user))
    make(house, friday)
    Message.objects.filter(user=member).update(state=MessageState.FAILED)
    friday.move_to(MONDAY + WEEK)
    actions.make_house(center_id=house.pk)
    assert "Ugens overblik kom ikke frem til 1 modtager." in text(manager, "2026/49/")
    assert "kom ikke frem" not in text(member, "2026/49/")


@pytest.mark.parametrize("readers", [1, 3])
def test_the_list_of_receivers_costs_the_same_however_many(
    house: Center,
    manager: User,
    association: Actor,
    told: Told,
    friday: time_machine.Traveller,
    django_assert_max_num_queries: Any,
    readers: int,
) -> None:
    for _ in range(readers):
        actions.choose(
            center=house, weekday=0, minute=420, when_empty=True, by=access(UserFactory.create(member_of=association))
        )
    make(house, friday)
    client = Client()
    client.force_login(manager)
    client.get(f"{BASE}modtagere/")
    with django_assert_max_num_queries(9):
        assert client.get(f"{BASE}modtagere/").status_code == 200


def test_what_was_wiped_says_so(house: Center, coordinator: User, told: Told, friday: time_machine.Traveller) -> None:
    told.tell(DigestPart.NEEDS, line("gone"))
    make(house, friday)
    Digest.objects.update(content={})
    shown = text(coordinator, "2026/48/")
    assert "Vi gemmer et overblik i 90 dage" in shown
