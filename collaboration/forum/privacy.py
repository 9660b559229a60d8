"""Of who held a forum and who proposed what, the actor stays and the person is cut (docs/security.md, "Privacy")."""

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from collaboration.forum.models import Forum, ProposedItem
from medborger.common.forget import in_batches, months_ago
from medborger.common.privacy import Chapter, Person, Table, none, personal, tables

HOLDER_MONTHS = 12
PROPOSER_MONTHS = 24


def forget_holders() -> int:
    past = Forum.objects.filter(holder_until__lt=months_ago(HOLDER_MONTHS).date(), holder__isnull=False)
    return in_batches(past, lambda forums: forums.update(holder=None))


def cut_holder(person: Person) -> None:
    Forum.objects.filter(holder=person.pk).update(holder=None)


def forget_proposers() -> int:
    past = ProposedItem.objects.filter(proposed_at__lt=months_ago(PROPOSER_MONTHS))
    named = past.filter(Q(proposed_by__isnull=False) | Q(declined_by__isnull=False))
    return in_batches(named, lambda items: items.update(proposed_by=None, declined_by=None))


def cut_proposer(person: Person) -> None:
    ProposedItem.objects.filter(proposed_by=person.pk).update(proposed_by=None)
    ProposedItem.objects.filter(declined_by=person.pk).update(declined_by=None)


tables.add(
    Table(
        "forum.Forum",
        (
            personal(
                "holder holder_until",
                what=_("At du er tovholder for husets koordinerende forum, og hvornår du stopper"),
                why=_("Så forums aktører ved, hvem de kan spørge, og så forum ikke går i stå, når du stopper."),
            ),
            none("id center name rhythm every weekday nth counts_from start length room"),
            none("place founded_on version"),
        ),
        chapter=Chapter.PLACES,
        kept=format_lazy(
            _("Til en anden er tovholder, og højst {months} måneder efter din sidste dag."), months=HOLDER_MONTHS
        ),
        forget=forget_holders,
        cut=cut_holder,
    ),
    Table("forum.ForumMember", (none("id forum actor since until"),)),
    Table(
        "forum.ProposedItem",
        (
            personal(
                "proposed_by declined_by",
                what=_("At det var dig, der foreslog et punkt til forum eller sagde nej til det"),
                why=_("Så du kan få svar på dit forslag."),
            ),
            none("id center title text kind minutes_needed owner audience about"),
            none("proposed_for proposed_at reached_at withdrawn_at declined_at reason form_token"),
        ),
        chapter=Chapter.PLACES,
        kept=format_lazy(_("Dit navn fjernes efter {months} måneder."), months=PROPOSER_MONTHS),
        forget=forget_proposers,
        cut=cut_proposer,
    ),
)
