"""What its actors and staff do with a collaboration that is in the log."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from actors.models import Actor, User
from centers.models import Center
from collaboration import actions, errors, tasks
from collaboration.enums import CollaborationKind, CollaborationState
from collaboration.models import Collaboration
from medborger.common import clock
from medborger.common.errors import EndsBeforeStart, Stale
from medborger.common.models import Audit, Message
from tests.collaboration.factories import days_ago, entered, entry, proposed
from tests.fixtures import access


def forms_of(collaboration: Collaboration) -> list[tuple[str, date]]:
    collaboration.refresh_from_db()
    return [(taken.form, taken.since) for taken in collaboration.forms.all()]


# --- a proposal -----------------------------------------------------------------------------------------------------


@pytest.fixture
def proposal(house: Center, association: Actor, singers: Actor) -> Collaboration:
    return proposed(house, association, singers)


def test_one_of_its_people_confirms_a_proposal_and_from_then_on_it_counts(
    proposal: Collaboration, singer: User
) -> None:
    assert not Collaboration.objects.confirmed().exists()
    made = actions.confirm(collaboration=proposal, by=access(singer))
    assert (made.state, made.confirmed_by_id, made.by_house) == (CollaborationState.GOING, singer.pk, False)
    assert list(Collaboration.objects.confirmed()) == [made]


def test_staff_confirm_and_it_says_so(proposal: Collaboration, staff: User) -> None:
    assert actions.confirm(collaboration=proposal, by=access(staff)).by_house


def test_a_proposal_is_confirmed_with_changes(
    proposal: Collaboration, association: Actor, singers: Actor, players: Actor, player: User, singer: User
) -> None:
    said = entry(association, singers, players, title="Lysfest", form=CollaborationKind.CO_CREATE, since=days_ago(30))
    made = actions.confirm(collaboration=proposal, changes=said, version=1, by=access(singer))
    assert (made.title, made.parties.count(), made.state) == ("Lysfest", 3, CollaborationState.GOING)
    assert forms_of(made) == [(CollaborationKind.CO_CREATE, days_ago(30))]
    assert [letter.user for letter in Message.objects.all()] == [player]


def test_a_proposal_is_answered_once(proposal: Collaboration, singer: User, contact: User) -> None:
    actions.dismiss(collaboration=proposal, by=access(singer))
    for act in (actions.confirm, actions.dismiss):
        with pytest.raises(errors.NotProposed):
            act(collaboration=proposal, by=access(contact))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.confirmed_at) == (CollaborationState.DISMISSED, None)


def test_nobody_answers_for_another_actor(proposal: Collaboration, player: User, outsider: User) -> None:
    for user in (player, outsider):
        for act in (actions.confirm, actions.dismiss):
            with pytest.raises(errors.NotYours):
                act(collaboration=proposal, by=access(user))


# --- changing it ----------------------------------------------------------------------------------------------------


def test_it_is_changed_and_whoever_comes_in_is_told(
    singing: Collaboration, association: Actor, singers: Actor, players: Actor, player: User, singer: User
) -> None:
    Message.objects.all().delete()
    said = entry(association, singers, players, title="Sang og skak", learned="Skak er stille")
    changed = actions.change(collaboration=singing, entry=said, version=1, by=access(singer))
    assert (changed.title, changed.version, changed.learned) == ("Sang og skak", 2, "Skak er stille")
    assert [letter.user for letter in Message.objects.all()] == [player]


def test_who_writes_on_an_old_page_is_shown_the_new_one(
    singing: Collaboration, association: Actor, singers: Actor, singer: User, contact: User
) -> None:
    said = entry(association, singers, title="Kor")
    actions.change(collaboration=singing, entry=said, version=1, by=access(singer))
    with pytest.raises(Stale) as stale:
        actions.change(collaboration=singing, entry=said, version=1, by=access(contact))
    assert stale.value.current.title == "Kor"


def test_nobody_is_taken_out_by_others(
    singing: Collaboration, association: Actor, players: Actor, contact: User
) -> None:
    with pytest.raises(errors.ActorsStepOutThemselves):
        actions.change(collaboration=singing, entry=entry(association, players), version=1, by=access(contact))


def test_it_is_not_changed_into_one_that_stands(
    house: Center, singing: Collaboration, association: Actor, singers: Actor, contact: User
) -> None:
    other = entered(house, contact, association, singers, title="Kor")
    with pytest.raises(errors.AlreadyEntered) as refused:
        actions.change(collaboration=other, entry=entry(association, singers), version=1, by=access(contact))
    assert refused.value.entered == singing


def test_another_first_day_moves_the_first_form_along(
    singing: Collaboration, association: Actor, singers: Actor, contact: User
) -> None:
    by = access(contact)
    actions.change_form(collaboration=singing, form=CollaborationKind.CO_CREATE, since=days_ago(50), by=by)
    move = partial(actions.change, collaboration=singing, by=by)
    move(entry=entry(association, singers, since=days_ago(120)), version=2)
    assert forms_of(singing) == [
        (CollaborationKind.COORDINATE, days_ago(120)),
        (CollaborationKind.CO_CREATE, days_ago(50)),
    ]
    move(entry=entry(association, singers, since=days_ago(20)), version=3)
    assert forms_of(singing) == [(CollaborationKind.CO_CREATE, days_ago(20))]


# --- its form -------------------------------------------------------------------------------------------------------


def test_its_form_changes_and_its_history_stays(singing: Collaboration, singer: User) -> None:
    by = access(singer)
    actions.change_form(collaboration=singing, form=CollaborationKind.CO_CREATE, since=days_ago(10), by=by)
    actions.change_form(collaboration=singing, form=CollaborationKind.SHARE_KNOWLEDGE, since=days_ago(40), by=by)
    assert forms_of(singing) == [
        (CollaborationKind.COORDINATE, days_ago(100)),
        (CollaborationKind.SHARE_KNOWLEDGE, days_ago(40)),
        (CollaborationKind.CO_CREATE, days_ago(10)),
    ]
    assert singing.form == CollaborationKind.CO_CREATE


def test_a_form_of_the_same_day_gives_way(singing: Collaboration, singer: User) -> None:
    for form in (CollaborationKind.CO_CREATE, CollaborationKind.ALIGN):
        actions.change_form(collaboration=singing, form=form, since=days_ago(10), by=access(singer))
    assert forms_of(singing)[-1] == (CollaborationKind.ALIGN, days_ago(10))
    assert singing.form == CollaborationKind.ALIGN


@pytest.mark.parametrize(
    ("form", "since", "error"),
    [
        (CollaborationKind.ALIGN, days_ago(101), errors.FormOutsidePeriod),
        (CollaborationKind.ALIGN, days_ago(-1), errors.FormOutsidePeriod),
        ("marriage", days_ago(1), errors.UnknownForm),
    ],
)
def test_a_form_outside_the_period_or_unknown_is_refused(
    singing: Collaboration, singer: User, form: Any, since: date, error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.change_form(collaboration=singing, form=form, since=since, by=access(singer))


# --- its end --------------------------------------------------------------------------------------------------------


def test_it_ends_with_what_was_learned_and_goes_on_again(singing: Collaboration, singer: User) -> None:
    by = access(singer)
    ended = actions.end(collaboration=singing, on=days_ago(2), learned="Øv hver uge", by=by)
    assert (ended.state, ended.until, ended.learned) == (CollaborationState.ENDED, days_ago(2), "Øv hver uge")
    with pytest.raises(errors.NotGoing):
        actions.end(collaboration=singing, on=days_ago(2), learned="", by=by)
    again = actions.reopen(collaboration=singing, by=by)
    assert (again.state, again.until, again.learned) == (CollaborationState.GOING, None, "Øv hver uge")
    with pytest.raises(errors.NotEnded):
        actions.reopen(collaboration=singing, by=by)


def test_it_ends_neither_before_it_began_nor_tomorrow(singing: Collaboration, singer: User) -> None:
    for day, error in ((days_ago(101), EndsBeforeStart), (days_ago(-1), errors.NotOverYet)):
        with pytest.raises(error):
            actions.end(collaboration=singing, on=day, learned="", by=access(singer))


def test_it_is_not_taken_up_again_beside_one_that_has_taken_its_place(
    house: Center, singing: Collaboration, association: Actor, singers: Actor, contact: User
) -> None:
    actions.end(collaboration=singing, on=days_ago(2), learned="", by=access(contact))
    later = entered(house, contact, association, singers, since=days_ago(1))
    with pytest.raises(errors.AlreadyEntered) as refused:
        actions.reopen(collaboration=singing, by=access(contact))
    assert refused.value.entered == later


def test_one_whose_last_day_was_written_beforehand_ends_by_the_clock(
    house: Center, association: Actor, singers: Actor, contact: User
) -> None:
    made = entered(house, contact, association, singers, until=clock.today())
    assert tasks.end_due() == 0
    Collaboration.objects.filter(pk=made.pk).update(until=days_ago(1))
    assert [tasks.end_due(), tasks.end_due()] == [1, 0]
    made.refresh_from_db()
    assert made.state == CollaborationState.ENDED
    assert Audit.objects.filter(verb="collaboration.ended", person=None).count() == 1


# --- stepping out ---------------------------------------------------------------------------------------------------


def test_who_steps_out_of_three_leaves_two(
    house: Center, association: Actor, singers: Actor, players: Actor, contact: User, player: User
) -> None:
    made = entered(
        house,
        contact,
        association,
        singers,
        players,
        next_step="Ring",
        next_step_owner=players,
        next_step_on=days_ago(-3),
    )
    left = actions.leave(collaboration=made, actor=players, by=access(player))
    assert {party.actor for party in left.parties.all()} == {association, singers}
    assert (left.state, left.next_step, left.next_step_owner) == (CollaborationState.GOING, "", None)
    with pytest.raises(errors.NotAParty):
        actions.leave(collaboration=made, actor=players, by=access(player))


def test_when_one_would_be_left_alone_the_entry_is_dismissed(
    singing: Collaboration, singers: Actor, singer: User
) -> None:
    left = actions.leave(collaboration=singing, actor=singers, by=access(singer))
    assert (left.state, left.confirmed_at, left.parties.count()) == (CollaborationState.DISMISSED, None, 2)


def test_nobody_steps_out_for_another(singing: Collaboration, singers: Actor, contact: User, staff: User) -> None:
    with pytest.raises(errors.NotYours):
        actions.leave(collaboration=singing, actor=singers, by=access(contact))
    assert actions.leave(collaboration=singing, actor=singers, by=access(staff)).state == CollaborationState.DISMISSED


def test_strangers_do_nothing_to_it(singing: Collaboration, association: Actor, singers: Actor, player: User) -> None:
    by = access(player)
    acts: list[Callable[..., object]] = [
        partial(actions.change, entry=entry(association, singers), version=1),
        partial(actions.change_form, form=CollaborationKind.ALIGN, since=days_ago(1)),
        partial(actions.end, on=days_ago(1), learned=""),
        actions.reopen,
        partial(actions.leave, actor=singers),
    ]
    for act in acts:
        with pytest.raises(errors.NotYours):
            act(collaboration=singing, by=by)
