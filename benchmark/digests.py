"""What is measured of ugens overblik: `python -m benchmark --digests`. Five hundred houses made by workers of their own, and letters sent
to a real mail server by workers that are killed."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import django
import psutil
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmark import site
from benchmark.report import Line
from medborger.embedded.console import say
from medborger.embedded.home import CHECKOUT

HOUSES, READERS = 500, 20
KILLED_LETTERS, AT_ONCE = 500, 200
MOST_SECONDS, MOST_STATEMENTS, MOST_MEGABYTES = 300, 40, 200
SEND = "import django; django.setup(); from medborger.common.tasks import send_waiting; print('ready', flush=True); send_waiting()"


class Mailbox:
    """A mail server that takes a few milliseconds for each, and remembers what it said yes to."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        content = envelope.content
        assert isinstance(content, bytes)
        head = content.partition(b"\r\n\r\n")[0].decode()
        name = next(line for line in head.splitlines() if line.lower().startswith("message-id:"))
        self.received[name.partition(":")[2].strip()] += 1
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=site._free_port())
    controller.start()
    try:
        yield box, int(controller.port)
    finally:
        controller.stop()


def main(target: str) -> None:
    with site.running() as where, mail_server() as (box, port):
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        where = site.Site(where.home, {**where.environment, "EMAIL_URL": os.environ["EMAIL_URL"]}, where.children, 0)
        django.setup()
        for name in ("", "mail.log"):
            logging.getLogger(name).setLevel(logging.WARNING)
        lines = [*_statements(), *_all_houses(where), *_at_once(where, box), *_killed(where, box)]
    Path(target).write_text(json.dumps([asdict(line) for line in lines]))


def _statements() -> Iterator[Line]:
    """With two readers and with twenty, and with ten times the readers that a house is to have."""
    from django.db import connection

    from benchmark.digest_houses import build, make_due
    from collaboration.digests import actions
    from medborger.common.middleware import StatementCounter
    from medborger.common.models import Message

    counts = {}
    for readers in (2, READERS, 10 * READERS):
        houses = build(1, readers, name=f"Laesere{readers}")
        make_due(houses)
        counter, started = StatementCounter(), perf_counter()
        with connection.execute_wrapper(counter):
            actions.make_house(center_id=houses[0].center.pk)
        counts[readers] = counter.statements
        say(f"    {readers} readers: {counter.statements} statements, {(perf_counter() - started) * 1000:.0f} ms")
    biggest = max(len(message.html) + len(message.text) for message in Message.objects.all())
    Message.objects.all().delete()
    same = len(set(counts.values())) == 1
    told = ", ".join(f"{number} at {readers} readers" for readers, number in counts.items())
    yield Line(
        "SQL of a house's digests",
        told,
        f"the same, at most {MOST_STATEMENTS}",
        same and max(counts.values()) <= MOST_STATEMENTS,
    )
    yield Line("the largest of their mails", f"{biggest / 1024:.0f} KB", "60 KB", biggest <= 60_000)


