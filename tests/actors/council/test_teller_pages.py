"""Votes on paper and by a show of hands, on the page where one seat enters them and another confirms."""

import pytest

from actors.council.actions import ballots
from actors.council.enums import Capacity, Choice, Method
from actors.council.models import Ballot, Council, Entitlement, TellerEntry
from actors.enums import Role
from centers.models import Center
from tests.actors.council.ballot_pages import counted, main, path, read, send, vote
from tests.actors.council.factories import Holder, bench, fill_seats, make_council
from tests.actors.council.motions import open_ballot
from tests.factories import CenterRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(house: Center) -> Council:
    return make_council(house)


@pytest.fixture
def holders(council: Council) -> list[Holder]:
    return fill_seats(council, 5)


@pytest.fixture
def ballot(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0])


@pytest.fixture
def hands(council: Council, holders: list[Holder]) -> Ballot:
    return open_ballot(council, holders[0], method=Method.HANDS)


def enter(ballot: Ballot, teller: Holder, votes: dict[int, str]) -> None:
    form = {f"seat-{seat}": choice for seat, choice in votes.items()}
    assert send(ballot, teller[1], "papir/", own=teller[0].pk, **form).status_code == 302


def confirm(ballot: Ballot, second: Holder, *entries: int) -> None:
    sent = send(ballot, second[1], "papir/bekraeft/", own=second[0].pk, entries=entries)
    assert sent.status_code == 302


def test_a_paper_vote_is_entered_confirmed_and_counts(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second = holders[1:4]
    enter(ballot, teller, {voter[0].pk: "against"})
    entry = TellerEntry.objects.get()
    assert counted(ballot, voter[0]) == ""
    line = f"{voter[0].name}: Imod (skrevet ind af {teller[0].name})"
    page = read(ballot, teller[1], "papir/")
    assert f"<li>{line}" in page
    assert "papir/bekraeft/" not in page
    assert line in read(ballot, second[1], "papir/")
    confirm(ballot, second, entry.pk)
    assert counted(ballot, voter[0]) == Choice.AGAINST


def test_a_whole_show_of_hands_is_entered_and_confirmed_at_once(holders: list[Holder], hands: Ballot) -> None:
    mover, teller, second = holders[0], holders[1], holders[2]
    others = [holders[0], holders[3], holders[4]]
    enter(hands, teller, {seat.pk: "for" for seat, _user in others})
    refused = main(send(hands, mover[1], "luk/"), 409)
    assert "Der er stemmer, som mangler at blive bekræftet." in refused
    in_hall = [entry for entry in TellerEntry.objects.all() if entry.seat_id != second[0].pk]
    confirm(hands, second, *[entry.pk for entry in in_hall])
    votes = Entitlement.objects.filter(ballot=hands, counting__isnull=False)
    assert set(votes.values_list("seat", "counting__capacity")) == {(seat.pk, Capacity.HANDS) for seat, _u in others}
    assert send(hands, teller[1], "luk/").status_code == 403
    assert send(hands, mover[1], "luk/").status_code == 302
    assert "3 af 5 foreninger stemte." in read(hands, teller[1])


def test_the_seat_is_told_and_voids_what_is_wrong(holders: list[Holder], ballot: Ballot) -> None:
    voter, teller, second = holders[1:4]
    enter(ballot, teller, {voter[0].pk: "for"})
    entry = TellerEntry.objects.get()
    page = read(ballot, voter[1])
    assert f"En stemme er skrevet ind for jer af {teller[0].name}: <b>For</b>." in page
    assert path(ballot, f"papir/{entry.pk}/annuller/") in page
    assert "skrevet ind for jer" not in read(ballot, second[1])
    confirm(ballot, second, entry.pk)
    assert send(ballot, second[1], f"papir/{entry.pk}/annuller/").status_code == 403
    assert send(ballot, voter[1], f"papir/{entry.pk}/annuller/").status_code == 302
    assert counted(ballot, voter[0]) == ""
    assert "skrevet ind for jer" not in read(ballot, voter[1])


def test_the_page_lists_the_seats_that_have_not_voted(holders: list[Holder], ballot: Ballot) -> None:
    vote(ballot, holders[1])
    enter(ballot, holders[2], {holders[3][0].pk: "for"})
    page = read(ballot, holders[2][1], "papir/")
    listed = [seat for seat, _user in holders if f'name="seat-{seat.pk}"' in page]
    assert listed == [holders[0][0], holders[4][0]]
    found = read(ballot, holders[2][1], f"papir/?plads={holders[4][0].name.lower()}")
    assert [f'name="seat-{seat.pk}"' in found for seat, _user in holders] == [False] * 4 + [True]


def test_nobody_enters_for_the_own_seat(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[1]
    assert send(ballot, user, "papir/", own=seat.pk, **{f"seat-{seat.pk}": "for"}).status_code == 403
    assert TellerEntry.objects.count() == 0


def test_the_teller_does_not_confirm(holders: list[Holder], ballot: Ballot) -> None:
    teller = holders[2]
    enter(ballot, teller, {holders[1][0].pk: "for"})
    entry = TellerEntry.objects.get()
    sent = send(ballot, teller[1], "papir/bekraeft/", own=teller[0].pk, entries=entry.pk)
    assert sent.status_code == 403
    assert counted(ballot, holders[1][0]) == ""


def test_who_has_a_role_in_the_house_is_no_teller(holders: list[Holder], ballot: Ballot) -> None:
    seat, user = holders[2]
    assert read(ballot, user, "papir/")
    CenterRoleFactory.create(center=ballot.council.center, user=user, role=Role.STAFF)
    assert send(ballot, user, "papir/", own=seat.pk, seat=holders[1][0].pk).status_code == 403
    assert "papir/" not in read(ballot, user)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Vælg for, imod eller blank ud for mindst én plads."),
        ({"seat-1": "maybe"}, "Vælg for, imod eller blank."),
        ({"seat-x": "for"}, "Vælg for, imod eller blank."),
        ({"seat-99999999999999999999": "for"}, "Så mange pladser er der ikke."),
    ],
)
def test_what_makes_no_sense_is_refused_on_the_form(
    holders: list[Holder], ballot: Ballot, form: dict[str, str], said: str
) -> None:
    seat, user = holders[1]
    assert said in main(send(ballot, user, "papir/", own=seat.pk, **form), 422)
    assert TellerEntry.objects.count() == 0


