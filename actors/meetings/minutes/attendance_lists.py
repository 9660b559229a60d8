"""Who comes and who came. All who may see the meeting read which actors; persons are named to those who keep the minutes and must
know whom they tick, for a name beside an association can reveal faith or origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.meetings.enums import Answer
from actors.meetings.models import Meeting, Participant
from medborger.common.names import sort_key

TABLE = 100


@dataclass(frozen=True)
class Guest:
    """A participant as the page names them."""

    place: Participant
    name: str


@dataclass(frozen=True)
class Table:
    """As many guests as one form holds."""

    guests: list[Guest]

    @property
    def before(self) -> str:
        """Who is ticked already, as the form carries it."""
        return ",".join(str(guest.place.pk) for guest in self.guests if guest.place.present)


@dataclass(frozen=True)
class Attendance:
    guests: list[Guest]

    @classmethod
    def of(cls, meeting: Meeting, *, names: bool) -> Attendance:
        places = meeting.participants.in_order().select_related("user")
        return cls([Guest(place, _name(place, names)) for place in places])

    @property
    def tables(self) -> list[Table]:
        """The guests in forms of their own: five hundred boxes are more fields than one request may have."""
        return [Table(self.guests[start : start + TABLE]) for start in range(0, len(self.guests), TABLE)]

    @property
    def coming(self) -> list[str]:
        return _distinct(guest.name for guest in self.guests if guest.place.answer == Answer.YES)

    @property
    def staying_away(self) -> list[str]:
        coming = self.coming
        away = _distinct(guest.name for guest in self.guests if guest.place.answer == Answer.NO)
        return [name for name in away if name not in coming]

    @property
    def unanswered(self) -> int:
        return sum(guest.place.answer == Answer.NONE for guest in self.guests)

    @property
    def present(self) -> list[str]:
        return _distinct(guest.name for guest in self.guests if guest.place.present)


def _name(place: Participant, names: bool) -> str:
    own = ", ".join(sorted((actor.name for actor in place.actors.all()), key=sort_key)) or place.capacity
    if names and place.user is not None:
        return f"{own} ({place.user.first_name})" if own else str(place.user)
    return own or _("En deltager")


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
