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
from collaboration.actions.introductions import choose, not_now, propose_coffee
from collaboration.actions.proposals import gather
from collaboration.actions.shared import Entry, acts_for_one, may_change

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
