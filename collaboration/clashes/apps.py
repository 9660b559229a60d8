from django.apps import AppConfig


class ClashesConfig(AppConfig):
    name = "collaboration.clashes"
    label = "clashes"
    verbose_name = "Sammenfald"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from actors.digest_lines import Part
        from bookings import beside, signals
        from collaboration.clashes import digest_lines as lines
        from collaboration.clashes import receivers, sights
        from collaboration.clashes.beside import lines as while_written
        from collaboration.clashes.beside import panel
        from collaboration.clashes.my_page import my_clashes

        signals.event_published.connect(receivers.published, dispatch_uid="clashes")
        signals.event_changed.connect(receivers.changed, dispatch_uid="clashes")
        signals.event_withdrawn.connect(receivers.withdrawn, dispatch_uid="clashes")
        beside.offer(lines=while_written, panel=panel)
        my_page.offer(my_clashes, position=9)
        sights.announce()
        digest_lines.offer(Part.NEEDS, lines.waiting, position=20)
        digest_lines.offer(Part.NEWS, lines.settled, position=20)
