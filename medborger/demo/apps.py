from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "medborger.demo"
    label = "demo"
    verbose_name = "Eksempeldata"

    def ready(self) -> None:
        from actors import entrance
        from medborger.demo.entrance import houses

        entrance.offer(houses)
