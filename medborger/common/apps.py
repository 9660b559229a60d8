from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "medborger.common"
    label = "common"
    verbose_name = "Fælles"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from medborger.common import registry
        from medborger.common.grants import grant_to_application

        registry.load()
        post_migrate.connect(grant_to_application, sender=self)
