"""Periodic tasks of meetings."""

from celery import shared_task

from actors.meetings import actions


@shared_task(name="actors.meetings.tasks.tell_settled")
def tell_settled() -> int:
    """Tell the people whose time has moved at meetings whose agenda has not changed for some minutes."""
    return actions.tell_settled()


@shared_task(name="actors.meetings.tasks.remind_of_points")
def remind_of_points() -> int:
    """Remind the owners of action points of their day, three days before and when it has passed."""
    return actions.remind_due()
