"""Periodic tasks of the log."""

from celery import shared_task
from django.db.models import Exists, OuterRef

from centers.models import Center
from collaboration import actions
from collaboration.enums import CollaborationState
from collaboration.introductions import actions as introductions
from collaboration.models import Collaboration, Gathering
from collaboration.proposals import actions as proposals
from medborger.common import clock


@shared_task(name="collaboration.tasks.gather_all")
def gather_all() -> None:
    """Every morning: on the first of a month for all houses, on the other days for those that it missed. Each house in a task of its
    own: one that fails does not hold up the others."""
    this_month = Gathering.objects.filter(center=OuterRef("pk"), month=clock.today().replace(day=1))
    for pk in Center.objects.open_to_visitors().filter(~Exists(this_month)).order_by("pk").values_list("pk", flat=True):
        gather.delay(pk)


@shared_task(name="collaboration.tasks.gather")
def gather(center_id: int) -> int:
    return proposals.gather(center=Center.objects.get(pk=center_id), now=clock.now())


@shared_task(name="collaboration.tasks.choose_ties")
def choose_ties() -> None:
    """Every morning: on Mondays it names the week's tie of each house, on the other days what a Monday missed."""
    for pk in Center.objects.open_to_visitors().order_by("pk").values_list("pk", flat=True):
        choose_tie.delay(pk)


@shared_task(name="collaboration.tasks.choose_tie")
def choose_tie(center_id: int) -> None:
    introductions.choose(center=Center.objects.get(pk=center_id), monday=clock.monday(clock.today()))


@shared_task(name="collaboration.tasks.end_due")
def end_due() -> int:
    """Every night: end those whose last day was written beforehand and is over. Returns how many."""
    over = Collaboration.objects.filter(state=CollaborationState.GOING, until__lt=clock.today()).order_by("pk")
    return sum(actions.end_due(collaboration=collaboration) for collaboration in over)
