"""What works from a letter without a log-in: one thing for one reader, by what they are when the button is pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from actors.digest_lines import Concerns, DigestPart
from actors.erasure import erase
from actors.models import Actor, User
from centers.models import Center
from collaboration.digests import actions
from collaboration.digests.enums import Act
from collaboration.digests.models import Snooze, Subscription
from collaboration.digests.tokens import ActToken, UnsubscribeToken
from collaboration.forum.models import Forum, ProposedItem
from medborger.common.models import Audit
from tests.collaboration.digests.conftest import MONDAY
from tests.collaboration.digests.lines import Told, for_all, urgent
from tests.fixtures import access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
DAY = timedelta(days=1)
CALENDAR = "/foreningernes-hus/kalender/"


@pytest.fixture
def token(house: Center, member: User, told: Told, friday: time_machine.Traveller) -> ActToken:
    """The member's link for putting off a line that may go to the forum, on the Monday it was sent."""
    Forum.objects.create(center=house, counts_from=date(2026, 1, 1), founded_on=date(2026, 1, 1))
    told.tell(
        DigestPart.NEEDS,
        urgent("first", 90, concerns=Concerns(users=frozenset({member.pk})), for_forum=True, link=CALENDAR),
    )
    told.tell(DigestPart.COMING, for_all("event"))
    actions.choose(center=house, weekday=0, minute=420, when_empty=False, by=access(member))
    friday.move_to(MONDAY)
    actions.make_house(center_id=house.pk)
    return ActToken(Act.SNOOZE, member.pk, house.pk, MONDAY.date(), "first")


def path(token: ActToken | UnsubscribeToken) -> str:
    return f"/mig/overblik/{'afmeld/' if isinstance(token, UnsubscribeToken) else ''}{token.signed()}/"


def stored() -> list[int]:
    return [model.objects.count() for model in (Snooze, ProposedItem, Audit)]


def refused(at: str, status: int) -> Any:
    """Neither opening it nor pressing the button does anything."""
    before = stored()
    answers = [Client().get(at), Client().post(at)]
    assert [answer.status_code for answer in answers] == [status, status]
    assert stored() == before
    return answers[0].content.decode()


def test_opening_the_link_changes_nothing_and_the_button_puts_it_off_a_week(
    house: Center, member: User, token: ActToken, friday: time_machine.Traveller
) -> None:
    before = stored()
    shown = Client().get(path(token)).content.decode()
    assert stored() == before
    assert ("Tekst first" in shown, shown.count("<form"), "Udsæt en uge" in shown) == (True, 2, True)
    done = Client().post(path(token), follow=True).content.decode()
    assert "Det er udsat en uge" in done
    kept = Snooze.objects.get()
    assert (kept.user, kept.key, kept.until) == (member, "first", MONDAY + 7 * DAY)
    trail = Audit.objects.get(verb="digest.line_snoozed")
    assert (trail.person, trail.center_id, trail.parameters) == (member, house.pk, {})
    Client().post(path(token))
    assert Snooze.objects.count() == 1


def test_a_line_goes_on_the_forum_with_one_button(
    house: Center, member: User, token: ActToken, friday: time_machine.Traveller
) -> None:
    link = path(replace(token, act=Act.FORUM))
    assert "Sæt på forum?" in Client().get(link).content.decode()
    for _twice in range(2):
        done = Client().post(link, follow=True).content.decode()
        assert "Det er sat på forum" in done
    item = ProposedItem.objects.get()
    assert (item.title, item.about, item.proposed_by) == ("Tekst first", CALENDAR, member)
    friday.move_to(MONDAY + 7 * DAY)
    actions.make_house(center_id=house.pk)
    client = Client()
    client.force_login(member)
    assert "Tekst first" not in client.get("/foreningernes-hus/overblik/2026/49/").content.decode()


def test_a_line_that_may_not_go_on_the_forum_is_not_put_there(token: ActToken) -> None:
    refused(path(replace(token, act=Act.FORUM, key="event")), 410)


@pytest.mark.parametrize("spoil", ["one letter", "another's signature", "no token", "garbage", "nul"])
def test_a_link_that_was_tampered_with_opens_nothing(token: ActToken, spoil: str) -> None:
    signed = token.signed()
    other = replace(token, user_id=token.user_id + 1).signed()
    bad = {
        "one letter": ("A" if signed[0] != "A" else "B") + signed[1:],
        "another's signature": f"{other.rpartition(':')[0]}:{signed.rpartition(':')[2]}",
        "no token": "x",
        "garbage": "WzFd:%C3%A6",
        "nul": "%00",
    }[spoil]
    assert "Der mangler noget af linket" in refused(f"/mig/overblik/{bad}/", 404)
    unsubscribe = UnsubscribeToken(token.user_id, token.center_id).signed()
    assert Client().post(f"/mig/overblik/afmeld/{signed}/").status_code == 404
    assert Client().post(f"/mig/overblik/{unsubscribe}/").status_code == 404
    assert Subscription.objects.get(user=token.user_id).goes_on


def test_the_link_of_an_erased_person_is_gone(member: User, token: ActToken) -> None:
    erase(user=member, by=None)
    refused(path(token), 410)
    refused(path(UnsubscribeToken(token.user_id, token.center_id)), 410)


def test_the_link_of_one_who_lost_the_house_is_gone(association: Actor, token: ActToken) -> None:
    association.retired_at = MONDAY
    association.save()
    refused(path(token), 410)


def test_the_link_of_a_retired_house_is_gone(house: Center, token: ActToken) -> None:
    house.retired_at = MONDAY
    house.save()
    refused(path(token), 410)


def test_a_link_of_a_line_or_a_week_that_the_reader_was_not_told_is_gone(token: ActToken) -> None:
    refused(path(replace(token, key="other")), 410)
    refused(path(replace(token, monday=token.monday - 7 * DAY)), 410)


def test_a_link_is_good_for_sixty_days(token: ActToken, friday: time_machine.Traveller) -> None:
    friday.move_to(MONDAY + 60 * DAY)
    assert Client().get(path(token)).status_code == 200
    friday.move_to(MONDAY + 61 * DAY)
    assert "for gammelt" in refused(path(token), 410)


def test_unsubscribing_takes_one_button_and_done_twice_is_done(house: Center, member: User, token: ActToken) -> None:
    link = path(UnsubscribeToken(member.pk, house.pk))
    assert "Slå ugens overblik fra?" in Client().get(link).content.decode()
    assert Subscription.objects.get(user=member).goes_on
    for _twice in range(2):
        answer = Client().post(link)
        assert (answer.status_code, "Du får ikke længere ugens overblik" in answer.content.decode()) == (200, True)
    assert Audit.objects.filter(verb="digest.unsubscribed").count() == 1


def test_the_button_wants_its_token_where_a_mail_programs_post_does_not(token: ActToken) -> None:
    assert Client(enforce_csrf_checks=True).post(path(token)).status_code == 403


def test_a_reader_sees_on_the_page_what_they_put_off(member: User, token: ActToken) -> None:
    client = Client()
    client.force_login(member)
    page = "/foreningernes-hus/overblik/2026/48/"
    assert "Udsæt en uge" in client.get(page).content.decode()
    client.post(path(token))
    shown = client.get(page).content.decode()
    assert (">Udsat<" in shown, "Udsæt en uge" in shown) == (True, False)
