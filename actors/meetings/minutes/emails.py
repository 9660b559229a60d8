"""The letter with the approved minutes: what was decided, who does what, and the link to the rest."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.meetings.action_points.action_point_rows import owner_name
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import User
from medborger.common import phrases
from medborger.common.messaging.letters import letter_to
from medborger.common.messaging.outbox import Letter


def minutes(meeting: Meeting, points: Sequence[ActionPoint], people: Iterable[User]) -> list[Letter]:
    """Return one letter for each person. A meeting's minutes are sent to the same person once. Read `meeting` with its agenda."""
    items = list(meeting.items.all())
    return [_letter(meeting, items, points, user) for user in people]


def _letter(meeting: Meeting, items: Sequence[AgendaItem], points: Sequence[ActionPoint], user: User) -> Letter:
    with translation.override(user.language):
        said = {"title": meeting.title, "when": phrases.when(meeting.starts_at, meeting.ends_at)}
        return letter_to(
            user,
            key=f"minutes:{meeting.pk}",
            subject=_("Referat: %(title)s %(when)s") % said,
            text="\n\n".join(_paragraphs(items, points)),
            link=reverse("meeting", kwargs={"hus": meeting.center.slug, "pk": meeting.pk}),
            link_label=_("Læs referatet"),
            center_id=meeting.center_id,
        )


def _paragraphs(items: Sequence[AgendaItem], points: Sequence[ActionPoint]) -> Iterator[str]:
    decided = [item for item in items if item.decision]
    yield _("Referatet er godkendt.") if decided else _("Referatet er godkendt. Der blev ikke besluttet noget.")
    for item in decided:
        yield _("Beslutning om %(item)s:") % {"item": item.title} + "\n" + item.decision
    if points:
        yield _("Opgaver:") + "\n" + "\n".join(_point_line(point) for point in points)


def _point_line(point: ActionPoint) -> str:
    """Hent tilbud på borde (Folkedanserne, senest torsdag 10. december)"""
    said = {"task": point.title, "owner": owner_name(point), "day": phrases.day_words(point.due_on)}
    return _("%(task)s (%(owner)s, senest %(day)s)") % said
