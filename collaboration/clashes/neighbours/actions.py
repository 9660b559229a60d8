"""Which houses are near each other, and what each leaves to the other, so that they divide the work (S1493-1500)."""

from django.db import IntegrityError, transaction

from actors.access import Access
from centers.models import Center
from collaboration.clashes import errors
from collaboration.enums import CollaborationEvent
from collaboration.models import Neighbour
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed, violated


def name_neighbour(*, center: Center, neighbour: Center, leaves: str, by: Access) -> Neighbour:
    """Name a house nearby: from now on their events are looked at together. Raises NotAllowed, HouseUnknown, NeighbourAlready."""
    _check(center.pk, by)
    if neighbour.pk == center.pk or neighbour.retired_at:
        raise errors.HouseUnknown
    try:
        with transaction.atomic():
            named = Neighbour.objects.create(center=center, neighbour=neighbour, leaves=leaves, since=clock.today())
            audit.record(CollaborationEvent.NEIGHBOUR_SET, named, by=by.user, neighbour=neighbour.pk)
            return named
    except IntegrityError as error:
        if violated(error) == "neighbour_once":
            raise errors.NeighbourAlready from error
        raise


@transaction.atomic
def change_neighbour(*, neighbour: Neighbour, leaves: str, by: Access) -> Neighbour:
    """Say otherwise what the house leaves to the other. Raises NotAllowed."""
    _check(neighbour.center_id, by)
    neighbour = Neighbour.objects.select_for_update().get(pk=neighbour.pk)
    neighbour.leaves = leaves
    neighbour.save(update_fields=["leaves"])
    audit.record(CollaborationEvent.NEIGHBOUR_SET, neighbour, by=by.user, neighbour=neighbour.neighbour_id)
    return neighbour


@transaction.atomic
def end_neighbour(*, neighbour: Neighbour, by: Access) -> None:
    """Take the house off the list; one that another has taken off meanwhile is left alone. Raises NotAllowed."""
    _check(neighbour.center_id, by)
    fresh = Neighbour.objects.select_for_update().filter(pk=neighbour.pk).first()
    if fresh is not None:
        audit.record(CollaborationEvent.NEIGHBOUR_ENDED, fresh, by=by.user, neighbour=fresh.neighbour_id)
        fresh.delete()


def _check(center_id: int, by: Access) -> None:
    if not by.is_manager_in(center_id):
        raise NotAllowed
