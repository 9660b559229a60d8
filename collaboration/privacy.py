"""Of a collaboration the actors stay; the persons who wrote it in, confirmed it or brought two together are cut."""

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from collaboration.models import Collaboration, Introduction
from medborger.common.forget import in_batches, months_ago
from medborger.common.privacy import Chapter, Person, Table, none, personal, tables

PERSON_MONTHS = 24


def forget_writers() -> int:
    """Who wrote a collaboration in and who confirmed it."""
    past = months_ago(PERSON_MONTHS)
    written = Collaboration.objects.filter(created_at__lt=past, created_by__isnull=False)
    confirmed = Collaboration.objects.filter(confirmed_at__lt=past, confirmed_by__isnull=False)
    return in_batches(written, lambda rows: rows.update(created_by=None)) + in_batches(
        confirmed, lambda rows: rows.update(confirmed_by=None)
    )


def cut_writer(person: Person) -> None:
    Collaboration.objects.filter(created_by=person.pk).update(created_by=None)
    Collaboration.objects.filter(confirmed_by=person.pk).update(confirmed_by=None)


def forget_introducers() -> int:
    past = months_ago(PERSON_MONTHS)
    named = Q(proposed_at__lt=past, proposed_by__isnull=False) | Q(dismissed_at__lt=past, dismissed_by__isnull=False)
    return in_batches(Introduction.objects.filter(named), lambda rows: rows.update(proposed_by=None, dismissed_by=None))


def cut_introducer(person: Person) -> None:
    Introduction.objects.filter(proposed_by=person.pk).update(proposed_by=None)
    Introduction.objects.filter(dismissed_by=person.pk).update(dismissed_by=None)


_KEPT = format_lazy(
    _("Dit navn fjernes {months} måneder efter. Aktørernes navne bliver stående."), months=PERSON_MONTHS
)

tables.add(
    Table(
        "collaboration.Collaboration",
        (
            personal(
                "created_by confirmed_by",
                what=_("At det var dig, der skrev et samarbejde ind eller bekræftede det"),
                why=_("Så aktørerne og huset ved, hvem de kan spørge."),
            ),
            none("id center title purpose actors themes target_groups since until state"),
            none("form learned next_step next_step_owner next_step_on entry_key by_house"),
            none("created_at confirmed_at form_token version"),
        ),
        chapter=Chapter.PLACES,
        kept=_KEPT,
        forget=forget_writers,
        cut=cut_writer,
    ),
    Table("collaboration.CollaborationActor", (none("id collaboration actor"),)),
    Table("collaboration.FormSince", (none("id collaboration form since"),)),
    Table("collaboration.Evidence", (none("id collaboration kind key title on link"),)),
    Table("collaboration.Gathering", (none("id center month gathered_at"),)),
    Table("collaboration.Neighbour", (none("id center neighbour leaves since"),)),
    Table(
        "collaboration.Introduction",
        (
            personal(
                "proposed_by dismissed_by",
                what=_("At det var dig, der foreslog to aktører en kop kaffe eller lod det ligge"),
                why=_("Så huset ved, hvem de to kan spørge."),
            ),
            none("id center week_starts_on first second proposed_at dismissed_at"),
        ),
        chapter=Chapter.PLACES,
        kept=_KEPT,
        forget=forget_introducers,
        cut=cut_introducer,
    ),
)
