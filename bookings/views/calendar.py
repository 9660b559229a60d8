"""The house's calendar."""

from django.http import HttpResponse
from django.shortcuts import render

from actors.requests import HouseRequest
from medborger.common.access import public


@public
def calendar(request: HouseRequest, hus: str) -> HttpResponse:
    return render(request, "bookings/day.html")


@public
def changes(request: HouseRequest, hus: str) -> HttpResponse:
    return HttpResponse(status=204)
