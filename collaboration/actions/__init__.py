"""Everything that changes collaborations and introductions."""

from collaboration.actions.collaborations import (
    change,
    change_form,
    confirm,
    dismiss,
    end,
    end_due,
    enter,
    leave,
    reopen,
)
from collaboration.entries import Entry, acts_for_one, may_change
from collaboration.introductions.actions import choose, not_now, propose_coffee
from collaboration.proposals.actions import gather

__all__ = [
    "Entry",
    "acts_for_one",
    "change",
    "change_form",
    "choose",
    "confirm",
    "dismiss",
    "end",
    "end_due",
    "enter",
    "gather",
    "leave",
    "may_change",
    "not_now",
    "propose_coffee",
    "reopen",
]
