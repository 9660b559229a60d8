"""The pages of notices and disputes: what they show to whom, and what each step answers."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from actors.council.disputes import actions, notice_actions
from actors.council.enums import DisputeState, Follows
from actors.council.models import Council, Dispute, HouseRuleVersion, Motion, RuleNotice
from actors.models import Actor, User
from centers.models import Center
from medborger.common import clock
from tests.actors.council.factories import council_member, fill_seats, make_council, make_rule, make_seat, seat_person
from tests.actors.council.pages import get, words
from tests.factories import ActorFactory, UserFactory
from tests.fixtures import access

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T11:00:00+00:00"  # a Tuesday
NOTICES = "/foreningernes-hus/paamindelser/"
DISPUTES = "/foreningernes-hus/husraad/konflikter/"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


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
        notice_actions.answer(notice=notice, text="Ja.", by=access(member))
        assert "Påmindelse: Ro om aftenen" not in get(client, "/mig/")


class TestDisputes:
    @pytest.fixture
    def choir(self, house: Center) -> Actor:
        return ActorFactory.create(name="Koret", house=house)

    @pytest.fixture
    def dispute(self, council: Council, association: Actor, choir: Actor, contact: User) -> Dispute:
        return actions.raise_dispute(
            raised_by=association,
            others=[choir],
            title="Larm om tirsdagen",
            what="De synger.",
            token=None,
            by=council_member(contact, council),
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
        self, client: Client, dispute: Dispute, council: Council, contact: User, staff: User
    ) -> None:
        ((seat, mediator),) = fill_seats(council, 1)
        client.force_login(staff)
        client.post(f"{DISPUTES}1/maegler/", {"mediator": f"seat-{seat.pk}"})
        client.force_login(contact)
        form = {"outcome": "agreed", "text": "De skiftes.", "follow_up_on": "1.2.2027"}
        assert client.post(f"{DISPUTES}1/maegling/", form).status_code == 403
        assert "Du mægler · Foreningernes Hus" in get(client, "/mig/", mediator)
        page = client.post(f"{DISPUTES}1/maegling/", form, follow=True)
        assert "Aftalen De skiftes." in words(page)
        with time_machine.travel(clock.at(date(2027, 2, 1), 480), tick=False):
            assert "Konflikter, der skal følges op Larm om tirsdagen" in get(client, "/mig/", mediator)
            assert "Fulgt op" in words(client.post(f"{DISPUTES}1/fulgt-op/", follow=True))
            assert "Konflikter, der skal følges op" not in get(client, "/mig/")

    def test_staff_choose_the_mediator_and_never_a_party(
        self, client: Client, dispute: Dispute, council: Council, choir: Actor, contact: User, staff: User
    ) -> None:
        make_seat(council, choir)
        client.force_login(contact)
        assert "Maja Medarbejder" not in get(client, f"{DISPUTES}1/")
        assert client.post(f"{DISPUTES}1/maegler/", {"mediator": f"user-{staff.pk}"}).status_code == 403
        page = get(client, f"{DISPUTES}1/", staff)
        assert "Maja Medarbejder" in page
        assert f"Vælg {choir.name}" not in page

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
        assert refused.status_code == 409
        assert "Konflikten er sendt til rådet." in words(refused)

    def test_its_motion_leads_to_it_for_those_who_may_see_it(
        self, client: Client, dispute: Dispute, council: Council, association: Actor, contact: User
    ) -> None:
        seat = make_seat(council, association)
        sent = actions.send_to_council(
            dispute=dispute,
            proposal="De skiftes.",
            tried="Vi har talt.",
            follow_up_on=None,
            token=None,
            by=council_member(contact, council),
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
