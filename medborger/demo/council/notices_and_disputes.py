"""Breaches of the rules in the Husråd's house, and the conflicts that are mediated or judged."""

from __future__ import annotations

from actors.council.disputes import actions, notice_actions
from actors.council.enums import Choice, Follows
from actors.council.models import Dispute, HouseRule, RuleNotice
from medborger.demo.council import votes
from medborger.demo.council.council_timeline import CouncilTimeline


def first_breach(timeline: CouncilTimeline) -> None:
    """A reminder that is answered."""
    notice = _record(timeline, "bolde")
    words = timeline.texts["notices"]["bolde"]
    with timeline.at(words["answered"], words["answered_wall"]):
        notice_actions.answer(notice=notice, text=words["answer"], by=timeline.on(words["actor"]).access)


def later_breaches(timeline: CouncilTimeline) -> None:
    """A warning that is appealed, and mediated now; a reminder that nobody has answered; a matter between two associations."""
    warning = _record(timeline, "bolde_igen")
    words = timeline.texts["disputes"]["advarsel"]
    with timeline.at(words["day"], "19.30"):
        appeal = notice_actions.appeal(notice=warning, why=words["why"], by=timeline.on(warning.actor.name))
    with timeline.at(words["mediator_day"], "11.15"):
        mediator = timeline.login(words["mediator"])
        actions.name_mediator(dispute=appeal, mediator=mediator, by=timeline.member(mediator))
    _record(timeline, "kop")
    _raise(timeline, "lektier")


def workshop_dispute(timeline: CouncilTimeline) -> Dispute:
    """Another seat mediates, and says in the end that it did not help."""
    dispute = _raise(timeline, "vaerksted")
    words = timeline.texts["disputes"]["vaerksted"]
    mediator = words["mediator"]
    with timeline.at(words["mediator_day"], "10.30"):
        actions.name_mediator(dispute=dispute, mediator=timeline.seats[mediator], by=timeline.staff("medarbejder"))
    with timeline.at(words["ended_day"], "12.10"):
        return actions.end_mediation(dispute=_read(dispute), what_was_tried=words["tried"], by=timeline.on(mediator))


def put_to_council(timeline: CouncilTimeline, dispute: Dispute) -> None:
    """The council settles it, without the parties."""
    words = timeline.texts["disputes"]["vaerksted"]
    with timeline.at(words["sent_day"], "18.40"):
        motion = actions.send_to_council(
            dispute=dispute,
            proposal=words["proposal"],
            tried="",
            follow_up_on=timeline.day(words["follow_up_in"]),
            token=None,
            by=timeline.on(words["by"]),
        )
    votes.hold(timeline, motion, words["opened_day"], "17.20", {Choice.FOR: 34, Choice.AGAINST: 5, Choice.BLANK: 4})


def _record(timeline: CouncilTimeline, key: str) -> RuleNotice:
    words = timeline.texts["notices"][key]
    center = timeline.house.center
    with timeline.at(words["day"], words["written"]):
        return notice_actions.record(
            center=center,
            actor=timeline.house.actors[words["actor"]],
            rule=HouseRule.objects.get(center=center, number=words["rule"]),
            room=timeline.house.rooms[words["room"]],
            happened_at=timeline.moment(words["day"], words["wall"]),
            what=words["what"],
            follows=Follows(words["follows"]),
            token=None,
            by=timeline.staff("medarbejder").access,
        )


def _raise(timeline: CouncilTimeline, key: str) -> Dispute:
    words = timeline.texts["disputes"][key]
    with timeline.at(words["day"], "18.30"):
        return actions.raise_dispute(
            raised_by=timeline.house.actors[words["by"]],
            others=[timeline.house.actors[name] for name in words["others"]],
            title=words["title"],
            what=words["what"],
            token=None,
            by=timeline.on(words["by"]),
        )


def _read(dispute: Dispute) -> Dispute:
    return Dispute.objects.with_people().get(pk=dispute.pk)
