from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "collaboration.forum"
    label = "forum"
    verbose_name = "Koordinerende forum"

    def ready(self) -> None:
        from actors import me, week
        from actors.meetings.signals import minuted
        from collaboration import tabs
        from collaboration.forum import open_matters, topics, urls
        from collaboration.forum import week as own
        from collaboration.forum.forum_body import announce, note_minuted
        from collaboration.forum.me import my_forums
        from collaboration.permissions import tied

        agreed = ("action_points", "action_point")
        pages = frozenset((*(str(route.name) for route in urls.urlpatterns), *agreed))
        tabs.offer(tabs.Tab("forum", _("Forum"), 30, permission=tied, views=pages))
        announce()
        minuted.connect(note_minuted, dispatch_uid="forum")
        topics.offer(open_matters.open_points)
        topics.offer(open_matters.new_actors)
        me.offer(my_forums, position=10)
        week.offer(week.Part.NEEDS, own.warnings, position=10)
        week.offer(week.Part.NEEDS, own.points, position=40)
        week.offer(week.Part.NEWS, own.decisions, position=40)
        week.offer(week.Part.COMING, own.meetings, position=20)
