from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "actors.admin_site.Site"


class ActorsConfig(AppConfig):
    default = True
    name = "actors"
    verbose_name = "Aktører"

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed, authenticator_removed

        from actors import second_factor
        from actors.front import people as people_here
        from actors.permissions import logged_in, staff
        from centers.front import register
        from medborger.common.context import MenuItem, offer

        authenticator_removed.connect(second_factor.forget, dispatch_uid="second_factor")
        authentication_failed.connect(second_factor.log_failure, dispatch_uid="second_factor_failed")
        people = frozenset({"duties", "grant_role", "invite_to_actor", "invite_to_house"})
        offer(
            MenuItem("people", "groups", _("Mennesker"), 60, permission=staff, views=people),
            MenuItem("me", "person", _("Mig"), 90, permission=logged_in, in_house=False),
        )
        register("people", people_here)
