"""`manage.py demo`: the four case houses in an empty database; with `--bookings` a big installation to measure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from medborger.common import clock
from medborger.demo import big, build
from medborger.demo.bulk import Progress


class Command(BaseCommand):
    help = "Builds the demo in an empty database: the report's four houses with a living year, or a big installation to measure."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, and say nothing, when the database is in use"
        )
        parser.add_argument("--houses", type=int, default=1, help="with --bookings: the number of houses (1)")
        parser.add_argument("--rooms", type=int, default=20, help="with --bookings: the rooms of each house (20)")
        parser.add_argument(
            "--bookings", type=int, default=0, help="build a big installation with this many bookings instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not build.is_empty():
            return
        started = clock.monotonic()
        try:
            if options["bookings"]:
                size = big.Size(options["houses"], options["rooms"], options["bookings"])
                big.build(size, say=self._say, progress=self._bar)
            else:
                build.build(say=self._say)
        except build.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"  built in {clock.monotonic() - started:.1f} s")

    def _say(self, line: str) -> None:
        self._show(f"{line}\n")

    def _bar(self, total: int) -> Progress:
        return Progress(total, self._show, terminal=self.stdout.isatty())

    def _show(self, line: str) -> None:
        """At once, into a file or a pipe too."""
        self.stdout.write(line, ending="")
        self.stdout.flush()
