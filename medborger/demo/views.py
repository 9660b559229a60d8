"""The demo's mailbox."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medborger.common.access import public


@public
def post(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/post.html")
