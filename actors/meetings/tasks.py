"""What happens to meetings by the clock."""

from celery import shared_task

from actors.meetings import actions


@shared_task(name="actors.meetings.tasks.tell_settled")
def tell_settled() -> int:
    """Tell whose time has moved on agendas that have lain still for some minutes."""
    return actions.tell_settled()


@shared_task(name="actors.meetings.tasks.remind_of_points")
def remind_of_points() -> int:
    """Remind the owners of action points of their day, three days before and when it has gone."""
    return actions.remind_due()
