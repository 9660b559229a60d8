from django.apps import AppConfig


class ClashesConfig(AppConfig):
    name = "collaboration.clashes"
    label = "clashes"
    verbose_name = "Sammenfald"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from actors.digest_lines import Part
        from bookings import beside
        from collaboration.clashes import digest_lines as lines
        from collaboration.clashes import sights
        from collaboration.clashes.beside import lines as while_written
        from collaboration.clashes.beside import panel
        from collaboration.clashes.my_page import my_clashes

        beside.offer(lines=while_written, panel=panel)
        my_page.offer(my_clashes, position=9)
        sights.announce()
        digest_lines.offer(Part.NEEDS, lines.waiting, position=20)
        digest_lines.offer(Part.NEWS, lines.settled, position=20)
