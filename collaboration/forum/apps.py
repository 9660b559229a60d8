from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "collaboration.forum"
    label = "forum"
    verbose_name = "Koordinerende forum"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from collaboration.forum import digest_lines as own
        from collaboration.forum import open_matters, topics
        from collaboration.forum.circle import announce
        from collaboration.forum.my_page import my_forums

        announce()
        topics.offer(open_matters.open_points)
        topics.offer(open_matters.new_actors)
        my_page.offer(my_forums, position=10)
        digest_lines.offer(digest_lines.Part.NEEDS, own.warnings, position=10)
        digest_lines.offer(digest_lines.Part.NEEDS, own.points, position=40)
        digest_lines.offer(digest_lines.Part.NEWS, own.decisions, position=40)
        digest_lines.offer(digest_lines.Part.COMING, own.meetings, position=20)
