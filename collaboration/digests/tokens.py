"""The links of a digest that work without a log-in: each signed for one reader, and good for one thing.

A token opens a page with one button. What the button may do is decided when it is pressed, by what the person is then. It carries no
time of its own, so that a letter written anew is the same to the byte; an act is good for 60 days from its week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer

from collaboration.digests.enums import Act
from medborger.common import clock

LASTS = timedelta(days=60)
_acts = Signer(salt="medborger.digests.act")
_unsubscribes = Signer(salt="medborger.digests.unsubscribe")


class Forged(Exception):
    """The token is not one of ours."""


class Expired(Exception):
    """The week it is about lies more than 60 days back."""


@dataclass(frozen=True)
class ActToken:
    """One act upon one line of one reader's week."""

    act: Act
    user_id: int
    center_id: int
    monday: date
    key: str

    def signed(self) -> str:
        what = [self.act.value, self.user_id, self.center_id, self.monday.toordinal(), self.key]
        return _acts.sign_object(what)

    @classmethod
    def read(cls, token: str) -> ActToken:
        """Raises Forged and Expired."""
        act, user_id, center_id, monday, key = _opened(_acts, token)
        read = cls(Act(act), user_id, center_id, date.fromordinal(monday), key)
        if clock.today() - read.monday > LASTS:
            raise Expired
        return read


@dataclass(frozen=True)
class UnsubscribeToken:
    """The end of one reader's digest from one house; good for as long as the letter is kept."""

    user_id: int
    center_id: int

    def signed(self) -> str:
        return _unsubscribes.sign_object([self.user_id, self.center_id])

    @classmethod
    def read(cls, token: str) -> UnsubscribeToken:
        """Raises Forged."""
        return cls(*_opened(_unsubscribes, token))


def _opened(signer: Signer, token: str) -> Any:
    try:
        return signer.unsign_object(token)
    except BadSignature as error:
        raise Forged from error
