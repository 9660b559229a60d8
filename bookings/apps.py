from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = "Bookinger"

    def ready(self) -> None:
        from medborger.common.context import MenuItem, offer

        offer(MenuItem("calendar", "calendar-month", _("Kalender"), 20))
