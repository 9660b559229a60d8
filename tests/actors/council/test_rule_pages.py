"""The pages of house rules, notices and disputes: what they show to whom, and where rules turn up among the bookings."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.council.actions import disputes, notices, rules
from actors.council.enums import DisputeState, Follows, MotionKind, MotionState, Verdict
from actors.council.models import Ballot, Council, Dispute, HouseRuleVersion, Motion, Result, RuleNotice, StandingOrders
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from tests.actors.council.factories import bench, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.motions import open_motion
from tests.factories import ActorFactory, BookingFactory, UserFactory, past_booking
from tests.fixtures import standing

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T11:00:00+00:00"  # a Tuesday
TODAY = date(2026, 11, 24)
RULES = "/foreningernes-hus/husregler/"
NOTICES = "/foreningernes-hus/paamindelser/"
DISPUTES = "/foreningernes-hus/husraad/konflikter/"
SHORT = "I Salen skal musikken slukkes kl. 22.00."
LINE = "I Salen skal musikken slukkes kl. 22.00, husregel 4"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


def words(response: Any) -> str:
    """What stands on the page, in running text."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))
    return text.replace(" ,", ",").replace(" .", ".")


def get(client: Client, path: str, user: User | None = None, *, status: int = 200, **query: Any) -> str:
    if user:
        client.force_login(user)
    response = client.get(path, query)
    assert response.status_code == status
    return words(response) if status == 200 else ""


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
    return rules.put_in_force(motion)


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
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(number):
            adopted(council, None, "Ro.")
        client.get(RULES)
        # the house, the rules, their rooms, their ballots, coming rules, the council, hours, whether all is closed
        with django_assert_num_queries(8):
            client.get(RULES)


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
        rules.put_in_force(repeal)
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
        assert again.status_code == 422
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


