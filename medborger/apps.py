from django.apps import AppConfig


class MedborgerConfig(AppConfig):
    """Load the Celery application in every process, so that a task can be sent from anywhere."""

    name = "medborger"
    label = "medborger"
    verbose_name = "Medborger"

    def ready(self) -> None:
        from medborger import celery  # noqa: F401
