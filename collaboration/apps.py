from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    default = True
    name = "collaboration"
    verbose_name = "Samarbejde"
