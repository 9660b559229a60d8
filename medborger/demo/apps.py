from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "medborger.demo"
    label = "demo"
    verbose_name = "Eksempeldata"
