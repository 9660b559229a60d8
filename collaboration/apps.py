from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollaborationConfig(AppConfig):
    default = True
    name = "collaboration"
    verbose_name = "Samarbejde"

    def ready(self) -> None:
        from collaboration import sights, tabs, urls
        from collaboration.permissions import tied
        from medborger.common.context import MenuItem, offer

        sights.announce()
        pages = frozenset(str(route.name) for route in urls.urlpatterns)
        tabs.offer(tabs.Tab("collaborations", _("Samarbejder"), 10, tied, views=pages))
        offer(MenuItem("collaborations", "groups", _("Samarbejde"), 32, permission=tied, views=tabs.views))
