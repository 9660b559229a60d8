"""The log's section of /mig/: proposals for the person's actors and their next steps, over all houses."""

from datetime import timedelta

from actors.my_page import Section, sections
from actors.requests import PersonRequest
from collaboration.enums import CollaborationKind
from collaboration.models import Collaboration
from medborger.common import clock

MOST = 10
STEPS_AHEAD = timedelta(days=7)


@sections.register(order=30)
def my_collaborations(request: PersonRequest) -> Section | None:
    """Four statements, however many; two for those who have neither."""
    access, today = request.access, clock.today()
    own = Collaboration.objects.of_person(access).with_parties()
    proposals = [(row, CollaborationKind(row.form)) for row in own.proposed().order_by("created_at", "id")[:MOST]]
    due = own.with_step_by(today + STEPS_AHEAD).filter(next_step_owner__in=access.actor_ids)
    steps = list(due.select_related("next_step_owner")[:MOST])
    if not proposals and not steps:
        return None
    return Section("collaboration/_me.html", {"proposals": proposals, "steps": steps, "today": today})
