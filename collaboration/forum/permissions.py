"""Who may do what in a house's forum."""

from actors.access import Access
from centers.models import Center
from collaboration.forum.models import Forum
from collaboration.permissions import coordinates, staff, tied
from medborger.common.permissions import Permission

__all__ = ["coordinates", "forum_of", "holds", "keeps", "staff", "tied"]


def forum_of(access: Access, center: Center) -> Forum | None:
    """The house's forum, read once per request."""
    return access.once(("forum", center.pk), lambda: Forum.objects.of(center))


def holds(access: Access, forum: Forum | None) -> bool:
    """Whether the person keeps the forum going today, and still belongs to the house."""
    return (
        forum is not None and forum.is_held and forum.holder_id == access.user.pk and access.is_tied_to(forum.center_id)
    )


def _keeps(access: Access, center: Center) -> bool:
    return coordinates(access, center) or holds(access, forum_of(access, center))


# Who makes the forum's meetings, orders what is proposed, and says how often it meets and who is in it.
keeps = Permission("keeps_the_forum", _keeps)
