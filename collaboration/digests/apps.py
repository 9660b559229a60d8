from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "collaboration.digests"
    label = "digests"
    verbose_name = "Ugens overblik"

    def ready(self) -> None:
        from actors import me, week
        from actors.permissions import tied
        from collaboration import tabs
        from collaboration.digests.me import my_digests
        from collaboration.digests.week import letters_lost

        pages = frozenset({"digest", "digest_choice", "digest_receivers"})
        tabs.offer(tabs.Tab("digest_now", _("Ugens overblik"), 40, tied, views=pages))
        me.offer(my_digests, position=12)
        week.offer(week.Part.NEEDS, letters_lost, position=90)
