from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = "Aktører"

    def ready(self) -> None:
        from actors.permissions import logged_in
        from medborger.common.context import MenuItem, offer

        offer(MenuItem("me", "person", _("Mig"), 90, permission=logged_in, in_house=False))
