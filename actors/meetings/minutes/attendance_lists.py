"""Who comes and who came. All who may see the meeting read which actors; persons are named to those who keep the minutes and must
know whom they tick, for a name beside an association can reveal faith or origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.meetings.enums import Answer
from actors.meetings.models import Meeting, Participant
from medborger.common.names import sort_key

PER_FORM = 100


@dataclass(frozen=True)
class Attendance:
    """The participants, each with the name that the page shows."""

    guests: list[tuple[Participant, str]]

    @classmethod
    def of(cls, meeting: Meeting, *, names: bool) -> Attendance:
        places = meeting.participants.in_order().select_related("user")
        return cls([(place, _name(place, names)) for place in places])

    @property
    def forms(self) -> list[tuple[list[tuple[Participant, str]], str]]:
        """Return the participants of each form, and who is ticked already as the form carries it. One form with five hundred boxes has
        more fields than a request may have."""
        parts = [self.guests[start : start + PER_FORM] for start in range(0, len(self.guests), PER_FORM)]
        return [(part, ",".join(str(place.pk) for place, _name in part if place.present)) for part in parts]

    @property
    def coming(self) -> list[str]:
        return _distinct(name for place, name in self.guests if place.answer == Answer.YES)

    @property
    def staying_away(self) -> list[str]:
        coming = self.coming
        away = _distinct(name for place, name in self.guests if place.answer == Answer.NO)
        return [name for name in away if name not in coming]

    @property
    def unanswered(self) -> int:
        return sum(place.answer == Answer.NONE for place, _name in self.guests)

    @property
    def present(self) -> list[str]:
        return _distinct(name for place, name in self.guests if place.present)


def _name(place: Participant, names: bool) -> str:
    own = ", ".join(sorted((actor.name for actor in place.actors.all()), key=sort_key)) or place.capacity
    if names and place.user is not None:
        return f"{own} ({place.user.first_name})" if own else str(place.user)
    return own or _("En deltager")


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
