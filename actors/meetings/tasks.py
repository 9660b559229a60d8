"""What happens to meetings by the clock."""

from celery import shared_task

from actors.meetings import actions


@shared_task
def tell_settled() -> int:
    """Tell whose time has moved on agendas that have lain still for some minutes."""
    return actions.tell_settled()
