"""The forum's section of /mig/: what waits for who holds one."""

from django.db.models import Q

from actors.my_page import Section, sections
from actors.requests import PersonRequest
from collaboration.forum import lapse
from collaboration.forum.lapse import ForumState
from collaboration.forum.models import Forum
from medborger.common import clock


@sections.register(order=80)
def my_forums(request: PersonRequest) -> Section | None:
    """The forums one keeps going, and what they warn of; in one statement."""
    held = Forum.objects.with_state().filter(
        Q(holder_until=None) | Q(holder_until__gte=clock.today()),
        holder=request.user.pk,
        center__retired_at=None,
    )
    found = [
        (forum, list(lapse.warnings(ForumState.read(forum)))) for forum in held.order_by("name", "pk") if forum.is_held
    ]
    return Section("forum/_me.html", {"forums": found}) if found else None
