from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CentersConfig(AppConfig):
    name = "centers"
    verbose_name = "Huse"

    def ready(self) -> None:
        from medborger.common.context import MenuItem, offer

        offer(MenuItem("front", "home", _("Huset"), 10))
