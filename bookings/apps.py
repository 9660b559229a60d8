from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = "Bookinger"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from bookings.digest_lines import coming_events
        from bookings.front import programme
        from bookings.models import Closure
        from bookings.my_page import my_bookings
        from centers import opening
        from centers.front import register

        register("programme", programme)
        opening.register(Closure.objects.closed_houses)
        my_page.offer(my_bookings, position=10)
        digest_lines.offer(digest_lines.Part.COMING, coming_events, position=50)
