"""`manage.py council_verify [--anchor "9f2c 41ab …"] [--house foreningernes-hus]`: recomputes every ballot, and says what does not fit."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from actors.council.ballots import chain, verify
from actors.council.ballots.emails import title
from actors.council.models import Ballot
from centers.models import Center


def anchor(text: str) -> str:
    """The hash that a person kept, however it was typed."""
    try:
        return chain.parse_anchor(text)
    except ValueError as error:
        raise ArgumentTypeError(
            "that is no code of a ballot: it has 32 to 64 digits and letters from a to f, as mailed or printed"
        ) from error


class Command(BaseCommand):
    help = (
        "Checks each ballot: its chain recomputed, its votes counted again, its result held against both. "
        "Ends with 1 when anything does not fit, or when no ballot has the code given by --anchor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", type=anchor, help="the code that was mailed at opening or closing")
        parser.add_argument("--house", help="the house's word in its address; all houses without it")

    def handle(self, *args: Any, anchor: str | None, house: str | None, **options: Any) -> None:
        if house is not None and not Center.objects.filter(slug=house).exists():
            raise CommandError(f"There is no house {house}.")
        checked = broken = anchored = 0
        with translation.override("en"):
            for report in reports(house, anchor or ""):
                self.stdout.write(line(report))
                checked += 1
                broken += bool(report.findings)
                anchored += bool(report.anchored)
        if anchor and not anchored:
            raise CommandError("No ballot has that code. Either it is not from here, or a ballot was rewritten.")
        if broken:
            raise CommandError(f"{broken} of {checked} ballots do not hold.")
        self.stdout.write(f"All {checked} ballots hold.")


def reports(house: str | None, anchor: str) -> Iterator[verify.Report]:
    ballots = Ballot.objects.select_related(
        "council__center", "motion", "text", "orders", "amendment", "recusal__seat__actor"
    )
    if house is not None:
        ballots = ballots.filter(council__center__slug=house)
    for ballot in ballots.order_by("council__center__slug", "motion__number", "pk").iterator():
        yield verify.check(ballot, anchor)


def line(report: verify.Report) -> str:
    """House, motion, what was voted on, and what was found, with tabs between."""
    ballot = report.ballot
    found = "; ".join(report.findings) or "holds"
    words = [ballot.council.center.slug, str(ballot.motion.number), title(ballot), found]
    return "\t".join([*words, "has the code"] if report.anchored else words)
