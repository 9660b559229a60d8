"""The pages of a ballot: who may vote there, what each sees before and after closing, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import DjangoAssertNumQueries

from actors.council import chain
from actors.council.actions import ballots, discussion, motions
from actors.council.enums import Choice, Entitled, Method, Part, Quorum
from actors.council.models import Ballot, BoxVote, Cast, Council, Proxy, Seat, SecretVote
from actors.models import User
from centers.models import Center
from medborger.common.models import Message
from tests.actors.council.ballot_pages import Holder, browser, counted, main, path, read, seats_of, send, vote
from tests.actors.council.factories import bench, fill_seats, make_council, make_seat, seat_person
from tests.actors.council.motions import open_amendment, open_ballot, open_motion
from tests.factories import ActorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

SQL_WHILE_OPEN, SQL_OF_A_RESULT = 9, 8
WHY = "Vi har brug for dem"


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house, entitled=Entitled.ASSOCIATIONS, proxies=2)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 4)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


@pytest.fixture
def secret_ballot(house: Center) -> Ballot:
    council = make_council(house, secret=True)
    return open_ballot(council, fill_seats(council, 5)[0])


def cast(ballot: Ballot, seat: Seat, user: User, choice: Choice = Choice.FOR) -> str:
    return ballots.cast_secret(ballot=ballot, seat=seat, choice=choice, by=bench(user, ballot.council))


def over(ballot: Ballot) -> Any:
    """The clock after closing, with the ballot still to be counted."""
    return time_machine.travel(ballot.closes_at + timedelta(seconds=1), tick=False)


def close(ballot: Ballot) -> None:
    with over(ballot):
        ballots.close(ballot=ballot)
    ballot.refresh_from_db()


# --- voting openly --------------------------------------------------------------------------------------------------


def test_a_vote_is_cast_and_told(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[1]
    client = browser(user)
    sent = client.post(path(ballot, "stem/"), {"seat": seat.pk, "choice": "for", "reason": WHY})
    assert (sent.status_code, sent["Location"]) == (302, path(ballot))
    assert counted(ballot, seat) == Choice.FOR
    assert Cast.objects.get(event__seat=seat).reason == WHY
    page = main(client.get(path(ballot)))
    assert f"Jeres stemme er afgivet: For. Du stemte for {seat.name}." in page
    assert f"<b>{seat.name}</b> har stemt <b>For</b> ({user})." in page


def test_nothing_is_chosen_beforehand_not_even_when_one_has_voted(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1])
    page = read(ballot, holders[1][1])
    assert page.count('type="radio"') == 3
    assert "checked" not in page


def test_a_vote_is_changed_by_voting_again(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[1]
    for choice in ("for", "against", "blank"):
        assert send(ballot, user, seat=seat.pk, choice=choice).status_code == 302
    assert counted(ballot, seat) == Choice.BLANK


@pytest.mark.parametrize("choice", ["", "maybe", "FOR", "for\0"])
def test_a_choice_that_does_not_exist_is_refused_at_its_field(
    holders: list[Holder], ballot: Ballot, choice: str
) -> None:
    seat, user = holders[1]
    page = main(send(ballot, user, seat=seat.pk, choice=choice), 422)
    assert 'id="id_choice_error">Vælg for, imod eller blank.' in page
    assert counted(ballot, seat) == ""


def test_a_reason_that_is_too_long_is_refused_at_its_field(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[1]
    page = main(send(ballot, user, seat=seat.pk, choice="for", reason="x" * 501), 422)
    assert 'id="id_reason_error"' in page
    assert counted(ballot, seat) == ""


def test_nobody_votes_for_another_seat(holders: list[Holder], ballot: Ballot) -> None:
    assert send(ballot, holders[1][1], seat=holders[2][0].pk, choice="for").status_code == 403
    assert send(ballot, holders[1][1], seat=2**40, choice="for").status_code == 404
    assert counted(ballot, holders[2][0]) == ""


def test_staff_see_the_ballot_and_cannot_vote(holders: list[Holder], ballot: Ballot, manager: User) -> None:
    assert "Afstemningen er åben" in read(ballot, manager)
    assert send(ballot, manager, seat=holders[1][0].pk, choice="for").status_code == 403


def test_another_house_has_no_such_ballot(ballot: Ballot, other_house: Center, other_manager: User) -> None:
    elsewhere = f"/{other_house.slug}/husraad/afstemninger/{ballot.pk}/"
    assert browser(other_manager).get(elsewhere).status_code == 404
    assert browser(other_manager).post(f"{elsewhere}stem/", {"choice": "for"}).status_code == 404
    assert browser(other_manager).get(path(ballot)).status_code == 403


def test_after_closing_nobody_votes_whether_it_is_counted_or_not(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[1]
    with over(ballot):
        assert "Afstemningen er lukket. Stemmen kom ikke med." in main(
            send(ballot, user, seat=seat.pk, choice="for"), 409
        )
        assert "Afstemningen er lukket. Stemmerne tælles op." in read(ballot, user)
        ballots.close(ballot=ballot)
        assert "Stemmen kom ikke med." in main(send(ballot, user, seat=seat.pk, choice="for"), 409)
    assert counted(ballot, seat) == ""


def test_on_a_withdrawn_motion_nobody_votes(holders: list[Holder], ballot: Ballot) -> None:
    motions.withdraw(motion=ballot.motion, by=bench(holders[0][1], ballot.council))
    seat, user = holders[1]
    page = main(send(ballot, user, seat=seat.pk, choice="for"), 409)
    assert "Forslaget blev trukket tilbage. Stemmerne tælles ikke." in page


def test_a_deputy_votes_until_the_representative_has(holders: list[Holder], ballot: Ballot) -> None:
    seat, representative = holders[1]
    deputy = seat_person(seat, part=Part.DEPUTY)
    assert send(ballot, deputy, seat=seat.pk, choice="against").status_code == 302
    assert f"har stemt <b>Imod</b> ({deputy})" in read(ballot, representative)
    assert send(ballot, representative, seat=seat.pk, choice="for").status_code == 302
    page = read(ballot, deputy)
    assert "Repræsentanten har stemt. Kun repræsentanten kan ændre stemmen." in page
    assert 'type="radio"' not in page
    assert "Kun repræsentanten kan ændre" in main(send(ballot, deputy, seat=seat.pk, choice="against"), 409)
    assert counted(ballot, seat) == Choice.FOR


def test_a_member_without_a_part_sees_the_own_vote_and_by_whom(holders: list[Holder], ballot: Ballot) -> None:
    seat, representative = holders[1]
    vote(ballot, holders[1])
    page = read(ballot, UserFactory.create(member_of=seat.actor))
    assert f"<b>{seat.name}</b> har stemt <b>For</b> ({representative})." in page
    assert f"Det er repræsentanten og suppleanterne, der stemmer for {seat.name}." in page
    assert 'type="radio"' not in page


def test_who_holds_two_seats_says_for_which(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    (seat, user), (other, _other_user) = holders[1], holders[2]
    MembershipFactory.create(user=user, actor=other.actor)
    other.holders.update(user=user)
    assert "Vælg, hvem du stemmer for." in main(send(ballot, user, choice="for"), 422)
    assert send(ballot, user, seat=other.pk, choice="against").status_code == 302
    assert (counted(ballot, seat), counted(ballot, other)) == ("", Choice.AGAINST)


def test_a_recused_seat_is_told_so(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    seat, user = holders[1]
    discussion.recuse(motion=motion, seat=seat, reason="", by=bench(user, council))
    (ballot,) = ballots.open_ballots(motion=motion, by=bench(holders[0][1], council))
    assert f"{seat.name} er inhabil og stemmer ikke om dette." in read(ballot, user)
    assert send(ballot, user, seat=seat.pk, choice="for").status_code == 403


def test_a_seat_given_after_the_opening_has_no_vote(council: Council, ballot: Ballot) -> None:
    late = make_seat(council)
    user = seat_person(late)
    assert 'type="radio"' not in read(ballot, user)
    assert send(ballot, user, seat=late.pk, choice="for").status_code == 403


# --- what is seen before and after ----------------------------------------------------------------------------------


def test_before_closing_others_see_the_turnout_and_no_choice(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1], Choice.AGAINST, reason=WHY)
    page = read(ballot, holders[2][1])
    assert "1 af 4 foreninger har stemt" in page
    assert WHY not in page
    assert "har stemt <b>Imod" not in page
    assert 'class="bar"' not in page
    assert WHY not in read(ballot, holders[2][1], "kontrol/")
    assert "Imod" not in read(ballot, holders[2][1], "kontrol/")


def test_turnout_is_hidden_where_the_standing_orders_say_so(house: Center) -> None:
    council = make_council(house, turnout_shown=False)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    vote(ballot, holders[1])
    for page in ("", "kontrol/"):
        body = read(ballot, holders[2][1], page)
        assert "har stemt" not in body
        assert holders[1][0].name not in body


def test_votes_are_seen_underway_where_the_standing_orders_say_so(house: Center) -> None:
    council = make_council(house, live_results=True)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    vote(ballot, holders[1], Choice.AGAINST, reason=WHY)
    page = read(ballot, holders[2][1])
    assert 'aria-label="For 0, imod 1, blank 0"' in page
    assert WHY in page


def test_the_quorum_is_drawn_and_said(house: Center) -> None:
    council = make_council(house, quorum=Quorum.NUMBER, quorum_number=2)
    holders = fill_seats(council, 4)
    ballot = open_ballot(council, holders[0])
    vote(ballot, holders[0])
    page = read(ballot, holders[1][1])
    assert 'aria-label="1 af 4 foreninger har stemt. Der skal mindst 2 til."' in page
    assert 'x="50.0%"' in page
    assert "Mindst 2 skal stemme, før noget kan besluttes. Der mangler 1." in page
    vote(ballot, holders[1])
    assert "Det er nok til at beslutte: mindst 2 skulle stemme, og 2 har gjort det." in read(ballot, holders[1][1])


def test_the_result_is_shown_with_its_calculation_and_each_seats_vote(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[0], Choice.FOR)
    vote(ballot, holders[1], Choice.FOR, reason=WHY)
    vote(ballot, holders[2], Choice.AGAINST)
    close(ballot)
    page = read(ballot, holders[3][1])
    assert "Vedtaget" in page
    assert "3 af 4 foreninger stemte. 2 for, 1 imod, 0 blankt. Simpelt flertal: mindst 2 af 3 afgivne stemmer." in page
    assert 'aria-label="For 2, imod 1, blank 0"' in page
    assert f"»{WHY}«" in page
    assert "Stemte ikke" in page
    assert str(holders[0][1]) not in page
    assert str(holders[0][1]) in read(ballot, holders[0][1])


def test_where_nobody_voted_the_bar_is_empty(holders: list[Holder], ballot: Ballot) -> None:
    close(ballot)
    page = read(ballot, holders[0][1])
    assert 'aria-label="For 0, imod 0, blank 0"></svg>' in page
    assert "Forkastet" in page


def test_the_list_is_searched_by_name(holders: list[Holder], ballot: Ballot) -> None:
    close(ballot)
    page = read(ballot, holders[0][1], f"?plads={holders[1][0].name.upper()}")
    votes = page.split('class="votes"', 1)[1]
    assert [seat.name in votes for seat, _user in holders] == [False, True, False, False]


@pytest.mark.parametrize("seats", [3, 30])
@pytest.mark.parametrize("closed", [False, True])
def test_a_ballots_page_costs_the_same_with_many_seats(
    house: Center, seats: int, closed: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    council = make_council(house)
    holders = fill_seats(council, seats)
    ballot = open_ballot(council, holders[0])
    for holder in holders[: seats - 1]:
        vote(ballot, holder)
    if closed:
        close(ballot)
    client = browser(holders[0][1])
    client.get(path(ballot))
    with django_assert_num_queries(SQL_OF_A_RESULT if closed else SQL_WHILE_OPEN):
        assert client.get(path(ballot)).status_code == 200


# --- voting secretly ------------------------------------------------------------------------------------------------


def test_a_secret_vote_is_answered_with_its_code_once(secret_ballot: Ballot) -> None:
    seat, user = seats_of(secret_ballot)[1]
    client = browser(user)
    form = {"seat": seat.pk, "choice": "against"}
    answer = client.post(path(secret_ballot, "stem/"), form)
    code = BoxVote.objects.get().code
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    assert code in main(answer, 201)
    again = client.post(path(secret_ballot, "stem/"), form)
    assert "Der er allerede stemt for pladsen." in main(again, 409)
    for page in (again, client.get(path(secret_ballot)), client.get(path(secret_ballot, "kontrol/"))):
        assert code not in page.content.decode()
    assert code not in str(list(client.session.items()))
    assert code not in str(list(Message.objects.values()))


def test_the_promise_of_a_secret_ballot_stands_where_one_votes(secret_ballot: Ballot) -> None:
    _seat, user = seats_of(secret_ballot)[1]
    page = read(secret_ballot, user)
    assert "Alle kan se, hvem der har stemt. Ingen i huset kan i systemet se, hvad du stemte hemmeligt." in page
    assert "Stemmer alle det samme, kan alle se, hvad hver især har stemt." in page
    assert "Stemmen kan ikke ændres, når den er afgivet." in page
    assert "I kan ændre stemmen" not in page


def test_only_the_named_person_casts_and_hands_over_before_that(secret_ballot: Ballot) -> None:
    seat, representative = seats_of(secret_ballot)[1]
    deputy = seat_person(seat, part=Part.DEPUTY)
    assert f"er det {representative}." in read(secret_ballot, deputy)
    assert send(secret_ballot, deputy, seat=seat.pk, choice="for").status_code == 403
    holder = seat.holders.get(user=deputy)
    page = f"overdrag/{seat.pk}/"
    assert str(deputy) in read(secret_ballot, representative, page)
    assert send(secret_ballot, representative, page, holder=holder.pk).status_code == 302
    assert f"er det {deputy}." in read(secret_ballot, representative)
    assert send(secret_ballot, representative, seat=seat.pk, choice="for").status_code == 403
    assert send(secret_ballot, deputy, seat=seat.pk, choice="for").status_code == 201
    assert "kan ikke ændres" in read(secret_ballot, deputy, page, 409)


def test_of_a_secret_ballot_the_codes_are_listed_without_choices(secret_ballot: Ballot) -> None:
    seats = seats_of(secret_ballot)
    codes = [cast(secret_ballot, *holder, Choice.AGAINST) for holder in seats[:2]]
    assert not [code for code in codes if code in read(secret_ballot, seats[0][1])]
    close(secret_ballot)
    page = read(secret_ballot, seats[0][1])
    assert [f"<li><code>{code}</code></li>" in page for code in codes] == [True, True]
    assert "Hvem stemte?" in page
    assert SecretVote.objects.count() == 2


def test_with_full_control_the_list_shows_what_each_code_voted(house: Center) -> None:
    council = make_council(house, secret=True, shows_choices=True)
    ballot = open_ballot(council, fill_seats(council, 5)[0])
    seats = seats_of(ballot)
    code = cast(ballot, *seats[0], Choice.AGAINST)
    close(ballot)
    assert f"<li><code>{code}</code> Imod</li>" in read(ballot, seats[1][1])


# --- proxies --------------------------------------------------------------------------------------------------------


def test_a_proxy_is_given_used_and_taken_back(holders: list[Holder], ballot: Ballot) -> None:
    (giver, giving), (holder, holding) = holders[1], holders[2]
    assert send(ballot, giving, "fuldmagt/", own=giver.pk, seat=holder.pk).status_code == 302
    assert f"{holder.name} kan stemme for {giver.name}." in read(ballot, giving)
    assert giver.name in read(ballot, holding)
    assert send(ballot, holding, seat=giver.pk, choice="against").status_code == 302
    assert counted(ballot, giver) == Choice.AGAINST
    proxy = Proxy.objects.get()
    assert send(ballot, holding, f"fuldmagt/{proxy.pk}/slut/").status_code == 404
    assert send(ballot, giving, f"fuldmagt/{proxy.pk}/slut/").status_code == 302
    assert counted(ballot, giver) == ""


def test_the_holder_of_a_proxy_does_not_see_the_seats_own_vote(holders: list[Holder], ballot: Ballot) -> None:
    (giver, giving), (holder, holding) = holders[1], holders[2]
    ballots.give_proxy(ballot=ballot, giver=giver, holder=holder, by=bench(giving, ballot.council))
    vote(ballot, holders[1], Choice.AGAINST)
    page = read(ballot, holding)
    assert f"{giver.name} har selv stemt. Den stemme gælder frem for fuldmagten." in page
    assert f"{giver.name}</b> har stemt" not in page


def test_one_proxy_more_than_allowed_is_refused_at_its_field(holders: list[Holder], ballot: Ballot) -> None:
    holder = holders[0][0]
    for giver, giving in holders[1:3]:
        assert send(ballot, giving, "fuldmagt/", own=giver.pk, seat=holder.pk).status_code == 302
    giver, giving = holders[3]
    page = main(send(ballot, giving, "fuldmagt/", own=giver.pk, seat=holder.pk), 409)
    assert "Den plads har allerede så mange fuldmagter" in page


def test_where_proxies_are_not_allowed_there_is_no_form(house: Center) -> None:
    council = make_council(house)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    assert "fuldmagt/" not in read(ballot, holders[1][1])
    assert "tillader ikke fuldmagter" in read(ballot, holders[1][1], "fuldmagt/", 409)


# --- the motion's page ----------------------------------------------------------------------------------------------


def motion_page(ballot_or_motion: Any, user: User) -> str:
    motion = getattr(ballot_or_motion, "motion", ballot_or_motion)
    return main(browser(user).get(f"/{motion.council.center.slug}/husraad/forslag/{motion.number}/"))


def test_on_the_motions_page_one_votes_and_later_reads_the_result(holders: list[Holder], ballot: Ballot) -> None:
    assert path(ballot, "stem/") in motion_page(ballot, holders[1][1])
    vote(ballot, holders[1])
    close(ballot)
    page = motion_page(ballot, holders[2][1])
    assert 'aria-label="For 1, imod 0, blank 0"' in page
    assert path(ballot, "attest/") in page


def test_before_the_notice_is_over_the_page_says_when_one_can_vote(house: Center) -> None:
    council = make_council(house, notice_days=7)
    seat, user = fill_seats(council, 1)[0]
    motion = open_motion(council, seat, days_ago=1)
    assert "Der kan stemmes fra <b>" in motion_page(motion, user)


def test_several_ballots_on_amendments_are_links(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0])
    for seat, _user in holders[1:3]:
        open_amendment(motion, seat, f"Vi køber nye borde til {seat.name}.")
    opened = ballots.open_ballots(motion=motion, by=bench(holders[0][1], council))
    page = motion_page(motion, holders[3][1])
    assert [f'href="{path(ballot)}"' in page for ballot in opened] == [True, True]
    assert f"{holders[3][0].name} har ikke stemt endnu." in page


# --- checking -------------------------------------------------------------------------------------------------------


def test_everybody_in_the_house_can_check_the_chain(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1], Choice.AGAINST)
    close(ballot)
    user = UserFactory.create(member_of=ActorFactory.create(house=ballot.council.center))
    page = read(ballot, user, "kontrol/")
    assert "Alt stemmer" in page
    assert f"{holders[1][0].name} stemte »Imod«" in page
    assert chain.short(ballot.final_hash) in page
    assert chain.short(ballot.entitlement_hash) in page


def test_a_code_from_the_mail_is_compared(holders: list[Holder], ballot: Ballot) -> None:
    user = holders[0][1]
    right = chain.short(ballot.opening_hash).upper()
    assert "Alt stemmer, også med din kode" in read(ballot, user, f"kontrol/?kode={right}")
    assert "Din kode passer ikke" in read(ballot, user, f"kontrol/?kode={'0' * 32}")
    assert "Det ligner ikke en kontrolkode." in read(ballot, user, "kontrol/?kode=hej", 422)


def test_a_secret_ballots_check_shows_the_turnout_alone(secret_ballot: Ballot) -> None:
    seats = seats_of(secret_ballot)
    cast(secret_ballot, *seats[1], Choice.AGAINST)
    page = read(secret_ballot, seats[0][1], "kontrol/")
    assert f"{seats[1][0].name} har stemt hemmeligt" in page
    assert "Imod" not in page


def test_the_certificate_has_the_decision_the_calculation_and_the_codes(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[0])
    user = holders[1][1]
    assert "Attesten kommer, når stemmerne er talt op." in read(ballot, user, "attest/", 404)
    close(ballot)
    page = read(ballot, user, "attest/")
    assert "Vedtaget" in page
    assert "1 af 4 foreninger stemte. 1 for, 0 imod, 0 blankt." in page
    assert chain.short(ballot.final_hash) in page
    assert chain.short(ballot.entitlement_hash) in page
    assert all(seat.name in page for seat, _user in holders)


def test_a_show_of_hands_says_how_it_is_held(council: Council, holders: list[Holder]) -> None:
    ballot = open_ballot(council, holders[0], method=Method.HANDS)
    assert "Der stemmes ved håndsoprækning på mødet." in read(ballot, holders[1][1])


def test_a_ballot_on_an_amendment_shows_what_it_changes(council: Council, holders: list[Holder]) -> None:
    motion = open_motion(council, holders[0][0], text="Vi køber nye stole.")
    open_amendment(motion, holders[1][0], "Vi køber brugte stole.")
    (ballot,) = ballots.open_ballots(motion=motion, by=bench(holders[0][1], council))
    page = read(ballot, holders[2][1])
    assert "<h1>Ændringsforslag 1 til »Nye stole«</h1>" in page
    assert '<ins><span class="sr-only">Nyt: </span>brugte</ins>' in page
    assert path(ballot, "stem/") in motion_page(ballot, holders[2][1])
