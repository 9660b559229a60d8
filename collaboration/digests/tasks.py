"""Periodic tasks of digests."""

from celery import shared_task

from collaboration.digests import actions


@shared_task(name="collaboration.digests.tasks.make_due")
def make_due() -> int:
    """Have the digests that are due made, a task for each house. Gives how many houses."""
    actions.keep_subscriptions()
    due = actions.houses_due()
    for center_id in due:
        make_house.delay(center_id)
    return len(due)


@shared_task(name="collaboration.digests.tasks.make_house")
def make_house(center_id: int) -> int:
    return actions.make_house(center_id=center_id)
