"""The request as views see it, after the middleware."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from actors.access import Access
from actors.models import User
from centers.middleware import CenterRequest


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User
    access: Access
    htmx: HtmxDetails


class HouseRequest(PersonRequest, CenterRequest):
    """A request at an address of a house; `user` may be a visitor on public pages. `page_of` is the route of the page that this one
    belongs under in the menu, where its own route does not say."""

    page_of: str


def redirect_in_house(request: HouseRequest, name: str, *args: object, said: str = "") -> HttpResponse:
    """Redirect to the page of that route name in the request's house; `said` is a message of success shown there."""
    if said:
        messages.success(request, said)
    return redirect(name, request.center.slug, *args)
