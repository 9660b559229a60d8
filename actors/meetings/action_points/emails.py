"""The reminder of an action point, to those who own it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.meetings.models import ActionPoint
from actors.models import User
from medborger.common import phrases
from medborger.common.messaging.letters import letter_to
from medborger.common.messaging.outbox import Letter


def due(point: ActionPoint, people: Iterable[User]) -> list[Letter]:
    """Return the reminders before and after the day. Each goes once to a person for a day. Read `point` with its owner."""
    return [_letter(point, user) for user in people]


def _letter(point: ActionPoint, user: User) -> Letter:
    with translation.override(user.language):
        said = {
            "task": point.title,
            "day": phrases.day_words(point.due_on),
            "meeting": point.meeting.title,
            "actor": point.owner_actor.name if point.owner_actor else "",
        }
        late = point.is_overdue
        subject = _("Opgaven skulle være løst: %(task)s") if late else _("Husk opgaven: %(task)s")
        text = (
            _("%(actor)s har en opgave fra %(meeting)s.")
            if point.owner_actor
            else _("Du har en opgave fra %(meeting)s.")
        )
        day = _("Den skulle være løst senest %(day)s.") if late else _("Den skal være løst senest %(day)s.")
        return letter_to(
            user,
            key=f"point:{point.pk}:{'late' if late else 'soon'}:{point.due_on}",
            subject=subject % said,
            text=f"{text} {day}" % said,
            link=reverse("action_point", kwargs={"hus": point.center.slug, "pk": point.pk}),
            link_label=_("Se opgaven"),
            center_id=point.center_id,
        )
