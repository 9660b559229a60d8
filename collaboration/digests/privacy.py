"""Digests are kept for 90 days, as the letters are, and then only that they were made (docs/security.md, "Privacy")."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from collaboration.digests.models import Digest, Snooze, Subscription
from medborger.common import clock
from medborger.common.forget import LETTER_DAYS, LETTER_MONTHS, delete, in_batches, months_ago
from medborger.common.privacy import Chapter, Person, Table, none, personal, tables

ENDED_MONTHS = 12


def forget_digests() -> int:
    """Wipe what was told after 90 days, and drop the bare rows of readers after 24 months."""
    old = Digest.objects.filter(made_at__lt=clock.now() - timedelta(days=LETTER_DAYS)).exclude(content={})
    wiped = in_batches(old.order_by("made_at"), lambda digests: digests.update(content={}))
    return wiped + delete(Digest.objects.filter(made_at__lt=months_ago(LETTER_MONTHS)))


def cut_digests(person: Person) -> None:
    Digest.objects.filter(recipient=person.pk).delete()


def forget_subscriptions() -> int:
    """A year after it ended; a coordinator's no is kept for as long as they coordinate, or the role would bring the letter back."""
    ended = Subscription.objects.filter(ended_at__lt=months_ago(ENDED_MONTHS))
    noes = Subscription.objects.by_role().filter(pk=OuterRef("pk"), unsubscribed=True)
    return delete(ended.filter(~Exists(noes)))


def cut_subscriptions(person: Person) -> None:
    Subscription.objects.filter(user=person.pk).delete()


def forget_snoozes() -> int:
    return delete(Snooze.objects.filter(until__lt=clock.now()))


def cut_snoozes(person: Person) -> None:
    Snooze.objects.filter(user=person.pk).delete()


tables.add(
    Table(
        "digests.Subscription",
        (
            personal(
                "user weekday minute when_empty by_choice unsubscribed",
                what=_("Om du får ugens overblik, og hvilken dag og time du har valgt"),
                why=_("Så du får det, når du vil, og ikke får det, når du har sagt nej."),
            ),
            none("id center next_at covered_until ended_at"),
        ),
        chapter=Chapter.LETTERS,
        kept=format_lazy(_("{months} måneder efter, at du holdt op med at få det."), months=ENDED_MONTHS),
        forget=forget_subscriptions,
        cut=cut_subscriptions,
    ),
    Table(
        "digests.Digest",
        (
            personal(
                "recipient message_key content",
                what=_("Det, der stod i dit overblik"),
                why=_("Så du kan læse det igen, og så det samme ikke bliver fortalt to gange."),
            ),
            none("id center kind week_starts_on covers_from covers_until made_at state"),
            none("content_hash"),
        ),
        chapter=Chapter.LETTERS,
        kept=format_lazy(
            _("Indholdet slettes efter {days} dage. Efter {months} måneder slettes resten."),
            days=LETTER_DAYS,
            months=LETTER_MONTHS,
        ),
        forget=forget_digests,
        cut=cut_digests,
    ),
    Table(
        "digests.Snooze",
        (
            personal(
                "user key",
                what=_("Hvad du har udsat i dit overblik"),
                why=_("Så det først kommer igen, når du vil se det."),
            ),
            none("id center until"),
        ),
        chapter=Chapter.LETTERS,
        kept=_("Til udsættelsen er forbi."),
        forget=forget_snoozes,
        cut=cut_snoozes,
    ),
)
