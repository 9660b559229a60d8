"""What of allauth is routed, under /konto/: each view wrapped by its access."""

from allauth.account import views
from django.urls import path

from actors.permissions import logged_in
from medborger.common.access import public, requires

urlpatterns = [
    path("log-ind/", public(views.login), name="account_login"),
    path("log-ud/", requires(logged_in)(views.logout), name="account_logout"),
]
