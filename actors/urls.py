from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from actors.permissions import logged_in
from medborger.common.access import requires


@requires(logged_in)
def me(request: HttpRequest) -> HttpResponse:
    return redirect("houses")


urlpatterns = [path("mig/", me, name="me")]
