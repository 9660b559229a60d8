from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "collaboration.digests"
    label = "digests"
    verbose_name = "Ugens overblik"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from actors.permissions import tied
        from collaboration import tabs
        from collaboration.digests.digest_lines import letters_lost
        from collaboration.digests.my_page import my_digests

        pages = frozenset({"digest", "digest_choice", "digest_receivers"})
        tabs.offer(tabs.Tab("digest_now", _("Ugens overblik"), 40, tied, views=pages))
        my_page.offer(my_digests, position=12)
        digest_lines.offer(digest_lines.Part.NEEDS, letters_lost, position=90)
