"""The pages of house rules: what they show to whom, and where rules turn up among the bookings."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.council.enums import MotionKind, MotionState, Verdict
from actors.council.models import Ballot, Council, HouseRuleVersion, Result, StandingOrders
from actors.council.rules import actions
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.council.factories import fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_motion
from tests.actors.council.pages import get, words
from tests.factories import BookingFactory, past_booking

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T11:00:00+00:00"  # a Tuesday
TODAY = date(2026, 11, 24)
RULES = "/foreningernes-hus/husregler/"
SHORT = "I Salen skal musikken slukkes kl. 22.00."
LINE = "I Salen skal musikken slukkes kl. 22.00, husregel 4"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, reviews=True)


def adopted(council: Council, before: HouseRuleVersion | None, text: str, **fields: Any) -> HouseRuleVersion:
    """A rule as a motion changed or made it, by 44 votes to 5."""
    kind = MotionKind.CHANGE_RULE if before else MotionKind.NEW_RULE
    motion = open_motion(
        council,
        make_seat(council),
        kind=kind,
        state=MotionState.ADOPTED,
        title="Ro om aftenen",
        text=text,
        rule=before.rule if before else None,
        based_on=before,
        ended_at=clock.at(date(2026, 11, 2), 600),
        **fields,
    )
    now = clock.now()
    ballot = Ballot.objects.create(
        council=council,
        motion=motion,
        text=motion.texts.get(),
        orders=StandingOrders.objects.in_force(council.pk),
        opened_at=now - timedelta(days=1),
        closes_at=now,
        closed_at=now,
        head_number=1,
    )
    figures = {"seats": 60, "recused": 0, "cast": 52, "votes_for": 44, "against": 5, "blank": 3}
    needed = {"quorum_needed": 0, "base": 49, "needed": 25, "tied": False, "counted_at": now}
    Result.objects.create(ballot=ballot, verdict=Verdict.ADOPTED, **figures, **needed)
    return actions.put_in_force(motion)


class TestRules:
    def test_a_visitor_reads_the_rules_of_today(
        self, client: Client, house: Center, room: Room, council: Council
    ) -> None:
        make_rule(
            house, 4, rooms=[room], from_minute=1320, to_minute=1440, weekdays=[4, 5], text="**Musikken** slukkes."
        )
        page = get(client, RULES)
        assert "Reglerne i huset, som Husrådet har vedtaget dem." in page
        assert "Ro om aftenen Salen, fredag og lørdag kl. 22.00–24.00 Musikken slukkes." in page

    def test_by_which_motion_and_which_votes(
        self, client: Client, house: Center, council: Council, member: User
    ) -> None:
        adopted(council, None, "Musikken slukkes kl. 22.00.")
        said = "Siden 24. november, vedtaget 2. november, forslag 1, 44 for, 5 imod."
        assert said in get(client, RULES)
        assert "/husraad/forslag/1/" not in client.get(RULES).content.decode()
        assert said in get(client, RULES, member)
        assert "/husraad/forslag/1/" in client.get(RULES).content.decode()

    def test_what_a_rule_will_say(self, client: Client, house: Center, council: Council) -> None:
        before = make_rule(house, 1, text="Kl. 22.")
        adopted(council, before, "Kl. 21.30.", effective_on=date(2026, 12, 1))
        adopted(council, None, "Ingen hunde.", effective_on=date(2026, 12, 15))
        page = get(client, RULES)
        assert "Kl. 22. Siden" in page
        assert "Fra 1. december lyder den sådan (vedtaget 2. november, forslag 1, 44 for, 5 imod): Kl. 21.30." in page
        assert "Nye regler på vej" in page
        assert "Gælder fra 15. december, vedtaget 2. november" in page

    @pytest.mark.parametrize(
        ("instant", "text"), [("2026-11-30T22:59:59+00:00", "Kl. 22."), ("2026-11-30T23:00:00+00:00", "Kl. 21.30.")]
    )
    def test_the_rule_shown_is_that_of_the_day_in_copenhagen(
        self, client: Client, house: Center, council: Council, instant: str, text: str
    ) -> None:
        before = make_rule(house, 1, text="Kl. 22.")
        adopted(council, before, "Kl. 21.30.", effective_on=date(2026, 12, 1))
        with time_machine.travel(instant, tick=False):
            assert f"Ro om aftenen {text} Siden" in get(client, RULES)
            assert f"Husregel 1 Ro om aftenen {text}" in get(client, f"{RULES}1/")

    def test_those_of_another_day(self, client: Client, house: Center, council: Council) -> None:
        make_rule(house, 1, in_force_on=date(2026, 11, 1))
        assert "Der gjaldt ingen husregler den dag" in get(client, RULES, dato="2026-10-31")
        page = get(client, RULES, dato="2026-11-01")
        assert "Sådan lyder reglerne søndag 1. november." in page
        assert "Ro om aftenen" in page

    @pytest.mark.parametrize("garbage", ["x", "2026-02-31", "\0", "9" * 400])
    def test_a_day_that_is_none_is_today(self, client: Client, house: Center, council: Council, garbage: str) -> None:
        make_rule(house, 1)
        assert "Reglerne i huset, som Husrådet har vedtaget dem." in get(client, RULES, dato=garbage)

    def test_without_rules_it_says_how_they_come(self, client: Client, house: Center, council: Council) -> None:
        assert "En regel begynder som et forslag i rådet." in get(client, RULES)

    def test_a_house_without_a_council_has_none(self, client: Client, house: Center) -> None:
        assert "Huset har ingen husregler" in get(client, RULES)

    def test_markup_in_a_rule_stays_words(self, client: Client, house: Center) -> None:
        make_rule(house, 1, text="<script>alert(1)</script>", title='"><script>alert(2)</script>', rooms=[])
        for path in (RULES, f"{RULES}1/"):
            assert "<script>alert" not in client.get(path).content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(
        self,
        client: Client,
        house: Center,
        council: Council,
        number: int,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(number):
            adopted(council, None, "Ro.")
        client.get(RULES)
        # the house, the rules, their rooms, their ballots, coming rules, the council, hours, whether all is closed
        with django_assert_max_num_queries(8):
            assert client.get(RULES).status_code == 200


class TestOneRule:
    def test_its_earlier_words_with_what_changed(self, client: Client, house: Center, council: Council) -> None:
        adopted(council, make_rule(house, 4, text="Musikken slukkes kl. 22.00."), "Musikken slukkes kl. 21.30.")
        page = get(client, f"{RULES}4/")
        assert "Ændret 24. november Musikken slukkes kl. Udgår: 22.00 Nyt: 21.30." in page
        assert "Indført 28. januar Musikken slukkes kl. 22.00." in page

    def test_a_repealed_one_says_so(self, client: Client, house: Center, council: Council) -> None:
        before = make_rule(house, 4)
        repeal = open_motion(
            council, make_seat(council), kind=MotionKind.REPEAL_RULE, rule=before.rule, based_on=before
        )
        actions.put_in_force(repeal)
        assert "Reglen gælder ikke mere. Den blev ophævet 24. november." in get(client, f"{RULES}4/")
        assert "Ro om aftenen" not in get(client, RULES)

    def test_another_houses_rule_is_not_found(self, client: Client, other_house: Center, house: Center) -> None:
        make_rule(other_house, 4)
        get(client, f"{RULES}4/", status=404)

    def test_only_who_may_move_is_offered_a_motion(
        self, client: Client, house: Center, council: Council, staff: User, member: User
    ) -> None:
        make_rule(house, 4)
        holder = seat_person(make_seat(council))
        for user, offered in ((staff, False), (member, False), (holder, True)):
            client.force_login(user)
            pages = [client.get(path).content.decode() for path in (RULES, f"{RULES}4/")]
            assert ["forslag/nyt/?slags=" in page for page in pages] == [offered, offered]

    def test_who_holds_a_seat_keeps_it(self, client: Client, house: Center, council: Council, member: User) -> None:
        version = make_rule(house, 4, review_on=TODAY + timedelta(days=10))
        assert "Skal reglen stadig gælde?" not in get(client, f"{RULES}4/", member)
        ((_, holder),) = fill_seats(council, 1)
        assert "Skal reglen stadig gælde?" in get(client, f"{RULES}4/", holder)
        form = {"version": version.pk, "next_on": "24.11.2027"}
        page = client.post(f"{RULES}4/behold/", form, follow=True)
        assert "Reglen er beholdt. I ser på den igen 24. november 2027." in words(page)
        again = client.post(f"{RULES}4/behold/", form)
        assert again.status_code == 409
        assert "En anden har ændret det imens." in words(again)
        assert HouseRuleVersion.objects.filter(rule=version.rule).count() == 2

    @pytest.mark.parametrize("day", ["", "i morgen", "2026-11-24"])
    def test_a_day_that_does_not_come_is_said_at_its_field(
        self, client: Client, house: Center, council: Council, day: str
    ) -> None:
        version = make_rule(house, 4, review_on=TODAY)
        ((_, holder),) = fill_seats(council, 1)
        client.force_login(holder)
        response = client.post(f"{RULES}4/behold/", {"version": version.pk, "next_on": day})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["next_on"]


class TestAmongTheBookings:
    @pytest.fixture(autouse=True)
    def _rule(self, house: Center, room: Room) -> None:
        make_rule(house, 4, rooms=[room], short=SHORT, from_minute=1200, to_minute=1440)

    @pytest.mark.parametrize(("start", "end", "shown"), [("19:00", "21:00", True), ("10:00", "12:00", False)])
    def test_the_booking_form_says_what_matters_for_room_and_time(
        self, client: Client, member: User, start: str, end: str, shown: bool
    ) -> None:
        query: dict[str, Any] = {"lokale": "salen", "dato": "2026-11-25", "fra": start, "til": end}
        assert (LINE in get(client, "/foreningernes-hus/book/", member, **query)) is shown

    def test_so_does_the_hint_and_a_form_that_was_refused(self, client: Client, member: User) -> None:
        client.force_login(member)
        form = {"room": "salen", "date": "25.11.2026", "start": "19.00", "end": "21.00"}
        hint = client.get("/foreningernes-hus/book/hint/", form).content.decode()
        assert 'href="/foreningernes-hus/husregler/4/">husregel 4</a>' in hint
        refused = client.post("/foreningernes-hus/book/", form)
        assert refused.status_code == 422
        assert LINE in words(refused)

    def test_so_does_the_page_of_a_booking(self, client: Client, room: Room, member: User, association: Actor) -> None:
        late = BookingFactory.create(room=room, actor=association, by=member, start=1200, end=1260)
        early = BookingFactory.create(room=room, actor=association, by=member, start=600, end=660)
        assert LINE in get(client, f"/foreningernes-hus/bookinger/{late.pk}/", member)
        assert LINE not in get(client, f"/foreningernes-hus/bookinger/{early.pk}/", member)

    def test_the_day_in_the_calendar_names_it_at_the_room_and_below(self, client: Client) -> None:
        response = client.get("/foreningernes-hus/kalender/", {"dato": "2026-11-25", "visning": "dag"})
        assert LINE in words(response)
        head = response.content.decode().split('id="h-salen"')[1].split("</div>")[0]
        assert f'aria-label="{LINE}"' in head

    def test_a_coming_rule_shows_on_its_days_only(self, client: Client, house: Center, room: Room) -> None:
        make_rule(house, 5, rooms=[room], short="Sko af", in_force_on=date(2026, 12, 1))
        shown = [
            "Sko af" in get(client, "/foreningernes-hus/kalender/", dato=day) for day in ("2026-11-30", "2026-12-01")
        ]
        assert shown == [False, True]

    @pytest.mark.django_db(transaction=True)
    def test_a_rule_that_comes_into_force_changes_the_calendar(self, client: Client, council: Council) -> None:
        url = "/foreningernes-hus/kalender/"
        seen = client.get(url).headers["ETag"]
        assert client.get(url, headers={"if-none-match": seen}).status_code == 304
        adopted(council, None, "Ro.", from_minute=600, to_minute=700)
        assert client.get(url, headers={"if-none-match": seen}).status_code == 200

    def test_staff_go_from_a_booking_that_has_begun_to_a_form_with_all_it_knows(
        self, client: Client, room: Room, association: Actor, staff: User, member: User
    ) -> None:
        booking = past_booking(room, association, member, clock.at(date(2026, 11, 23), 1320))
        path = f"/foreningernes-hus/bookinger/{booking.pk}/"
        assert "Notér et brud" not in get(client, path, member)
        client.force_login(staff)
        link = re.search(r'href="([^"]+paamindelser/ny/[^"]+)"', client.get(path).content.decode())
        assert link
        form = client.get(link[1].replace("&amp;", "&")).context["form"]
        (rule,) = form.rules.values()
        assert (form["actor"].value(), form["room"].value()) == (association.pk, room.pk)
        assert (form["date"].value(), form["time"].value()) == ("23.11.2026", "20.00")
        assert form["rule"].value() == str(rule.pk)

    def test_not_from_one_that_has_not(self, client: Client, room: Room, association: Actor, staff: User) -> None:
        booking = BookingFactory.create(room=room, actor=association)
        assert "Notér et brud" not in get(client, f"/foreningernes-hus/bookinger/{booking.pk}/", staff)

    def test_the_footer_leads_to_the_rules(self, client: Client) -> None:
        assert 'href="/foreningernes-hus/husregler/"' in client.get("/foreningernes-hus/").content.decode()
