"""Pages that belong to no house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medborger.common.access import public


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    return render(request, "common/catalogue.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "common/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "common/privacy.html")
