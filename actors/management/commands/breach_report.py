"""`manage.py breach_report --from 2026-11-01 --to 2026-11-22 [--user 17]`: whom a breach touches."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actors.breach import acts, touched
from actors.models import User


class Command(BaseCommand):
    help = "Lists whom a breach in the days from --from to --to touches: of everybody, or through one account (--user)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="2026-11-01")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, help="2026-11-22, included")
        parser.add_argument("--user", type=int, help="the id of the account that was misused")

    def handle(self, *args: Any, first: date, last: date, user: int | None, **options: Any) -> None:
        if last < first:
            raise CommandError("--to lies before --from.")
        account = User.objects.filter(pk=user).first() if user is not None else None
        if user is not None and account is None:
            raise CommandError(f"There is no user {user}.")
        people = touched(first=first, last=last, account=account)
        for person in people:
            reach = person.user.email or person.user.phone or "erased"
            self.stdout.write(f"{person.user.pk}\t{reach}\t{'; '.join(person.reasons)}")
        self.stdout.write(f"{len(people)} people from {first} to {last}.")
        for verb, count in sorted(acts(first=first, last=last, account=account).items()):
            self.stdout.write(f"{count}\t{verb}")
