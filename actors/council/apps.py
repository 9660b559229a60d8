from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "actors.council"
    label = "council"
    verbose_name = "Råd"

    def ready(self) -> None:
        from actors import digest_lines, my_page
        from actors.council.circle import announce
        from actors.council.digest_lines import new_motions, votes_closing, votes_missing
        from actors.council.matters import my_matters
        from actors.council.my_page import my_council

        my_page.offer(my_council, position=5)
        my_page.offer(my_matters, position=6)
        digest_lines.offer(digest_lines.Part.NEEDS, votes_missing, position=30)
        digest_lines.offer(digest_lines.Part.NEWS, new_motions, position=60)
        digest_lines.offer(digest_lines.Part.COMING, votes_closing, position=30)
        announce()
