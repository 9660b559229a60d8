"""What happens to clashes by the clock."""

from celery import shared_task

from collaboration.clashes import actions


@shared_task(name="collaboration.clashes.tasks.search")
def search() -> int:
    """Find all events to come that meet, in all houses."""
    return actions.search()
