from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "actors.council"
    label = "council"
    verbose_name = "Råd"

    def ready(self) -> None:
        from actors import me, week
        from actors.council import urls
        from actors.council.circle import announce
        from actors.council.matters import my_matters
        from actors.council.me import my_council
        from actors.council.week import new_motions, votes_closing, votes_missing
        from actors.permissions import tied
        from medborger.common.context import MenuItem, offer

        pages = frozenset(str(route.name) for route in urls.urlpatterns)
        offer(
            # Not by its own name: "Kvarterhusledelsen" does not fit in a phone's menu.
            MenuItem("council", "forum", _("Rådet"), 34, permission=tied, views=pages),
        )
        me.offer(my_council, position=5)
        me.offer(my_matters, position=6)
        week.offer(week.Part.NEEDS, votes_missing, position=30)
        week.offer(week.Part.NEWS, new_motions, position=60)
        week.offer(week.Part.COMING, votes_closing, position=30)
        announce()
