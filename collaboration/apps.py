from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollaborationConfig(AppConfig):
    default = True
    name = "collaboration"
    verbose_name = "Samarbejde"

    def ready(self) -> None:
        from actors import me
        from collaboration import evidence_sources, tabs, urls, week
        from collaboration.me import my_collaborations
        from collaboration.permissions import tied
        from medborger.common.context import MenuItem, offer

        evidence_sources.announce()
        week.announce()
        me.offer(my_collaborations, position=7)
        pages = frozenset(str(route.name) for route in urls.urlpatterns)
        tabs.offer(tabs.Tab("collaborations", _("Samarbejder"), 10, tied, views=pages))
        offer(MenuItem("collaborations", "together", _("Samarbejde"), 36, permission=tied, views=tabs.views))
