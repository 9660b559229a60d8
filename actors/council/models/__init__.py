"""The husråd: seats, standing orders, motions, ballots, house rules, notices and disputes (S918-924, S1052-1068)."""

from actors.council.models.ballots import (
    Ballot,
    BoxVote,
    Cast,
    Entitlement,
    HandVote,
    Proxy,
    Reminder,
    Result,
    SecretVote,
    VoteEvent,
)
from actors.council.models.council import Council, Orders, Seat, SeatHolder, StandingOrders
from actors.council.models.enforcement import Dispute, DisputeParty, RuleNotice
from actors.council.models.house_rules import HouseRule, HouseRuleVersion, RuleRoom
from actors.council.models.motions import (
    Amendment,
    Comment,
    CommentEdit,
    Motion,
    MotionFigure,
    MotionRoom,
    MotionText,
    ProposedOrders,
    Recusal,
)

__all__ = [
    "Amendment",
    "Ballot",
    "BoxVote",
    "Cast",
    "Comment",
    "CommentEdit",
    "Council",
    "Dispute",
    "DisputeParty",
    "Entitlement",
    "HandVote",
    "HouseRule",
    "HouseRuleVersion",
    "Motion",
    "MotionFigure",
    "MotionRoom",
    "MotionText",
    "Orders",
    "ProposedOrders",
    "Proxy",
    "Recusal",
    "Reminder",
    "Result",
    "RuleNotice",
    "RuleRoom",
    "Seat",
    "SeatHolder",
    "SecretVote",
    "StandingOrders",
    "VoteEvent",
]
