"""Ballots: opening, voting, proxies, shows of hands, closing.

Rows are locked in this order: council, motion, ballot. A vote takes the ballot's alone.
"""

from actors.council.ballots.actions.closing import (
    cancel_ballots,
    close,
    end_show_of_hands,
    recuse_in_open_ballots,
    remind,
)
from actors.council.ballots.actions.hands import confirm, enter, void
from actors.council.ballots.actions.opening import open_ballots
from actors.council.ballots.actions.proxies import end_proxy, give_proxy
from actors.council.ballots.actions.voting import cast_secret, hand_over, vote

__all__ = [
    "cancel_ballots",
    "cast_secret",
    "close",
    "confirm",
    "end_proxy",
    "end_show_of_hands",
    "enter",
    "give_proxy",
    "hand_over",
    "open_ballots",
    "recuse_in_open_ballots",
    "remind",
    "void",
    "vote",
]