def test_a_seat_that_has_voted_meanwhile_is_refused_and_the_rest_stays_chosen(
    holders: list[Holder], ballot: Ballot
) -> None:
    voted, other, teller = holders[1], holders[3], holders[2]
    vote(ballot, voted)
    form = {f"seat-{voted[0].pk}": "for", f"seat-{other[0].pk}": "blank"}
    page = main(send(ballot, teller[1], "papir/", own=teller[0].pk, **form), 409)
    assert "Pladsen har allerede stemt." in page
    assert f'name="seat-{other[0].pk}" value="blank" checked' in page
    assert TellerEntry.objects.count() == 0


def test_an_entry_is_confirmed_once(holders: list[Holder], ballot: Ballot) -> None:
    teller, second = holders[2], holders[3]
    enter(ballot, teller, {holders[1][0].pk: "for"})
    entry = TellerEntry.objects.get()
    confirm(ballot, second, entry.pk)
    again = send(ballot, second[1], "papir/bekraeft/", own=second[0].pk, entries=entry.pk)
    assert "En af stemmerne venter ikke mere." in main(again, 422)


def test_in_a_secret_ballot_nobody_enters_votes(house: Center) -> None:
    council = make_council(house, secret=True)
    holders = fill_seats(council, 5)
    ballot = open_ballot(council, holders[0])
    seat, user = holders[1]
    assert "kan det ikke ske ved håndsoprækning eller på papir" in read(ballot, user, "papir/", 409)
    assert send(ballot, user, "papir/", own=seat.pk, seat=holders[2][0].pk).status_code == 409
    assert "papir/" not in read(ballot, user)


def test_an_entry_is_not_of_another_ballot(council: Council, holders: list[Holder], ballot: Ballot) -> None:
    enter(ballot, holders[2], {holders[1][0].pk: "for"})
    entry = TellerEntry.objects.get()
    other = open_ballot(council, holders[0])
    assert send(other, holders[1][1], f"papir/{entry.pk}/annuller/").status_code == 404
    ballots.void(entry=entry, by=bench(holders[1][1], council))
