from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "collaboration.digests"
    label = "digests"
    verbose_name = "Ugens overblik"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from collaboration.digests.digest_lines import letters_lost
        from collaboration.digests.my_page import my_digests

        my_page.offer(my_digests, position=12)
        digest_lines.offer(digest_lines.Part.NEEDS, letters_lost, position=90)
