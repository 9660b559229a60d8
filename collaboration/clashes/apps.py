from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClashesConfig(AppConfig):
    name = "collaboration.clashes"
    label = "clashes"
    verbose_name = "Sammenfald"

    def ready(self) -> None:
        from actors import me, week
        from actors.week import Part
        from bookings import beside, signals
        from collaboration import tabs
        from collaboration.clashes import evidence_sources, receivers, urls
        from collaboration.clashes import week as lines
        from collaboration.clashes.beside import lines as while_written
        from collaboration.clashes.beside import panel
        from collaboration.clashes.me import my_clashes
        from collaboration.permissions import tied

        signals.event_published.connect(receivers.published, dispatch_uid="clashes")
        signals.event_changed.connect(receivers.changed, dispatch_uid="clashes")
        signals.event_withdrawn.connect(receivers.withdrawn, dispatch_uid="clashes")
        beside.offer(lines=while_written, panel=panel)
        me.offer(my_clashes, position=9)
        evidence_sources.announce()
        week.offer(Part.NEEDS, lines.waiting, position=20)
        week.offer(Part.NEWS, lines.settled, position=20)
        pages = frozenset(str(route.name) for route in urls.urlpatterns)
        tabs.offer(tabs.Tab("clashes", _("Samme tid"), 20, tied, views=pages))
