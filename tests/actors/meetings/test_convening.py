"""Inviting, telling whose time has moved, cancelling: who gets which letter, and what their calendar makes of it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from actors.erasure import erase
from actors.meetings import actions, errors
from actors.meetings.enums import Answer, Direction, MeetingState
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.errors import AlreadyDone, EndsBeforeStart, NotAllowed, Stale
from medborger.common.models import Audit, Message
from tests.actors.meetings.factories import at, draft, frame, item
from tests.actors.meetings.meeting_bodies import KEY
from tests.factories import MembershipFactory, RoomFactory, UserFactory
from tests.fixtures import access


def letters_to(user: User) -> list[Message]:
    return list(Message.objects.filter(user=user).order_by("pk"))


def entries(letter: Message) -> list[tuple[str, int, str, Any, Any]]:
    calendar: Any = Calendar.from_ical(letter.calendar)
    return [
        (str(e["UID"]).split("@")[0], int(e["SEQUENCE"]), str(e["STATUS"]), e["DTSTART"].dt, e["DTEND"].dt)
        for e in calendar.walk("VEVENT")
    ]


def told(user: User) -> int:
    return Message.objects.filter(user=user).count()


def settle() -> int:
    """The agenda has lain still."""
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        return actions.tell_settled()


# --- convening ------------------------------------------------------------------------------------------------------


def test_each_is_invited_to_just_when_they_are_needed(invited: Meeting, contact: User, singer: User) -> None:
    [to_dancer], [to_singer] = letters_to(contact), letters_to(singer)
    assert to_dancer.text.startswith("I skal bruges kl. 9.00–9.40.")
    assert to_singer.text.startswith("I skal bruges kl. 9.00–9.20 og 9.40–10.10.")
    assert "Nye gulve" in to_dancer.text
    assert "Nye noder" not in to_dancer.text
    assert entries(to_dancer) == [(f"meeting-{invited.pk}", 1, "CONFIRMED", at(540), at(580))]
    assert entries(to_singer) == [
        (f"meeting-{invited.pk}", 1, "CONFIRMED", at(540), at(560)),
        (f"meeting-{invited.pk}-2", 1, "CONFIRMED", at(580), at(610)),
    ]


def test_who_has_only_a_phone_reads_their_time_in_one_sms(meeting: Meeting, staff: User, association: Actor) -> None:
    phoning = UserFactory.create(contact_of=association, email=None, phone="+4520000001")
    actions.convene(meeting=meeting, by=access(staff))
    [sms] = letters_to(phoning)
    assert "I skal bruges kl. 9.00-9.40." in sms.text
    assert len(f"{sms.text} {sms.link}") <= 160


def test_each_reads_it_in_their_own_language(meeting: Meeting, staff: User, contact: User) -> None:
    contact.language = "en"
    contact.save()
    actions.convene(meeting=meeting, by=access(staff))
    assert [letter.language for letter in letters_to(contact)] == ["en"]


def test_who_comes_for_two_actors_is_invited_once_to_the_times_of_both(
    meeting: Meeting, staff: User, contact: User, singers: Actor
) -> None:
    MembershipFactory.create(user=contact, actor=singers, role="contact")
    actions.convene(meeting=meeting, by=access(staff))
    [letter] = letters_to(contact)
    assert letter.text.startswith("I skal bruges i hele mødet, kl. 9.00–11.00.")


def test_who_is_not_needed_is_a_participant_and_gets_no_letter(
    house: Center, staff: User, contact: User, singer: User, singers: Actor
) -> None:
    meeting = draft(house, staff)
    item(meeting, staff, "Nye noder", 30, singers)
    actions.convene(meeting=meeting, by=access(staff))
    assert meeting.participants.count() == 2
    assert (told(contact), told(singer)) == (0, 1)


def test_convening_again_invites_only_those_who_have_come_since(
    invited: Meeting, staff: User, contact: User, singers: Actor
) -> None:
    late = UserFactory.create(contact_of=singers)
    actions.convene(meeting=invited, by=access(staff))
    assert (told(contact), told(late)) == (1, 1)


def test_inviting_costs_the_same_however_many_are_invited(
    house: Center, staff: User, contact: User, singers: Actor
) -> None:
    counts = []
    for _ in range(2):
        meeting = draft(house, staff)
        item(meeting, staff, "Nye noder", 30, singers)
        item(meeting, staff, "Eventuelt", 10)
        with CaptureQueriesContext(connection) as statements:
            actions.convene(meeting=meeting, by=access(staff))
        counts.append(len(statements))
        UserFactory.create_batch(20, contact_of=singers)
    assert counts[0] == counts[-1]


def test_a_meeting_without_agenda_or_people_is_not_convened(house: Center, staff: User) -> None:
    meeting = draft(house, staff)
    with pytest.raises(errors.NothingOnAgenda):
        actions.convene(meeting=meeting, by=access(staff))
    item(meeting, staff, "Siden sidst", 10)
    with pytest.raises(errors.NobodyToInvite):
        actions.convene(meeting=meeting, by=access(staff))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_a_meeting_that_has_begun_is_neither_convened_nor_cancelled(meeting: Meeting, staff: User) -> None:
    with time_machine.travel(at(541), tick=False):
        for act in (actions.convene, actions.cancel):
            with pytest.raises(errors.MeetingOver):
                act(meeting=meeting, by=access(staff))


def test_who_cannot_be_reached_is_not_invited(meeting: Meeting, staff: User, contact: User, singer: User) -> None:
    erase(user=contact, by=None)
    actions.convene(meeting=meeting, by=access(staff))
    assert [place.user for place in meeting.participants.all()] == [singer]


def test_only_who_may_convene_makes_changes_convenes_and_cancels(
    house: Center, meeting: Meeting, contact: User
) -> None:
    by = access(contact)
    acts: list[Any] = [
        lambda: actions.create(center=house, body=KEY, data=frame(), by=by),
        lambda: actions.change(meeting=meeting, data=frame(), version=1, by=by),
        lambda: actions.convene(meeting=meeting, by=by),
        lambda: actions.tell(meeting=meeting, by=by),
        lambda: actions.cancel(meeting=meeting, by=by),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Meeting.objects.get().state == MeetingState.DRAFT


# --- times that move ------------------------------------------------------------------------------------------------


def test_moving_an_item_tells_only_those_whose_time_has_moved(
    invited: Meeting, items: list[AgendaItem], staff: User, contact: User, singer: User
) -> None:
    actions.move(item=items[2], direction=Direction.UP, by=access(staff))
    assert settle() == 2
    actions.change_item(
        item=items[2],
        data=actions.ItemData("Nye noder", minutes_needed=40, audience=tuple(items[2].audience.all())),
        version=1,
        by=access(staff),
    )
    assert settle() == 2
    item(invited, staff, "Kun koret", 15, *items[2].audience.all())
    assert settle() == 1
    assert (told(contact), told(singer)) == (3, 4)
    last = letters_to(singer)[-1]
    assert last.subject.startswith("Ny tid: ")
    assert "I skal bruges kl. 9.00–10.00 og 10.20–10.35." in last.text
    assert "Før var det kl. 9.00–10.00." in last.text


def test_an_item_moved_back_before_the_agenda_lay_still_tells_nobody(
    invited: Meeting, items: list[AgendaItem], staff: User, contact: User, singer: User
) -> None:
    for direction in (Direction.UP, Direction.DOWN):
        actions.move(item=items[2], direction=direction, by=access(staff))
    assert settle() == 0
    assert (told(contact), told(singer)) == (1, 1)


def test_several_moves_in_a_row_are_one_letter(
    invited: Meeting, items: list[AgendaItem], staff: User, singer: User
) -> None:
    for _ in range(2):
        actions.move(item=items[2], direction=Direction.UP, by=access(staff))
    assert actions.tell_settled() == 0
    settle()
    assert told(singer) == 2
    assert entries(letters_to(singer)[-1]) == [
        (f"meeting-{invited.pk}", 2, "CONFIRMED", at(540), at(590)),
        (f"meeting-{invited.pk}-2", 2, "CANCELLED", at(580), at(610)),
    ]


def test_whoever_makes_the_agenda_can_tell_at_once(
    invited: Meeting, items: list[AgendaItem], staff: User, singer: User
) -> None:
    actions.move(item=items[2], direction=Direction.UP, by=access(staff))
    assert actions.tell(meeting=invited, by=access(staff)) == 2
    assert settle() == 0
    assert told(singer) == 2


def test_who_is_no_longer_needed_and_who_is_now_are_told(
    invited: Meeting, items: list[AgendaItem], staff: User, contact: User, singer: User
) -> None:
    actions.remove(item=items[1], by=access(staff))
    actions.change_item(
        item=items[0],
        data=actions.ItemData("Siden sidst", audience=tuple(items[2].audience.all())),
        version=1,
        by=access(staff),
    )
    settle()
    last = letters_to(contact)[-1]
    assert last.subject.startswith("I skal ikke bruges alligevel: ")
    assert [(status, sequence) for _, sequence, status, _, _ in entries(last)] == [("CANCELLED", 2)]
    item(invited, staff, "Eventuelt", 5)
    settle()
    assert letters_to(contact)[-1].subject.startswith("Indkaldelse: ")


def test_the_agenda_of_a_draft_is_put_in_order_in_peace(items: list[AgendaItem], staff: User) -> None:
    actions.move(item=items[2], direction=Direction.UP, by=access(staff))
    assert settle() == 0
    assert not Message.objects.exists()


def test_another_time_tells_all_at_once_and_asks_them_anew(
    invited: Meeting, staff: User, contact: User, singer: User
) -> None:
    actions.answer(meeting=invited, answer=Answer.YES, by=access(contact))
    later = frame(starts_at=at(600), ends_at=at(720))
    actions.change(meeting=invited, data=later, version=1, by=access(staff))
    assert [place.answer for place in invited.participants.all()] == [Answer.NONE, Answer.NONE]
    last = letters_to(contact)[-1]
    assert last.subject.startswith("Ændret: ")
    assert "I skal bruges kl. 10.00–10.40." in last.text
    assert told(singer) == 2


def test_another_room_tells_all_and_keeps_their_answers(
    invited: Meeting, house: Center, staff: User, contact: User
) -> None:
    actions.answer(meeting=invited, answer=Answer.YES, by=access(contact))
    room = RoomFactory.create(center=house, name="Caféen")
    actions.change(meeting=invited, data=frame(room=room), version=1, by=access(staff))
    assert invited.participants.get(user=contact).answer == Answer.YES
    assert "Caféen" in letters_to(contact)[-1].text


def test_saying_the_same_again_tells_nobody(invited: Meeting, staff: User, contact: User) -> None:
    actions.change(meeting=invited, data=frame(), version=1, by=access(staff))
    assert told(contact) == 1


def test_who_changes_the_time_on_an_old_version_is_told(invited: Meeting, staff: User) -> None:
    actions.change(meeting=invited, data=frame(title="Nyt navn"), version=1, by=access(staff))
    with pytest.raises(Stale):
        actions.change(meeting=invited, data=frame(title="Ældre navn"), version=1, by=access(staff))


# --- the frame ------------------------------------------------------------------------------------------------------


def test_a_time_that_cannot_be_is_refused(house: Center, other_house: Center, staff: User) -> None:
    refused: list[tuple[type[Exception], dict[str, Any]]] = [
        (EndsBeforeStart, {"ends_at": at(540)}),
        (errors.TooLong, {"ends_at": at(540 + 721)}),
        (errors.InThePast, {"starts_at": clock.now() - timedelta(hours=1)}),
        (errors.RoomElsewhere, {"room": RoomFactory.create(center=other_house)}),
    ]
    for error, said in refused[:2] + refused[3:]:
        with pytest.raises(error):
            draft(house, staff, **said)
    with pytest.raises(errors.InThePast):
        draft(house, staff, starts_at=clock.now() - timedelta(hours=1), ends_at=clock.now() + timedelta(hours=1))
    assert not Meeting.objects.exists()


def test_the_same_form_sent_twice_makes_one_meeting(house: Center, staff: User) -> None:
    token = uuid4()
    made = actions.create(center=house, body=KEY, data=frame(), token=token, by=access(staff))
    with pytest.raises(AlreadyDone) as again:
        actions.create(center=house, body=KEY, data=frame(), token=token, by=access(staff))
    assert again.value.outcome == made
    assert Meeting.objects.count() == 1


# --- cancelling -----------------------------------------------------------------------------------------------------


def test_cancelling_tells_all_who_were_invited_and_takes_it_out_of_their_calendars(
    invited: Meeting, staff: User, contact: User, singer: User
) -> None:
    actions.cancel(meeting=invited, by=access(staff))
    last = letters_to(singer)[-1]
    assert last.subject.startswith("Aflyst: ")
    assert Calendar.from_ical(last.calendar)["METHOD"] == "CANCEL"
    assert [(uid, sequence, status) for uid, sequence, status, _, _ in entries(last)] == [
        (f"meeting-{invited.pk}", 2, "CANCELLED"),
        (f"meeting-{invited.pk}-2", 2, "CANCELLED"),
    ]
    assert told(contact) == 2


def test_cancelling_a_draft_tells_nobody(meeting: Meeting, staff: User) -> None:
    actions.cancel(meeting=meeting, by=access(staff))
    assert Meeting.objects.get().state == MeetingState.CANCELLED
    assert not Message.objects.exists()


# --- answering ------------------------------------------------------------------------------------------------------


def test_a_participant_answers_and_thinks_again(invited: Meeting, contact: User) -> None:
    for answer in (Answer.YES, Answer.YES, Answer.NO):
        actions.answer(meeting=invited, answer=answer, by=access(contact))
    assert invited.participants.get(user=contact).answer == Answer.NO
    assert Audit.objects.filter(verb="meeting.answered").count() == 2


def test_only_who_is_invited_answers_and_only_until_it_is_over(invited: Meeting, member: User, contact: User) -> None:
    with pytest.raises(errors.NotInvited):
        actions.answer(meeting=invited, answer=Answer.YES, by=access(member))
    with time_machine.travel(at(661), tick=False), pytest.raises(errors.MeetingOver):
        actions.answer(meeting=invited, answer=Answer.YES, by=access(contact))


def test_a_room_names_the_place_in_the_calendar(house: Center, room: Room, staff: User, contact: User) -> None:
    meeting = draft(house, staff, room=room, place="ved scenen")
    item(meeting, staff, "Siden sidst", 20)
    actions.convene(meeting=meeting, by=access(staff))
    [event] = Calendar.from_ical(letters_to(contact)[0].calendar).walk("VEVENT")
    assert str(event["LOCATION"]).startswith("Salen, ved scenen, Foreningernes Hus")
