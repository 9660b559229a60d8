"""How long common data about people is kept, and the rules that delete it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from dateutil.relativedelta import relativedelta
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from medborger.common import clock
from medborger.common.models import AuditOrigin, Message, MessageState
from medborger.common.privacy import Chapter, Person, Table, none, personal, secret, tables

AUDIT_MONTHS = 24
ORIGIN_DAYS = 30
LETTER_DAYS = 90
LETTER_MONTHS = 24
BATCH = 2_000


def months_ago(months: int) -> datetime:
    """The instant that many calendar months before now, by the clock in Copenhagen."""
    return clock.local(clock.now()) - relativedelta(months=months)


def in_batches(rows: QuerySet[Model], act: Callable[[QuerySet[Model]], object]) -> int:
    """Let `act` delete or change `rows` a few thousand at a time, so that no lock is held for long; gives how many.

    `act` must take the rows out of what `rows` selects.
    """
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        act(rows.model._default_manager.filter(pk__in=keys))
        count += len(keys)
    return count


def delete(rows: QuerySet[Model]) -> int:
    """Delete the rows in batches; gives how many."""
    return in_batches(rows, lambda batch: batch.delete())


# --- the trail ------------------------------------------------------------------------------------------------------


def forget_origins() -> int:
    return delete(AuditOrigin.objects.filter(at__lt=clock.now() - timedelta(days=ORIGIN_DAYS)))


def cut_origins(person: Person) -> None:
    AuditOrigin.objects.filter(audit__person=person.pk).delete()


def forget_audit() -> int:
    """Through the owner's function: the application's role can neither change nor delete the trail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_forget(%s)", [months_ago(AUDIT_MONTHS)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def cut_audit(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_cut_person(%s)", [person.pk])


def forget_admin_log() -> int:
    return delete(LogEntry.objects.filter(action_time__lt=months_ago(AUDIT_MONTHS)))


def cut_admin_log(person: Person) -> None:
    """Entries about the person quote their name."""
    user_type = ContentType.objects.get_for_model(get_user_model())
    LogEntry.objects.filter(content_type=user_type, object_id=str(person.pk)).delete()


# --- sessions -------------------------------------------------------------------------------------------------------


def forget_sessions() -> int:
    return delete(Session.objects.filter(expire_date__lt=clock.now()))


def cut_sessions(person: Person) -> None:
    """The database's copies; what the cache still holds is refused, since the log-in it names is gone."""
    for session in Session.objects.iterator():
        if str(session.get_decoded().get("_auth_user_id", "")) == str(person.pk):
            session.delete()


# --- letters --------------------------------------------------------------------------------------------------------


def forget_letters() -> int:
    """Wipe what was written after 90 days, and drop the bare rows after 24 months."""
    old = Message.objects.filter(created_at__lt=clock.now() - timedelta(days=LETTER_DAYS), body_hash="")
    wiped = in_batches(old.order_by("created_at"), _wipe)
    return wiped + delete(Message.objects.filter(created_at__lt=months_ago(LETTER_MONTHS)))


def cut_letters(person: Person) -> None:
    letters = Message.objects.filter(Q(user=person.pk) | Q(recipient__in=person.addresses))
    letters.filter(state__in=[MessageState.WAITING, MessageState.SENDING]).update(state=MessageState.DROPPED)
    _wipe(letters)


def _wipe(letters: QuerySet[Model]) -> None:
    """Leave of a letter when it went and by which channel, with hashes that can confirm a copy shown later."""
    rows = list(Message.objects.filter(pk__in=letters.values("pk")))
    for row in rows:
        row.body_hash = row.body_hash or _digest(row)
        row.recipient = salted_hmac("medborger.recipient", row.recipient, algorithm="sha256").hexdigest()
        row.subject = row.text = row.link = row.link_label = row.html = row.calendar = ""
        row.unsubscribe = row.error = ""
        row.user = None
    wiped = ("body_hash", "recipient", "subject", "text", "link", "link_label", "html", "calendar", "unsubscribe")
    Message.objects.bulk_update(rows, [*wiped, "error", "user"], batch_size=500)


def _digest(letter: Message) -> str:
    content = (letter.subject, letter.text, letter.link, letter.html, letter.calendar)
    return sha256("\0".join(content).encode()).hexdigest()


tables.add(
    Table("common.Installation", (none("id is_demo created_at"),)),
    Table(
        "common.Message",
        (
            personal(
                "user recipient channel language dedupe_key",
                what=_("Hvem beskeden gik til, og om det var mail eller SMS"),
                why=_("Så beskeden når frem, og kun én gang."),
            ),
            personal(
                "subject text link link_label html calendar unsubscribe error",
                what=_("Det, der stod i beskeden"),
                why=_("Så den kan sendes igen, hvis den ikke kom frem."),
            ),
            none("id center_id body_hash message_id state attempts not_before leased_until"),
            none("created_at sent_at"),
        ),
        chapter=Chapter.LETTERS,
        kept=format_lazy(
            _("Indhold og modtager slettes efter {days} dage. Efter {months} måneder slettes resten."),
            days=LETTER_DAYS,
            months=LETTER_MONTHS,
        ),
        forget=forget_letters,
        cut=cut_letters,
    ),
    Table(
        "common.AuditOrigin",
        (
            personal(
                "network",
                what=_(
                    "Hvilket netværk du brugte. Kun de første tal i dets adresse gemmes, så den ikke peger på dig alene."
                ),
                why=_("Så misbrug kan opdages."),
            ),
            none("audit at"),
        ),
        kept=format_lazy(_("{days} dage"), days=ORIGIN_DAYS),
        forget=forget_origins,
        cut=cut_origins,
    ),
    Table(
        "common.Audit",
        (
            personal(
                "person parameters",
                what=_("Hvem der gjorde hvad og hvornår, fx bookede, flyttede eller aflyste"),
                why=_("Så alle kan se, hvad der er sket med en booking, og så fejl og misbrug kan opklares."),
            ),
            none("id at center_id verb subject subject_id request_id"),
        ),
        kept=format_lazy(_("{months} måneder"), months=AUDIT_MONTHS),
        forget=forget_audit,
        cut=cut_audit,
    ),
    Table(
        "sessions.Session",
        (
            secret(
                "session_key session_data",
                what=_("At du er logget ind i en browser"),
                why=_("Så du ikke skal logge ind på hver side."),
            ),
            none("expire_date"),
        ),
        chapter=Chapter.PERSON,
        kept=_("Til du logger ud, og højst to uger efter dit sidste besøg."),
        forget=forget_sessions,
        cut=cut_sessions,
    ),
    Table(
        "admin.LogEntry",
        (
            personal(
                "user object_repr change_message",
                what=_("Hvad den, der driver siden, har rettet i opsætningen"),
                why=_("Så en fejl i opsætningen kan findes."),
            ),
            none("id action_time content_type object_id action_flag"),
        ),
        kept=format_lazy(_("{months} måneder"), months=AUDIT_MONTHS),
        forget=forget_admin_log,
        cut=cut_admin_log,
    ),
    Table("auth.Permission", (none("id name content_type codename"),)),
    Table("auth.Group", (none("id name permissions"),)),
    Table("contenttypes.ContentType", (none("id app_label model"),)),
)