def _all_houses(where: site.Site) -> Iterator[Line]:
    """By two worker processes, from the beat's task until the last letter lies in the outbox; they send meanwhile, to nobody."""
    from benchmark.digest_houses import build, make_due
    from collaboration.digests.models import Digest
    from collaboration.digests.tasks import make_due as beat
    from medborger.common.models import Message

    started = perf_counter()
    houses = build(HOUSES, READERS, name="Huset")
    make_due(houses)
    where.settle()
    say(f"    {HOUSES} houses built in {perf_counter() - started:.0f} s")
    before = Digest.objects.count()
    to_nobody = {**where.environment, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    workers = site.Site(where.home, to_nobody, where.children, 0)
    children = [workers.start(f"digest-worker-{n}", [*site.WORKER, "-n", f"digests{n}@bench"]) for n in range(2)]
    sleep(8)  # until they are ready
    started = perf_counter()
    beat()
    wanted, largest = before + HOUSES * (READERS + 1), 0.0
    while Digest.objects.count() < wanted and perf_counter() - started < 2 * MOST_SECONDS:
        largest = max(largest, *(_megabytes(child.process.pid) for child in children))
        sleep(0.5)
    took, made = perf_counter() - started, Digest.objects.count() - before
    largest = max(largest, *(_megabytes(child.process.pid) for child in children))
    for child in children:
        child.stop()
    letters = Message.objects.count()
    say(f"    {made} digests and {letters} letters in {took:.0f} s")
    yield Line(
        f"{HOUSES} houses × {READERS} readers, 2 workers",
        f"{took:.0f} s",
        f"{MOST_SECONDS} s",
        made == HOUSES * (READERS + 1) and took <= MOST_SECONDS,
    )
    yield Line("a worker meanwhile, resident", f"{largest:.0f} MB", f"{MOST_MEGABYTES} MB", largest <= MOST_MEGABYTES)
    Message.objects.all().delete()


def _megabytes(pid: int) -> float:
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return max(process.memory_info().rss for process in family) / 2**20


def _at_once(where: site.Site, box: Mailbox) -> Iterator[Line]:
    """The beat's task twice, and four senders beside the workers that the tasks wake."""
    from benchmark.digest_houses import build, make_due
    from collaboration.digests.tasks import make_due as beat
    from medborger.common.models import Message

    make_due(build(AT_ONCE // READERS, READERS, name="Samtidig"))
    box.received.clear()
    children = [where.start(f"once-worker-{n}", [*site.WORKER, "-n", f"once{n}@bench"]) for n in range(4)]
    sleep(12)
    for _beat in range(2):
        beat()
    _until(lambda: Message.objects.filter(state="sent").count() >= AT_ONCE, seconds=120)
    sleep(3)  # for what would come twice
    for child in children:
        child.stop()
    ids = set(Message.objects.values_list("message_id", flat=True))
    right = len(ids) == AT_ONCE and set(box.received) == ids and set(box.received.values()) == {1}
    told = f"{len(ids)} letters, {sum(box.received.values())} received"
    yield Line(f"two beats, four workers, {AT_ONCE} deliveries", told, "each once", right)
    Message.objects.all().delete()


def _killed(where: site.Site, box: Mailbox) -> Iterator[Line]:
    """A sender is killed at an instant of chance, its leases are aged in the database, and the next begins."""
    from benchmark.digest_houses import build, make_due
    from collaboration.digests import actions
    from collaboration.digests.models import Subscription
    from medborger.common.models import Message

    houses = build(KILLED_LETTERS // READERS, READERS, name="Afbrudt")
    make_due(houses)
    for center_id in Subscription.objects.due(_now()).values_list("center", flat=True).distinct():
        actions.make_house(center_id=center_id)
    box.received.clear()
    chance, kills = random.Random(1), 0
    while Message.objects.filter(state__in=["waiting", "sending"]).exists() and kills < 200:
        sender = subprocess.Popen(
            [sys.executable, "-c", SEND],
            cwd=CHECKOUT,
            env=dict(where.environment),
            stdout=subprocess.PIPE,
            **where.home.site.drop,
        )
        assert sender.stdout is not None
        while sender.stdout.readline().strip() != b"ready":
            pass
        try:
            sender.wait(timeout=chance.uniform(0.05, 0.6))
        except subprocess.TimeoutExpired:
            sender.send_signal(signal.SIGKILL)
            sender.wait()
            kills += 1
        sender.stdout.close()
        Message.objects.filter(state="sending").update(leased_until=_now() - timedelta(seconds=1))
    ids = set(Message.objects.values_list("message_id", flat=True))
    twice = sum(number > 1 for number in box.received.values())
    right = (
        set(box.received) == ids and len(ids) == KILLED_LETTERS and max(box.received.values()) <= 2 and twice <= kills
    )
    told = (
        f"{len(ids & set(box.received))} of {len(ids)} received; {kills} kills, {twice} twice with the same Message-ID"
    )
    yield Line(
        f"SIGKILL while sending {KILLED_LETTERS}",
        told,
        "all; twice at most where the kill fell between OK and commit",
        right,
    )


def _now() -> Any:
    from medborger.common import clock

    return clock.now()


def _until(done: Callable[[], bool], *, seconds: float) -> None:
    started = perf_counter()
    while not done() and perf_counter() - started < seconds:
        sleep(0.2)


if __name__ == "__main__":
    main(sys.argv[1])
