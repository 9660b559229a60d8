"""The houses, and each house's front: what a resident asks within ten seconds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from centers.models import Center
from medborger.common.access import public


@public
def houses(request: HttpRequest) -> HttpResponse:
    return render(request, "centers/houses.html", {"houses": Center.objects.open_to_visitors()})


@public
def front(request: HttpRequest, hus: str) -> HttpResponse:
    return render(request, "centers/front.html")
