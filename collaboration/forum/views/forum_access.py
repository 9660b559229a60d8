"""Find the house's forum; what the forum's pages share."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from actors.requests import HouseRequest
from collaboration.forum.models import Forum
from collaboration.forum.permissions import forum_of, keeps


def forum_or_404(request: HouseRequest) -> Forum:
    """The house's forum. Raises Http404 where it has none."""
    forum = forum_of(request.access, request.center)
    if forum is None:
        raise Http404
    return forum


def forum_to_keep(request: HouseRequest) -> Forum:
    """The house's forum, for who keeps it. Raises Http404 where it has none, else PermissionDenied."""
    forum = forum_or_404(request)
    if not keeps(request.access, request.center):
        raise PermissionDenied
    return forum
