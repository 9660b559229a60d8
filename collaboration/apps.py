from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollaborationConfig(AppConfig):
    default = True
    name = "collaboration"
    verbose_name = "Samarbejde"

    def ready(self) -> None:
        from actors import my_page
        from collaboration import digest_lines, sights, tabs, urls
        from collaboration.my_page import my_collaborations
        from collaboration.permissions import tied
        from medborger.common.context import MenuItem, offer

        sights.announce()
        digest_lines.announce()
        my_page.offer(my_collaborations, position=7)
        pages = frozenset(str(route.name) for route in urls.urlpatterns)
        tabs.offer(tabs.Tab("collaborations", _("Samarbejder"), 10, tied, views=pages))
        offer(MenuItem("collaborations", "together", _("Samarbejde"), 36, permission=tied, views=tabs.views))
