"""The pages of a ballot: who may vote there, openly, secretly and by proxy, and what is refused."""

import pytest

from actors.council.ballots import actions
from actors.council.discussion import actions as discussion_actions
from actors.council.enums import Choice, Entitled, HolderRole
from actors.council.models import Ballot, BoxVote, Cast, Council, Proxy, SecretVote
from actors.council.motions import actions as motion_actions
from actors.models import User
from centers.models import Center
from medborger.common.models import Message
from tests.actors.council.ballot_pages import (
    browser,
    cast,
    close,
    counted,
    main,
    over,
    path,
    read,
    seats_of,
    send,
    vote,
)
from tests.actors.council.factories import Holder, council_member, fill_seats, make_council, make_seat, seat_person
from tests.actors.council.motions import open_ballot, open_motion
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

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


# --- voting openly --------------------------------------------------------------------------------------------------


def test_a_vote_is_cast_and_told(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[1]
    client = browser(user)
    sent = client.post(path(ballot, "stem/"), {"seat": seat.pk, "choice": "for", "reason": WHY})
    assert (sent.status_code, sent["Location"]) == (302, path(ballot))
    assert counted(ballot, seat) == Choice.FOR
    assert Cast.objects.get(event__seat=seat).reason == WHY
    page = main(client.get(sent["Location"]))
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
        actions.close(ballot=ballot)
        assert "Stemmen kom ikke med." in main(send(ballot, user, seat=seat.pk, choice="for"), 409)
    assert counted(ballot, seat) == ""


def test_on_a_withdrawn_motion_nobody_votes(holders: list[Holder], ballot: Ballot) -> None:
    motion_actions.withdraw(motion=ballot.motion, by=council_member(holders[0][1], ballot.council))
    seat, user = holders[1]
    page = main(send(ballot, user, seat=seat.pk, choice="for"), 409)
    assert "Forslaget blev trukket tilbage. Stemmerne tælles ikke." in page


def test_a_deputy_votes_until_the_representative_has(holders: list[Holder], ballot: Ballot) -> None:
    seat, representative = holders[1]
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
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
    discussion_actions.recuse(motion=motion, seat=seat, reason="", by=council_member(user, council))
    (ballot,) = actions.open_ballots(motion=motion, by=council_member(holders[0][1], council))
    assert f"{seat.name} er inhabil og stemmer ikke om dette." in read(ballot, user)
    assert send(ballot, user, seat=seat.pk, choice="for").status_code == 403


def test_a_seat_given_after_the_opening_has_no_vote(council: Council, ballot: Ballot) -> None:
    late = make_seat(council)
    user = seat_person(late)
    assert 'type="radio"' not in read(ballot, user)
    assert send(ballot, user, seat=late.pk, choice="for").status_code == 403


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
    assert "Alle kan se, at I har stemt, men ingen i huset, hvad." in page
    assert "Stemmer alle det samme, kan alle se, hvad hver især har stemt." in page
    assert "Stemmen kan ikke ændres, når den er afgivet." in page
    assert "I kan ændre stemmen" not in page


def test_only_the_named_person_casts_and_hands_over_before_that(secret_ballot: Ballot) -> None:
    seat, representative = seats_of(secret_ballot)[1]
    deputy = seat_person(seat, part=HolderRole.DEPUTY)
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
    actions.give_proxy(ballot=ballot, giver=giver, holder=holder, by=council_member(giving, ballot.council))
    vote(ballot, holders[1], Choice.AGAINST)
    page = read(ballot, holding)
    assert f"{giver.name} har selv stemt. Den stemme gælder frem for fuldmagten." in page
    assert f"{giver.name}</b> har stemt" not in page


def test_one_proxy_more_than_allowed_is_refused_at_its_field(holders: list[Holder], ballot: Ballot) -> None:
    holder = holders[0][0]
    for giver, giving in holders[1:3]:
        assert send(ballot, giving, "fuldmagt/", own=giver.pk, seat=holder.pk).status_code == 302
    giver, giving = holders[3]
    page = main(send(ballot, giving, "fuldmagt/", own=giver.pk, seat=holder.pk), 422)
    assert "Den plads har allerede så mange fuldmagter" in page


def test_where_proxies_are_not_allowed_there_is_no_form(house: Center) -> None:
    council = make_council(house)
    holders = fill_seats(council, 3)
    ballot = open_ballot(council, holders[0])
    assert "fuldmagt/" not in read(ballot, holders[1][1])
    assert browser(holders[1][1]).get(path(ballot, "fuldmagt/")).status_code == 403
