from django.apps import AppConfig


class MedborgerConfig(AppConfig):
    """The roof. Every process knows the Celery application, so that a task can be sent from anywhere."""

    name = "medborger"
    label = "medborger"
    verbose_name = "Medborger"

    def ready(self) -> None:
        from medborger import celery  # noqa: F401
