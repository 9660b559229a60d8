from django.apps import AppConfig


class ClashesConfig(AppConfig):
    name = "collaboration.clashes"
    label = "clashes"
    verbose_name = "Sammenfald"