class TestNotices:
    @pytest.fixture
    def version(self, house: Center, council: Council) -> HouseRuleVersion:
        return make_rule(house, 4)

    def form(self, version: HouseRuleVersion, association: Actor, **fields: Any) -> dict[str, Any]:
        return {
            "actor": association.pk,
            "date": "23.11.2026",
            "time": "21.45",
            "room": "",
            "rule": version.rule_id,
            "what": "Musikken spillede.",
            "follows": Follows.REMINDER,
            "token": str(uuid4()),
            **fields,
        }

    @pytest.fixture
    def notice(self, client: Client, version: HouseRuleVersion, association: Actor, staff: User) -> RuleNotice:
        client.force_login(staff)
        assert client.post(f"{NOTICES}ny/", self.form(version, association)).status_code == 302
        return RuleNotice.objects.get()

    def test_staff_note_it_and_the_page_says_when_and_what_the_rule_said(
        self, client: Client, notice: RuleNotice, version: HouseRuleVersion, contact: User
    ) -> None:
        page = get(client, f"{NOTICES}1/", contact)
        assert "Mandag 23. november kl. 21.45" in page
        assert f"Reglen, som den lød den dag {version.text}" in page
        assert "Maja Medarbejder" not in page
        assert "Gør indsigelse" in page

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"date": "24.11.2026", "time": "12.01"}, "date"),
            ({"follows": Follows.WARNING}, "follows"),
            ({"date": "1.1.2020"}, "rule"),
            ({"rule": "x"}, "rule"),
            ({"actor": "9" * 30}, "actor"),
            ({"what": "CPR 010190-1234"}, "what"),
            ({"what": "x" * 2001}, "what"),
            ({"room": "0"}, "room"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_noted(
        self,
        client: Client,
        version: HouseRuleVersion,
        association: Actor,
        staff: User,
        fields: dict[str, Any],
        wrong: str,
    ) -> None:
        client.force_login(staff)
        response = client.post(f"{NOTICES}ny/", self.form(version, association, **fields))
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [wrong]
        assert not RuleNotice.objects.exists()

    def test_the_actor_answers_once(self, client: Client, notice: RuleNotice, member: User) -> None:
        client.force_login(member)
        page = client.post(f"{NOTICES}1/svar/", {"answer": "Det var os.\r\nUndskyld."}, follow=True)
        assert "Jeres svar Det var os.Undskyld." in words(page)
        assert client.post(f"{NOTICES}1/svar/", {"answer": "Nej."}).status_code == 422

    def test_a_contact_appeals(self, client: Client, notice: RuleNotice, contact: User) -> None:
        client.force_login(contact)
        assert "Gør indsigelse" in get(client, f"{NOTICES}1/indsigelse/")
        page = client.post(f"{NOTICES}1/indsigelse/", {"why": "Det var ikke os."}, follow=True)
        assert "Indsigelse mod påmindelse 1" in words(page)
        assert Dispute.objects.get().notice == notice

    def test_staff_see_no_way_to_answer_or_appeal_and_are_refused(self, client: Client, notice: RuleNotice) -> None:
        assert "Gør indsigelse" not in get(client, f"{NOTICES}1/")
        assert client.post(f"{NOTICES}1/svar/", {"answer": "Nej."}).status_code == 403
        assert client.post(f"{NOTICES}1/svar/", {}).status_code == 403
        assert client.get(f"{NOTICES}1/indsigelse/").status_code == 403

    def test_another_associations_member_finds_nothing(self, client: Client, notice: RuleNotice, house: Center) -> None:
        neighbour = UserFactory.create(member_of=ActorFactory.create(house=house))
        get(client, f"{NOTICES}1/", neighbour, status=404)
        assert "I har ingen påmindelser" in get(client, NOTICES)

    def test_the_list_is_filtered_by_its_address(
        self, client: Client, notice: RuleNotice, version: HouseRuleVersion, house: Center, staff: User
    ) -> None:
        other = ActorFactory.create(name="Koret", house=house)
        client.post(f"{NOTICES}ny/", self.form(version, other))
        assert "Folkedanserne · " not in get(client, NOTICES, aktoer=other.pk)
        page = client.get(NOTICES, {"aktoer": str(other.pk), "foelger": "reminder"})
        assert [row.actor for row in page.context["page"].rows] == [other]
        assert client.get(NOTICES, {"aktoer": "x", "foelger": "y"}).status_code == 200

    def test_it_waits_on_ones_own_page_until_it_is_answered(
        self, client: Client, notice: RuleNotice, member: User
    ) -> None:
        assert "Påmindelse: Ro om aftenen" in get(client, "/mig/", member)
        notices.answer(notice=notice, text="Ja.", by=standing(member))
        assert "Påmindelse: Ro om aftenen" not in get(client, "/mig/")


class TestDisputes:
    @pytest.fixture
    def choir(self, house: Center) -> Actor:
        return ActorFactory.create(name="Koret", house=house)

    @pytest.fixture
    def dispute(self, council: Council, association: Actor, choir: Actor, contact: User) -> Dispute:
        return disputes.raise_dispute(
            raised_by=association,
            others=[choir],
            title="Larm om tirsdagen",
            what="De synger.",
            token=None,
            by=bench(contact, council),
        )

    def test_a_contact_raises_one_once(
        self, client: Client, council: Council, association: Actor, choir: Actor, contact: User
    ) -> None:
        client.force_login(contact)
        form = {
            "raised_by": association.pk,
            "parties": [choir.pk],
            "title": "Larm",
            "what": "De synger.",
            "token": str(uuid4()),
        }
        first, second = (client.post(f"{DISPUTES}ny/", form) for _ in range(2))
        assert (first.headers["Location"], second.headers["Location"]) == (f"{DISPUTES}1/", f"{DISPUTES}1/")
        assert "Folkedanserne, Koret" in get(client, f"{DISPUTES}1/")

    @pytest.mark.parametrize("who", ["member", "staff"])
    def test_others_are_refused(
        self, request: pytest.FixtureRequest, client: Client, council: Council, who: str
    ) -> None:
        get(client, f"{DISPUTES}ny/", request.getfixturevalue(who), status=403)

    def test_from_a_mediator_to_an_agreement(
        self, client: Client, dispute: Dispute, council: Council, contact: User
    ) -> None:
        ((seat, mediator),) = fill_seats(council, 1)
        client.force_login(contact)
        client.post(f"{DISPUTES}1/maegler/", {"mediator": f"seat-{seat.pk}"})
        form = {"outcome": "agreed", "text": "De skiftes.", "follow_up_on": "1.2.2027"}
        assert client.post(f"{DISPUTES}1/maegling/", form).status_code == 403
        assert "Du mægler · Foreningernes Hus" in get(client, "/mig/", mediator)
        page = client.post(f"{DISPUTES}1/maegling/", form, follow=True)
        assert "Aftalen De skiftes." in words(page)
        with time_machine.travel(clock.at(date(2027, 2, 1), 480), tick=False):
            assert "Konflikter, der skal følges op Larm om tirsdagen" in get(client, "/mig/", mediator)
            assert "Fulgt op" in words(client.post(f"{DISPUTES}1/fulgt-op/", follow=True))
            assert "Konflikter, der skal følges op" not in get(client, "/mig/")

    def test_the_parties_cannot_be_chosen_as_mediators_and_staff_only_by_staff(
        self, client: Client, dispute: Dispute, council: Council, choir: Actor, contact: User, staff: User
    ) -> None:
        make_seat(council, choir)
        client.force_login(contact)
        assert "Maja Medarbejder" not in get(client, f"{DISPUTES}1/")
        own = client.post(f"{DISPUTES}1/maegler/", {"mediator": f"user-{staff.pk}"})
        assert list(own.context["mediator_form"].errors) == ["mediator"]
        assert len(own.context["mediator_form"].fields["mediator"].choices) == 1
        assert "Maja Medarbejder" in get(client, f"{DISPUTES}1/", staff)

    def test_to_the_council_as_a_motion(
        self, client: Client, dispute: Dispute, council: Council, association: Actor, contact: User
    ) -> None:
        make_seat(council, association)
        client.force_login(contact)
        form = {"tried": "Vi har talt.", "proposal": "De skiftes.", "follow_up_on": "", "token": str(uuid4())}
        assert client.post(f"{DISPUTES}1/raad/", {**form, "tried": ""}).status_code == 422
        sent = client.post(f"{DISPUTES}1/raad/", form)
        motion = Motion.objects.get()
        assert sent.headers["Location"] == f"/foreningernes-hus/husraad/forslag/{motion.number}/"
        page = get(client, f"{DISPUTES}1/")
        assert f"Forslag {motion.number} Til drøftelse" in page
        assert "afgøre det" not in page
        refused = client.post(f"{DISPUTES}1/traek/")
        assert refused.status_code == 422
        assert "Konflikten er sendt til rådet." in words(refused)

    def test_its_motion_leads_to_it_for_those_who_may_see_it(
        self, client: Client, dispute: Dispute, council: Council, association: Actor, contact: User
    ) -> None:
        seat = make_seat(council, association)
        sent = disputes.send_to_council(
            dispute=dispute,
            proposal="De skiftes.",
            tried="Vi har talt.",
            follow_up_on=None,
            token=None,
            by=bench(contact, council),
        )
        path = f"/foreningernes-hus/husraad/forslag/{sent.number}/"
        plain = UserFactory.create(member_of=make_seat(council).actor)
        assert ["Konflikt 1" in get(client, path, user) for user in (seat_person(seat), plain)] == [True, False]

    def test_it_can_be_taken_back(self, client: Client, dispute: Dispute, contact: User) -> None:
        client.force_login(contact)
        assert "Konflikten er trukket tilbage." in words(client.post(f"{DISPUTES}1/traek/", follow=True))
        dispute.refresh_from_db()
        assert dispute.state == DisputeState.WITHDRAWN
        assert "Larm om tirsdagen" not in get(client, DISPUTES)
        assert "Larm om tirsdagen" in get(client, DISPUTES, vis="alle")

    def test_another_associations_member_finds_nothing(self, client: Client, dispute: Dispute, house: Center) -> None:
        neighbour = UserFactory.create(member_of=ActorFactory.create(house=house))
        get(client, f"{DISPUTES}1/", neighbour, status=404)
        assert "Larm om tirsdagen" not in get(client, DISPUTES)

    def test_a_house_without_a_council_has_no_disputes(self, client: Client, house: Center, staff: User) -> None:
        get(client, DISPUTES, staff, status=404)

    def test_who_holds_a_seat_sees_it(self, client: Client, dispute: Dispute, council: Council) -> None:
        assert "De synger." in get(client, f"{DISPUTES}1/", seat_person(make_seat(council)))
