from django.apps import AppConfig


class ClashesConfig(AppConfig):
    name = "collaboration.clashes"
    label = "clashes"
    verbose_name = "Sammenfald"

    def ready(self) -> None:
        from bookings import signals
        from collaboration.clashes import receivers

        signals.event_published.connect(receivers.published, dispatch_uid="clashes")
        signals.event_changed.connect(receivers.changed, dispatch_uid="clashes")
        signals.event_withdrawn.connect(receivers.withdrawn, dispatch_uid="clashes")
