"""Minutes are kept; of who was at a meeting, the actor stays and the person is cut (docs/security.md, "Privacy")."""

from django.db.models import Model, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from actors.meetings.models import ActionPoint, Meeting, Participant
from medborger.common.forget import in_batches, months_ago
from medborger.common.privacy import Chapter, Person, Table, none, personal, sensitive, tables

PERSON_MONTHS = 60


def forget_participants() -> int:
    past = Participant.objects.filter(meeting__ends_at__lt=months_ago(PERSON_MONTHS), user__isnull=False)
    return in_batches(past, lambda places: places.update(user=None))


def cut_participant(person: Person) -> None:
    Participant.objects.filter(user=person.pk).update(user=None)


def forget_makers() -> int:
    """Who made a meeting, and who approved its minutes."""
    past = Meeting.objects.filter(ends_at__lt=months_ago(PERSON_MONTHS))
    made = in_batches(past.filter(created_by__isnull=False), lambda meetings: meetings.update(created_by=None))
    approved = in_batches(
        past.filter(minutes_approved_by__isnull=False), lambda meetings: meetings.update(minutes_approved_by=None)
    )
    return made + approved


def cut_maker(person: Person) -> None:
    Meeting.objects.filter(created_by=person.pk).update(created_by=None)
    Meeting.objects.filter(minutes_approved_by=person.pk).update(minutes_approved_by=None)


def forget_point_people() -> int:
    """Who owned, wrote and closed an action point: the house answers for it then."""
    past = ActionPoint.objects.filter(meeting__ends_at__lt=months_ago(PERSON_MONTHS))
    known = Q(owner_user__isnull=False) | Q(done_by__isnull=False) | Q(created_by__isnull=False)
    return in_batches(past.filter(known), _cut_point_people)


def cut_point_people(person: Person) -> None:
    ActionPoint.objects.filter(owner_user=person.pk).update(owner_user=None, owner_house=True)
    ActionPoint.objects.filter(done_by=person.pk).update(done_by=None)
    ActionPoint.objects.filter(created_by=person.pk).update(created_by=None)


def _cut_point_people(points: QuerySet[Model]) -> None:
    points.filter(owner_user__isnull=False).update(owner_user=None, owner_house=True)
    points.update(done_by=None, created_by=None)


_KEPT = format_lazy(_("Dit navn fjernes {months} måneder efter mødet. Referatet bliver stående."), months=PERSON_MONTHS)

tables.add(
    Table(
        "meetings.Meeting",
        (
            personal(
                "created_by minutes_approved_by",
                what=_("At det var dig, der oprettede et møde eller godkendte dets referat"),
                why=_("Så de, der er med, ved, hvem de kan spørge."),
            ),
            none("id center circle title starts_at ends_at room place state convened_at"),
            none("slots_moved_at minutes_approved_at minutes_sent_at form_token version sequence"),
            none("created_at"),
        ),
        chapter=Chapter.PLACES,
        kept=_KEPT,
        forget=forget_makers,
        cut=cut_maker,
    ),
    Table(
        "meetings.AgendaItem",
        (
            none("id meeting position title text kind minutes_needed owner audience about"),
            none("version minutes decision minutes_version minutes_saved_at carried_from"),
        ),
    ),
    Table("meetings.AgendaItemActor", (none("id item actor"),)),
    Table(
        "meetings.Participant",
        (
            sensitive(
                "user actors capacity answer present told",
                what=_("Hvilke møder du er indkaldt til og for hvem, hvad du svarede, og om du kom"),
                why=_("Så I kan komme til det, der er for jer, og så det kan ses, hvem der var med til at beslutte."),
            ),
            none("id meeting"),
        ),
        chapter=Chapter.PLACES,
        kept=_KEPT,
        forget=forget_participants,
        cut=cut_participant,
    ),
    Table(
        "meetings.ActionPoint",
        (
            personal(
                "owner_user done_by created_by",
                what=_("At en opgave fra et møde er din, og at det var dig, der skrev den ned eller meldte den løst"),
                why=_("Så du kan blive mindet om den, og så de andre ved, at den er løst."),
            ),
            none("id center meeting item title owner_actor owner_house agreed due_on"),
            none("reminded_on done_at form_token version created_at"),
        ),
        chapter=Chapter.PLACES,
        kept=_KEPT,
        forget=forget_point_people,
        cut=cut_point_people,
    ),
)
