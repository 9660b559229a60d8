from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "medborger.common"
    label = "common"
    verbose_name = "Fælles"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from django.utils.module_loading import autodiscover_modules

        from medborger.common.grants import grant_to_application

        autodiscover_modules("forget", "privacy", "receivers")
        post_migrate.connect(grant_to_application, sender=self)
