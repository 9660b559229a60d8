"""Single events that meet another of the house's at the same time, for the same people, about the same (S2040-57)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from bookings import actions as bookings
from bookings.availability import blocked_span
from bookings.enums import Audience
from bookings.extension_points import Plan
from bookings.models import Booking, Occupancy
from bookings.rules import BookingData, Slot
from centers.hours import hours_on
from collaboration.clashes import actions
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import Clash
from collaboration.clashes.similar_events import meeting
from medborger.common import clock
from medborger.common.errors import DomainError
from medborger.demo.collaboration.collaboration_timeline import CollaborationTimeline
from medborger.demo.plan import minutes, weekdays

SEEN_AFTER, ANSWERED_AFTER = timedelta(days=1, hours=3), timedelta(days=2, hours=5)
LONGEST_WAIT = 10  # weeks


def schedule(timeline: CollaborationTimeline) -> None:
    """Each is booked in its time; what it meets is found as it is booked."""
    for words in timeline.said("events")["events"]:
        slot = _slot(timeline, words)
        if slot is None:
            continue
        days = words["booked"] if "booked" in words else (slot.day - timeline.today).days - words["before"]
        timeline.add(timeline.some_time(days, "booked", words["title"]), partial(_book, timeline, words, slot))


def _slot(timeline: CollaborationTimeline, words: Mapping[str, Any]) -> Slot | None:
    """`-5 ons 15.30-17.00 cafeen`: in that week, or in the nearest one beyond it in which it meets one other event, and none where it is
    moved to. On a holiday, or when the other rests or is cancelled, there is nothing to meet."""
    weeks, _, when = words["when"].partition(" ")
    step = 1 if int(weeks) > 0 else -1
    for further in range(LONGEST_WAIT):
        monday = clock.monday(timeline.today) + timedelta(weeks=int(weeks) + step * further)
        slot = _in_week(timeline, monday, when)
        after = [_in_week(timeline, monday, words["to"])] if "to" in words else []
        met = [_meets(timeline, words, place) for place in (slot, *after)]
        if met == [1, *(0 for _ in after)] and all(_is_free(timeline, taken) for taken in (slot, *after)):
            return slot
    return None


def _meets(timeline: CollaborationTimeline, words: Mapping[str, Any], slot: Slot) -> int:
    """How many events of others it would meet there."""
    actor = timeline.actor(words["by"])
    themes, groups = timeline.subjects(words["words"])
    plan = Plan(
        center_id=timeline.house.center.pk,
        span=slot.span,
        holders=[actor.pk],
        actors=[actor.pk],
        themes=[theme.pk for theme in themes],
        target_groups=[group.pk for group in groups],
    )
    with clock.as_if(clock.midnight(slot.day)):
        return meeting(plan).count()


def _is_free(timeline: CollaborationTimeline, slot: Slot) -> bool:
    """Whether nothing holds the room then, and the house is open."""
    leaves = [timeline.house.rooms[leaf] for leaf in timeline.house.plan.leaves[slot.room.slug]]
    taken = Occupancy.objects.filter(room__in=leaves, blocked__overlap=blocked_span(slot.room, *slot.span))
    return hours_on(timeline.house.center, slot.day).covers(slot.start, slot.end) and not taken.exists()


def _in_week(timeline: CollaborationTimeline, monday: date, when: str) -> Slot:
    weekday, hours, room = when.split()
    return Slot(timeline.house.rooms[room], monday + timedelta(days=weekdays(weekday)[0]), *minutes(hours))


def _book(timeline: CollaborationTimeline, words: Mapping[str, Any], slot: Slot) -> None:
    """Where another has taken the room first, nothing comes of it."""
    themes, groups = timeline.subjects(words["words"])
    data = BookingData(
        slot=slot,
        actor=timeline.actor(words["by"]),
        title=words["title"],
        audience=Audience.EVERYONE,
        persons=words["persons"],
        themes=themes,
        target_groups=groups,
    )
    try:
        event = bookings.book(center=timeline.house.center, data=data, by=timeline.by(words["by"]))
    except DomainError:
        return
    timeline.add(clock.now() + SEEN_AFTER, partial(_settle, timeline, words, event))


def _settle(timeline: CollaborationTimeline, words: Mapping[str, Any], event: Booking) -> None:
    """What the one who made it does about it; in a week in which the other rests, there is nothing to do."""
    clash = Clash.objects.waiting().of_event(event).with_events().first()
    if clash is None or clash.state != ClashState.OPEN or words["done"] == "open":
        return
    by = timeline.by(words["by"])
    match words["done"]:
        case "moved":
            slot = _in_week(timeline, clock.monday(clock.local(event.starts_at).date()), words["to"])
            bookings.move(booking=event, slot=slot, version=event.version, by=by)
        case "left":
            actions.leave_it(clash=clash, side=event, version=clash.version, by=by)
        case done:
            kept, message = clash.other(event), words["message"]
            actions.ask_together(clash=clash, side=event, kept=kept, message=message, version=clash.version, by=by)
            if done == "together":
                timeline.add(clock.now() + ANSWERED_AFTER, partial(_say_yes, timeline, words, clash))


def _say_yes(timeline: CollaborationTimeline, words: Mapping[str, Any], clash: Clash) -> None:
    asked = Clash.objects.with_events().get(pk=clash.pk)
    actions.accept(clash=asked, version=asked.version, by=timeline.by(words["with"]))
