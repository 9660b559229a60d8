"""The request at an address of a house, as `CenterMiddleware` leaves it."""

from django.http import HttpRequest

from centers.hours import Hours, OpenNow
from centers.models import Center


class CenterRequest(HttpRequest):
    center: Center
    hours: Hours
    open_now: OpenNow
