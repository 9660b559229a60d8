"""What happened to a collaboration, told from its audit rows in plain words."""

from datetime import date

from django.utils.translation import gettext as _

from actors.access import Access
from actors.models import Actor, Membership
from bookings.booking_history import HistoryLine
from collaboration.entries import party_ids
from collaboration.enums import CollaborationEvent, CollaborationKind
from collaboration.models import Collaboration
from medborger.common import audit, phrases
from medborger.common.models import Audit


def history(collaboration: Collaboration, access: Access) -> list[HistoryLine]:
    """Oldest first, in four statements at most. A person is named to staff and to their own association; to others the house or nobody."""
    staff = access.is_staff_in(collaboration.center_id)
    own = party_ids(collaboration) & access.actors_in(collaboration.center_id)
    colleagues = set(Membership.objects.filter(actor__in=own).values_list("user_id", flat=True)) if own else set()
    acts = list(audit.history(collaboration).select_related("person"))
    left = [act.parameters["actor"] for act in acts if act.verb == CollaborationEvent.LEFT]
    names = dict(Actor.objects.filter(pk__in=left).values_list("pk", "name")) if left else {}
    return [
        HistoryLine(
            phrases.moment(act.at),
            _what(act, names),
            str(act.person) if act.person and (staff or act.person_id in colleagues) else "",
        )
        for act in acts
    ]


def _what(act: Audit, names: dict[int, str]) -> str:
    said = act.parameters
    match act.verb:
        case CollaborationEvent.FORM_CHANGED:
            words = {
                "form": CollaborationKind(said["form"]).label,
                "day": phrases.date_words(date.fromisoformat(said["since"])),
            }
            return _("Ny form fra %(day)s: %(form)s") % words
        case CollaborationEvent.LEFT if said["actor"] in names:
            return _("%(actor)s er trådt ud") % {"actor": names[said["actor"]]}
        case _:
            return str(CollaborationEvent(act.verb).label)
