"""What is done about digests: who gets them, making them, and what a reader does from them."""

from collaboration.digests.actions.lines import put_on_forum, snooze
from collaboration.digests.actions.making import houses_due, make_house
from collaboration.digests.actions.subscriptions import choose, keep_subscriptions, unsubscribe

__all__ = [
    "choose",
    "houses_due",
    "keep_subscriptions",
    "make_house",
    "put_on_forum",
    "snooze",
    "unsubscribe",
]
