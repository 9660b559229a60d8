from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "actors.meetings"
    label = "meetings"
    verbose_name = "Møder"
