"""Single events that meet another of the house's at the same time, for the same people, about the same (S2040-57)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from bookings import actions as bookings
from bookings.enums import Audience
from bookings.models import Booking
from bookings.rules import Slot, Wish
from collaboration.clashes import actions
from collaboration.clashes.enums import State
from collaboration.clashes.models import Clash
from medborger.common import clock
from medborger.common.errors import DomainError
from medborger.demo.collaboration.stage import Stage
from medborger.demo.plan import minutes, weekdays

SEEN_AFTER, ANSWERED_AFTER = timedelta(days=1, hours=3), timedelta(days=2, hours=5)


def expect(stage: Stage) -> None:
    """Each is booked in its time; what it meets is found as it is booked."""
    for words in stage.said("events")["events"]:
        slot = _slot(stage, words["when"])
        days = words["booked"] if "booked" in words else (slot.day - stage.today).days - words["before"]
        stage.expect(stage.some_time(days, "booked", words["title"]), partial(_book, stage, words, slot))


def _slot(stage: Stage, when: str) -> Slot:
    """`-5 ons 15.30-17.00 cafeen`"""
    weeks, *rest = when.split()
    monday = clock.monday(stage.today) + timedelta(weeks=int(weeks))
    return _in_week(stage, monday, " ".join(rest))


def _in_week(stage: Stage, monday: date, when: str) -> Slot:
    weekday, hours, room = when.split()
    return Slot(stage.house.rooms[room], monday + timedelta(days=weekdays(weekday)[0]), *minutes(hours))


def _book(stage: Stage, words: Mapping[str, Any], slot: Slot) -> None:
    """On a holiday, or where the room is taken that day, nothing comes of it."""
    themes, groups = stage.subjects(words["words"])
    wish = Wish(
        slot=slot,
        actor=stage.actor(words["by"]),
        title=words["title"],
        audience=Audience.EVERYONE,
        persons=words["persons"],
        themes=themes,
        target_groups=groups,
    )
    try:
        event = bookings.book(center=stage.house.center, wish=wish, by=stage.by(words["by"]))
    except DomainError:
        return
    stage.expect(clock.now() + SEEN_AFTER, partial(_settle, stage, words, event))


def _settle(stage: Stage, words: Mapping[str, Any], event: Booking) -> None:
    """What the one who made it does about it; in a week in which the other rests, there is nothing to do."""
    clash = Clash.objects.waiting().of_event(event).with_events().first()
    if clash is None or clash.state != State.OPEN or words["done"] == "open":
        return
    by = stage.by(words["by"])
    match words["done"]:
        case "moved":
            slot = _in_week(stage, clock.monday(clock.local(event.starts_at).date()), words["to"])
            bookings.move(booking=event, slot=slot, version=event.version, by=by)
        case "left":
            actions.leave_it(clash=clash, side=event, version=clash.version, by=by)
        case done:
            kept, message = clash.other(event), words["message"]
            actions.ask_together(clash=clash, side=event, kept=kept, message=message, version=clash.version, by=by)
            if done == "together":
                stage.expect(clock.now() + ANSWERED_AFTER, partial(_say_yes, stage, words, clash))


def _say_yes(stage: Stage, words: Mapping[str, Any], clash: Clash) -> None:
    asked = Clash.objects.with_events().get(pk=clash.pk)
    actions.accept(clash=asked, version=asked.version, by=stage.by(words["with"]))
