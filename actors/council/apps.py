from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "actors.council"
    label = "council"
    verbose_name = "Råd"
