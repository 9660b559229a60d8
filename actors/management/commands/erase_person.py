"""`manage.py erase_person 17 23`: what a person asked for, or what must be done again after a back-up was put back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actors.erasure import erase
from actors.models import User


class Command(BaseCommand):
    help = (
        "Erases people by their ids: name, addresses, log-ins and ties go; bookings keep their actor. Cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, help="the ids of the users")
        parser.add_argument(
            "--list", action="store_true", help="print the ids erased so far: keep them apart from back-ups"
        )

    def handle(self, *args: Any, ids: list[int], **options: Any) -> None:
        if options["list"]:
            for pk in User.objects.exclude(erased_at=None).order_by("pk").values_list("pk", flat=True):
                self.stdout.write(str(pk))
            return
        users = User.objects.in_bulk(ids)
        if unknown := sorted(set(ids) - set(users)):
            raise CommandError(f"There is no user {', '.join(map(str, unknown))}. Nobody was erased.")
        for user in users.values():
            erase(user=user, by=None)
            self.stdout.write(f"{user.pk} erased")
