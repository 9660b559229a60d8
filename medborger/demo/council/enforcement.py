"""Breaches of the rules in the Husråd's house, and the conflicts that are mediated or judged."""

from __future__ import annotations

from actors.council.disputes import actions, notice_actions
from actors.council.enums import Choice, Follows
from actors.council.models import Dispute, HouseRule, RuleNotice
from medborger.demo.council import votes
from medborger.demo.council.stage import Stage


def first_breach(stage: Stage) -> None:
    """A reminder that is answered."""
    notice = _record(stage, "bolde")
    words = stage.texts["notices"]["bolde"]
    with stage.at(words["answered"], words["answered_wall"]):
        notice_actions.answer(notice=notice, text=words["answer"], by=stage.on(words["actor"]).access)


def later_breaches(stage: Stage) -> None:
    """A warning that is appealed, and mediated now; a reminder that nobody has answered; a matter between two associations."""
    warning = _record(stage, "bolde_igen")
    words = stage.texts["disputes"]["advarsel"]
    with stage.at(words["day"], "19.30"):
        appeal = notice_actions.appeal(notice=warning, why=words["why"], by=stage.on(warning.actor.name))
    with stage.at(words["mediator_day"], "11.15"):
        mediator = stage.login(words["mediator"])
        actions.name_mediator(dispute=appeal, mediator=mediator, by=stage.member(mediator))
    _record(stage, "kop")
    _raise(stage, "lektier")


def workshop_dispute(stage: Stage) -> Dispute:
    """Another seat mediates, and says in the end that it did not help."""
    dispute = _raise(stage, "vaerksted")
    words = stage.texts["disputes"]["vaerksted"]
    mediator = words["mediator"]
    with stage.at(words["mediator_day"], "10.30"):
        actions.name_mediator(dispute=dispute, mediator=stage.seats[mediator], by=stage.staff("medarbejder"))
    with stage.at(words["ended_day"], "12.10"):
        return actions.end_mediation(dispute=_read(dispute), what_was_tried=words["tried"], by=stage.on(mediator))


def put_to_council(stage: Stage, dispute: Dispute) -> None:
    """The council settles it, without the parties."""
    words = stage.texts["disputes"]["vaerksted"]
    with stage.at(words["sent_day"], "18.40"):
        motion = actions.send_to_council(
            dispute=dispute,
            proposal=words["proposal"],
            tried="",
            follow_up_on=stage.day(words["follow_up_in"]),
            token=None,
            by=stage.on(words["by"]),
        )
    votes.hold(stage, motion, words["opened_day"], "17.20", {Choice.FOR: 34, Choice.AGAINST: 5, Choice.BLANK: 4})


def _record(stage: Stage, key: str) -> RuleNotice:
    words = stage.texts["notices"][key]
    center = stage.house.center
    with stage.at(words["day"], words["written"]):
        return notice_actions.record(
            center=center,
            actor=stage.house.actors[words["actor"]],
            rule=HouseRule.objects.get(center=center, number=words["rule"]),
            room=stage.house.rooms[words["room"]],
            happened_at=stage.moment(words["day"], words["wall"]),
            what=words["what"],
            follows=Follows(words["follows"]),
            token=None,
            by=stage.staff("medarbejder").access,
        )


def _raise(stage: Stage, key: str) -> Dispute:
    words = stage.texts["disputes"][key]
    with stage.at(words["day"], "18.30"):
        return actions.raise_dispute(
            raised_by=stage.house.actors[words["by"]],
            others=[stage.house.actors[name] for name in words["others"]],
            title=words["title"],
            what=words["what"],
            token=None,
            by=stage.on(words["by"]),
        )


def _read(dispute: Dispute) -> Dispute:
    return Dispute.objects.with_people().get(pk=dispute.pk)
