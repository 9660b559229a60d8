"""The three ways: who may take them, what they lead to, and who is told."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from actors.access import Access
from actors.models import Actor, User
from bookings import actions as rooms, errors as room_errors
from bookings.models import Booking, Occupancy
from centers.models import Center
from collaboration.clashes import actions, errors
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import Clash
from collaboration.models import Neighbour
from medborger.common import audit
from medborger.common.errors import NotAllowed, Stale
from medborger.common.models import Message
from tests.collaboration.clashes.events import Town
from tests.factories import ActorFactory, slot

pytestmark = pytest.mark.django_db


def ask(
    town: Town, clash: Clash, *, side: Booking | None = None, kept: Booking | None = None, by: Access | None = None
) -> Clash:
    side = side or clash.second
    return actions.ask_together(
        clash=clash,
        side=side,
        kept=kept or clash.first,
        message="Skal vi slå det sammen?",
        version=clash.version,
        by=by or town.by(side),
    )


def letters_to(user: User) -> list[str]:
    """The subjects of what the person was told of clashes."""
    told = Message.objects.filter(user=user, dedupe_key__startswith="clash:").order_by("pk")
    return list(told.values_list("subject", flat=True))


def parties(event: Booking) -> list[tuple[int, str]]:
    return list(event.parties.order_by("pk").values_list("actor", "part"))


# --- making it together ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keeps_theirs", [True, False])
def test_a_yes_makes_one_event_of_two_actors_and_frees_the_others_room(
    town: Town, clash: Clash, keeps_theirs: bool
) -> None:
    kept, given_up = (clash.first, clash.second) if keeps_theirs else (clash.second, clash.first)
    asked = ask(town, clash, kept=kept)
    actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))
    given_up.refresh_from_db()
    assert given_up.state == "cancelled"
    assert not Occupancy.objects.filter(booking=given_up).exists()
    assert parties(kept) == [(town.holder(kept).pk, "holder"), (town.holder(given_up).pk, "partner")]
    done = Clash.objects.get()
    assert (done.state, done.kept_id, done.side_id) == (ClashState.MERGED, kept.pk, clash.first_id)
    assert [act.verb for act in audit.history(done)] == ["clash.asked", "clash.merged"]


def test_who_reads_english_is_told_all_of_it_in_english(town: Town, clash: Clash) -> None:
    reader = town.contact_of(town.holder(clash.first))
    User.objects.filter(pk=reader.pk).update(language="en")
    ask(town, clash)
    question = Message.objects.get(user=reader, dedupe_key__startswith="clash:")
    assert (question.language, question.link_label) == ("en", "See it and answer")


def test_both_actors_are_told_with_the_event_for_their_calendar(town: Town, clash: Clash) -> None:
    asked = ask(town, clash)
    first, second = (town.contact_of(town.holder(event)) for event in clash.events)
    assert letters_to(first) == [f"{town.holder(clash.second).name} spørger: Skal vi lave det sammen?"]
    assert letters_to(second) == []
    question = Message.objects.get(user=first, dedupe_key__startswith="clash:")
    assert question.link == f"http://localhost:8000/foreningernes-hus/sammenfald/{clash.pk}/"
    assert "Skal vi slå det sammen?" in question.text
    actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))
    assert letters_to(first)[1:] == letters_to(second) == ["I laver det sammen: Sangaften"]
    told = Message.objects.filter(subject="I laver det sammen: Sangaften")
    assert all("SUMMARY:Sangaften" in letter.calendar for letter in told)
    withdrawn = Message.objects.get(user=second, subject__startswith="Aflyst:")
    assert "fordi I laver det sammen" in withdrawn.text
    assert "fortrydes" not in withdrawn.text


def test_the_partners_of_the_one_that_is_given_up_come_along(town: Town, association: Actor) -> None:
    town.event()
    town.event(partner=association)
    clash = Clash.objects.with_events().get()
    asked = ask(town, clash)
    actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))
    assert (association.pk, "partner") in parties(clash.first)


def test_other_clashes_of_the_two_are_settled_with_it(town: Town, clash: Clash) -> None:
    third = town.event()
    asked = ask(town, clash)
    actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))
    of_third = Clash.objects.of_event(third).order_by("first")
    assert list(of_third.values_list("state", flat=True)) == [ClashState.OPEN, ClashState.GONE]


def test_what_was_given_up_is_not_booked_again_by_an_undo(town: Town, clash: Clash) -> None:
    asked = ask(town, clash)
    actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))
    clash.second.refresh_from_db()
    with pytest.raises(room_errors.NothingToUndo):
        rooms.undo(booking=clash.second, by=town.by(clash.second))


def test_nobody_says_yes_for_an_actor_but_its_own_people(
    town: Town, clash: Clash, staff: User, manager: User, admin: User
) -> None:
    asked = ask(town, clash)
    for user in (staff, manager, admin, town.contact_of(town.holder(clash.second))):
        with pytest.raises(errors.OnlyThemselves):
            actions.accept(clash=asked, version=asked.version, by=Access.of(user))
    assert Clash.objects.get().state == ClashState.ASKED


def test_staff_ask_for_an_actor_that_phones_and_it_is_told(town: Town, clash: Clash, staff: User) -> None:
    ask(town, clash, by=Access.of(staff))
    assert letters_to(town.contact_of(town.holder(clash.second))) == [
        "Huset har spurgt for jer: Skal I lave det sammen?"
    ]


def test_a_yes_to_terms_that_were_changed_meanwhile_is_stale(town: Town, clash: Clash) -> None:
    seen = ask(town, clash)
    actions.reopen(clash=seen, version=seen.version, by=town.by(clash.second))
    again = ask(town, Clash.objects.with_events().get(), kept=clash.second)
    with pytest.raises(Stale):
        actions.accept(clash=seen, version=seen.version, by=town.by(clash.first))
    assert again.state == ClashState.ASKED


def test_an_event_that_has_begun_is_not_given_up(town: Town, clash: Clash) -> None:
    asked = ask(town, clash)
    with time_machine.travel(clash.first.starts_at + timedelta(minutes=1), tick=False), pytest.raises(errors.Begun):
        actions.accept(clash=asked, version=asked.version, by=town.by(clash.first))


def test_a_no_is_told_and_the_question_is_not_put_twice_but_the_other_may_ask(town: Town, clash: Clash) -> None:
    asked = ask(town, clash)
    no = actions.decline(clash=asked, reason="Vi har en gæst.", version=asked.version, by=town.by(clash.first))
    assert (no.state, no.declined_id, no.answer) == (ClashState.OPEN, clash.second_id, "Vi har en gæst.")
    assert letters_to(town.contact_of(town.holder(clash.second))) == ["De har svaret nej til at lave det sammen"]
    with pytest.raises(errors.ToldNo):
        ask(town, no)
    assert ask(town, no, side=no.first).state == ClashState.ASKED


def test_a_move_instead_of_an_answer_is_told_to_who_asked(town: Town, clash: Clash) -> None:
    ask(town, clash)
    event = clash.first
    rooms.move(booking=event, slot=slot(event.room, 600, 720), version=None, by=town.by(event))
    assert letters_to(town.contact_of(town.holder(clash.second))) == [
        "De to arrangementer er ikke længere på samme tid"
    ]
    assert (Clash.objects.get().state, Clash.objects.get().kept) == (ClashState.MOVED, None)


# --- letting both stand, and taking it up again ---------------------------------------------------------------------


def test_both_stand_until_it_is_taken_up_again_by_either(town: Town, clash: Clash) -> None:
    left = actions.leave_it(clash=clash, side=clash.second, version=1, by=town.by(clash.second))
    assert list(Clash.objects.left_open()) == [clash]
    again = actions.reopen(clash=left, version=left.version, by=town.by(clash.first))
    assert (again.state, again.side) == (ClashState.OPEN, None)
    assert [act.verb for act in audit.history(again)] == ["clash.left", "clash.reopened"]


def test_who_let_it_stand_can_still_be_asked(town: Town, clash: Clash) -> None:
    left = actions.leave_it(clash=clash, side=clash.second, version=1, by=town.by(clash.second))
    assert ask(town, left, side=clash.first).state == ClashState.ASKED


def test_only_who_asked_takes_the_question_back(town: Town, clash: Clash) -> None:
    asked = ask(town, clash)
    with pytest.raises(NotAllowed):
        actions.reopen(clash=asked, version=asked.version, by=town.by(clash.first))
    assert actions.reopen(clash=asked, version=asked.version, by=town.by(clash.second)).state == ClashState.OPEN


def test_what_is_settled_takes_no_other_way(town: Town, clash: Clash) -> None:
    left = actions.leave_it(clash=clash, side=clash.second, version=1, by=town.by(clash.second))
    by = town.by(clash.second)
    for act, more in (
        (actions.leave_it, {"side": clash.second}),
        (actions.accept, {}),
        (actions.decline, {"reason": ""}),
    ):
        verb: Any = act
        with pytest.raises(errors.Settled):
            verb(clash=left, version=left.version, by=by, **more)
    with pytest.raises(errors.Settled):
        actions.reopen(clash=actions.reopen(clash=left, version=left.version, by=by), version=3, by=by)


# --- who acts for which side ----------------------------------------------------------------------------------------


def test_a_stranger_and_a_partner_act_for_no_side(town: Town, association: Actor, member: User) -> None:
    town.event(partner=association)
    town.event()
    clash = Clash.objects.with_events().get()
    for event in clash.events:
        with pytest.raises(NotAllowed):
            actions.leave_it(clash=clash, side=event, version=1, by=Access.of(member))
        with pytest.raises(NotAllowed):
            ask(town, clash, side=event, by=Access.of(member))


def test_nobody_acts_for_an_event_that_is_not_in_it(town: Town, clash: Clash) -> None:
    elsewhere = town.event(start=600, end=660)
    with pytest.raises(NotAllowed):
        actions.leave_it(clash=clash, side=elsewhere, version=1, by=town.by(elsewhere))


def test_what_remains_is_one_of_the_two(town: Town, clash: Clash) -> None:
    with pytest.raises(errors.KeptElsewhere):
        ask(town, clash, kept=town.event(start=600, end=660))
    clash.refresh_from_db()
    assert (clash.state, clash.kept) == (ClashState.OPEN, None)


def test_staff_act_for_the_events_of_their_own_house_only(
    town: Town, other_house: Center, neighbours: Neighbour, staff: User
) -> None:
    here, there = town.event(), town.event(center=other_house)
    clash = Clash.objects.with_events().get()
    with pytest.raises(NotAllowed):
        actions.leave_it(clash=clash, side=there, version=1, by=Access.of(staff))
    assert actions.leave_it(clash=clash, side=here, version=1, by=Access.of(staff)).state == ClashState.LEFT


def test_one_is_made_of_events_in_two_houses(town: Town, other_house: Center, neighbours: Neighbour) -> None:
    hidden = ActorFactory.create(house=other_house, shown_publicly=False, name="Kvindegruppen")
    here, there = town.event(), town.event(hidden, center=other_house)
    asked = ask(town, Clash.objects.with_events().get(), side=here, kept=there)
    question = Message.objects.get(user=town.contact_of(hidden), dedupe_key__startswith="clash:")
    assert question.link.endswith(f"/kvarterhuset/sammenfald/{asked.pk}/")
    actions.accept(clash=asked, version=asked.version, by=town.by(there))
    here.refresh_from_db()
    assert here.state == "cancelled"
    assert parties(there) == [(hidden.pk, "holder"), (town.holder(here).pk, "partner")]


def test_who_is_told_no_by_a_hidden_actor_of_another_house_does_not_learn_its_name(
    town: Town, other_house: Center, neighbours: Neighbour
) -> None:
    hidden = ActorFactory.create(house=other_house, shown_publicly=False, name="Kvindegruppen")
    here, there = town.event(), town.event(hidden, center=other_house, title="Te og snak")
    asked = ask(town, Clash.objects.with_events().get(), side=here, kept=there)
    actions.decline(clash=asked, reason="", version=asked.version, by=town.by(there))
    told = Message.objects.filter(user=town.contact_of(town.holder(here)))
    assert told.filter(subject="De har svaret nej til at lave det sammen").exists()
    assert not any("Kvindegruppen" in letter.text + letter.subject for letter in told)


def test_who_is_asked_for_a_hidden_actor_of_another_house_learns_its_name_by_a_yes(
    town: Town, other_house: Center, neighbours: Neighbour, other_manager: User
) -> None:
    """The page does not name it either; who works for its house could else ask its name out of it."""
    hidden = ActorFactory.create(house=other_house, shown_publicly=False, name="Kvindegruppen")
    here, there = town.event(), town.event(hidden, center=other_house, title="Te og snak")
    clash = Clash.objects.with_events().get()
    by = Access.of(other_manager)
    asked = actions.ask_together(clash=clash, side=there, kept=here, message="", version=clash.version, by=by)
    question = Message.objects.get(user=town.contact_of(town.holder(here)), dedupe_key__startswith="clash:")
    assert question.subject == "En aktør i Kvarterhuset spørger: Skal vi lave det sammen?"
    assert "Kvindegruppen" not in question.text
    actions.accept(clash=asked, version=asked.version, by=town.by(here))
    assert Message.objects.filter(text__contains="Kvindegruppen laver det sammen").exists()


# --- what the database holds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("clash_in_one_order", lambda clash, other: {"first": clash.second, "second": clash.first}),
        ("clash_side_is_one_of_them", lambda clash, other: {"state": "left", "side": other}),
        ("clash_declined_is_one_of_them", lambda clash, other: {"declined": other}),
        ("clash_kept_is_one_of_them", lambda clash, other: {"state": "asked", "side": clash.first, "kept": other}),
        ("clash_done_by_a_side", lambda clash, other: {"state": "left"}),
        ("clash_keeps_one_when_made_one", lambda clash, other: {"state": "merged", "side": clash.first}),
    ],
)
def test_the_database_refuses_a_clash_that_contradicts_itself(
    town: Town, clash: Clash, constraint: str, wrong: Any
) -> None:
    other = town.event(start=600, end=660)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Clash.objects.filter(pk=clash.pk).update(**wrong(clash, other))


@pytest.mark.parametrize(
    ("key", "constraint"), [("center", "clash_second_in_house"), ("first_center", "clash_first_in_house")]
)
def test_the_database_holds_the_houses_to_the_events(
    clash: Clash, other_house: Center, key: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Clash.objects.filter(pk=clash.pk).update(**{key: other_house})
