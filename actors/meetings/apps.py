from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "actors.meetings"
    label = "meetings"
    verbose_name = "Møder"

    def ready(self) -> None:
        from actors import me
        from actors.meetings.me import my_meetings, my_points

        me.offer(my_meetings, position=8)
        me.offer(my_points, position=9)
