from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    default = True
    name = "collaboration"
    verbose_name = "Samarbejde"

    def ready(self) -> None:
        from actors import my_page
        from collaboration import digest_lines, sights
        from collaboration.my_page import my_collaborations

        sights.announce()
        digest_lines.announce()
        my_page.offer(my_collaborations, position=7)
