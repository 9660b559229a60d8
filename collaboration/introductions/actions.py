"""The week's neglected tie: naming it, and asking the two for coffee or leaving it for now."""

from datetime import date

from django.db import transaction

from actors.access import Access
from centers.models import Center
from collaboration import emails, errors
from collaboration.enums import CollaborationEvent
from collaboration.introductions import ties
from collaboration.models import Introduction
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone
from medborger.common.messaging import outbox


@transaction.atomic
def choose(*, center: Center, monday: date) -> Introduction | None:
    """The tie of the week that begins on `monday`: named now if it has not been, None when the house has no such pair.

    Two statements, however often it is asked and however many actors there are. No pair comes twice within eight weeks.
    """
    ties.insert(center.pk, monday)
    return Introduction.objects.filter(center=center, week_starts_on=monday).with_actors().first()


@transaction.atomic
def propose_coffee(*, introduction: Introduction, message: str, by: Access) -> Introduction:
    """Send the house's words to the contact persons of both, once.

    Raises NotYours for others than staff, AlreadyDone when it has been answered, NobodyToAsk when one of the two has no contact.
    """
    fresh = _locked_unanswered(introduction, by)
    people = [emails.contacts([actor]) for actor in (fresh.first_id, fresh.second_id)]
    if not all(people):
        raise errors.NobodyToAsk
    fresh.proposed_by_id, fresh.proposed_at = by.user.pk, clock.now()
    fresh.save(update_fields=["proposed_by", "proposed_at"])
    audit.record(CollaborationEvent.INTRODUCED, fresh, by=by.user, actors=[fresh.first_id, fresh.second_id])
    outbox.post(emails.introduced(fresh, message, dict.fromkeys(user for some in people for user in some)))
    return fresh


@transaction.atomic
def not_now(*, introduction: Introduction, by: Access) -> Introduction:
    """Leave the tie for now: it is not named again for a year. Raises NotYours, AlreadyDone."""
    fresh = _locked_unanswered(introduction, by)
    fresh.dismissed_by_id, fresh.dismissed_at = by.user.pk, clock.now()
    fresh.save(update_fields=["dismissed_by", "dismissed_at"])
    audit.record(CollaborationEvent.NOT_INTRODUCED, fresh, by=by.user)
    return fresh


def _locked_unanswered(introduction: Introduction, by: Access) -> Introduction:
    if not by.is_staff_in(introduction.center_id):
        raise errors.NotYours
    rows = Introduction.objects.select_for_update(no_key=True, of=("self",)).with_actors()
    fresh: Introduction = rows.get(pk=introduction.pk)
    if fresh.is_answered:
        raise AlreadyDone(outcome=fresh)
    return fresh
