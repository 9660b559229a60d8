from django.apps import AppConfig
from django.contrib.admin import apps as admin


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
        from centers.front import register

        authenticator_removed.connect(second_factor.forget, dispatch_uid="second_factor")
        authentication_failed.connect(second_factor.log_failure, dispatch_uid="second_factor_failed")
        register("people", people_here)
