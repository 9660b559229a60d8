from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "actors.meetings"
    label = "meetings"
    verbose_name = "Møder"

    def ready(self) -> None:
        from actors import my_page
        from actors.meetings.my_page import my_meetings, my_points

        my_page.offer(my_meetings, position=8)
        my_page.offer(my_points, position=9)
