"""What happens to rooms by the clock."""

from celery import shared_task

from bookings import actions


@shared_task(name="bookings.tasks.release_expired")
def release_expired() -> int:
    """Let go of all requests whose time to be answered is over."""
    return actions.expire_requests()


@shared_task(name="bookings.tasks.begin_planned_closures")
def begin_planned_closures() -> int:
    """Put in force the planned closures whose last booking is gone: what a moved or cancelled booking missed."""
    return actions.begin_planned()
