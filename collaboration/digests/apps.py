from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "collaboration.digests"
    label = "digests"
    verbose_name = "Ugens overblik"
