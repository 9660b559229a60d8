"""How long the platform keeps what it knows about people and their ties, and the rules that delete it."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from actors import emails
from actors.erasure import blank, erase
from actors.models import CenterRole, Duty, Invitation, Membership, User
from medborger.common import clock
from medborger.common.forget import delete, months_ago
from medborger.common.messaging import outbox
from medborger.common.privacy import Chapter, Person, Table, none, personal, secret, sensitive, tables

USER_MONTHS = 24
WARNING_MONTHS = 1
TIE_MONTHS = 12
INVITATION_DAYS = 30
DUTY_DAYS = 90


# --- users ----------------------------------------------------------------------------------------------------------


def forget_users() -> int:
    """Erase who has not been here for 24 months and was warned a month before; warn who comes near it."""
    erased = 0
    warned_in_time = Q(warned_at__lte=months_ago(WARNING_MONTHS))
    for user in unused_for(USER_MONTHS).filter(warned_in_time):
        erase(user=user, by=None)
        erased += 1
    for user in unused_for(USER_MONTHS - WARNING_MONTHS).filter(warned_at=None):
        warn(user=user)
    return erased


def unused_for(months: int) -> QuerySet[User]:
    """The users who were last seen, or made and never seen, at least that many months ago."""
    limit = months_ago(months)
    unseen = Q(seen_on__lte=limit.date()) | Q(seen_on=None, joined_at__lte=limit)
    return User.objects.filter(unseen, erased_at=None).order_by("pk")


@transaction.atomic
def warn(*, user: User) -> None:
    """Write to the person that the user will be erased in a month unless they log in."""
    user.warned_at = clock.now()
    user.save(update_fields=["warned_at"])
    outbox.post([emails.unused(user)])


# --- ties -----------------------------------------------------------------------------------------------------------


def _long_ended() -> date:
    return clock.today() - relativedelta(months=TIE_MONTHS)


def forget_memberships() -> int:
    return delete(Membership.objects.filter(until__lte=_long_ended()))


def forget_roles() -> int:
    return delete(CenterRole.objects.filter(until__lte=_long_ended()))


def forget_duties() -> int:
    return delete(Duty.objects.filter(ends_at__lt=clock.now() - timedelta(days=DUTY_DAYS)))


def forget_invitations() -> int:
    """Those that have been over for a month: used, withdrawn, or run out."""
    limit = clock.now() - timedelta(days=INVITATION_DAYS)
    over = Q(accepted_at__lt=limit) | Q(withdrawn_at__lt=limit) | Q(expires_at__lt=limit)
    return delete(Invitation.objects.filter(over))


def cut_invitations(person: Person) -> None:
    addressed = Q(email__in=person.addresses) | Q(phone__in=person.addresses)
    Invitation.objects.filter(addressed | Q(accepted_by=person.pk)).delete()
    Invitation.objects.filter(invited_by=person.pk).update(invited_by=None)


def cut_memberships(person: Person) -> None:
    Membership.objects.filter(user=person.pk).delete()


def cut_roles(person: Person) -> None:
    CenterRole.objects.filter(user=person.pk).delete()


def cut_duties(person: Person) -> None:
    Duty.objects.filter(user=person.pk).delete()


def cut_emails(person: Person) -> None:
    EmailAddress.objects.filter(user=person.pk).delete()


def cut_second_factors(person: Person) -> None:
    Authenticator.objects.filter(user=person.pk).delete()


_LIKE_USER = format_lazy(
    _("Til din bruger slettes: {months} måneder efter dit sidste besøg. Vi skriver til dig en måned før."),
    months=USER_MONTHS,
)

tables.add(
    Table(
        "actors.User",
        (
            personal(
                "name photo",
                what=_("Dit navn, og et foto, hvis du selv har lagt det op"),
                why=_("Så din forening og husets medarbejdere ved, hvem du er."),
            ),
            personal(
                "email phone phone_verified_at",
                what=_("Din mailadresse, dit telefonnummer eller begge dele"),
                why=_("Så du kan logge ind og få besked om dine bookinger."),
            ),
            personal(
                "language notices_by_sms",
                what=_("Dit sprog, og om du vil have beskeder på SMS"),
                why=_("Så vi skriver til dig, som du ønsker det."),
            ),
            personal(
                "is_admin is_active joined_at seen_on last_login warned_at erased_at",
                what=_("Hvornår din bruger blev lavet, og hvilken dag du sidst var her"),
                why=_("Så brugere, der ikke bliver brugt, kan slettes."),
            ),
            secret(
                "password",
                what=_("Din adgangskode, hvis du har valgt en. Den gemmes, så ingen kan læse den."),
                why=_("Så kun du kan logge ind."),
            ),
            none("id"),
        ),
        chapter=Chapter.PERSON,
        kept=format_lazy(
            _("{months} måneder efter dit sidste besøg. Vi skriver til dig en måned før."), months=USER_MONTHS
        ),
        forget=forget_users,
        cut=blank,
    ),
    Table(
        "account.EmailAddress",
        (
            personal(
                "user email verified primary",
                what=_("De mailadresser, du har bekræftet"),
                why=_("Så vi kan sende koder, når du logger ind."),
            ),
            none("id"),
        ),
        chapter=Chapter.PERSON,
        kept=_LIKE_USER,
        forget=forget_users,
        cut=cut_emails,
    ),
    Table(
        "account.EmailConfirmation",
        (
            secret(
                "email_address key",
                what=_("Nøglen i et link, der bekræfter en mailadresse"),
                why=_("Så kun den, der kan læse mailen, kan bekræfte den."),
            ),
            none("id created sent"),
        ),
        chapter=Chapter.PERSON,
        kept=_LIKE_USER,
        forget=forget_users,
        cut=cut_emails,
    ),
    Table(
        "mfa.Authenticator",
        (
            secret(
                "user type data last_used_at",
                what=_("Det, der genkender din kode-app eller adgangsnøgle, når du logger ind i to trin"),
                why=_("Så ingen andre kan bruge din adgang til huset."),
            ),
            none("id created_at"),
        ),
        chapter=Chapter.PERSON,
        kept=_LIKE_USER,
        forget=forget_users,
        cut=cut_second_factors,
    ),
    Table(
        "actors.Membership",
        (
            sensitive(
                "user actor role since until",
                what=_("Hvilke foreninger og andre aktører du er med i. Det kan fx vise din tro eller din baggrund."),
                why=_("Så du kan booke for dem. Kun dine egne og husets medarbejdere kan se det."),
            ),
            none("id"),
        ),
        chapter=Chapter.PLACES,
        kept=format_lazy(_("{months} måneder efter, at du er holdt op"), months=TIE_MONTHS),
        forget=forget_memberships,
        cut=cut_memberships,
    ),
    Table(
        "actors.CenterRole",
        (
            personal(
                "user center role since until",
                what=_("Hvilke opgaver du har i et hus, fx medarbejder eller leder"),
                why=_("Så du kan gøre dit arbejde her, og ingen kan mere, end de skal."),
            ),
            none("id"),
        ),
        chapter=Chapter.PLACES,
        kept=format_lazy(_("{months} måneder efter, at du er holdt op"), months=TIE_MONTHS),
        forget=forget_roles,
        cut=cut_roles,
    ),
    Table(
        "actors.Duty",
        (
            personal(
                "user starts_at ends_at show_first_name show_photo",
                what=_("Hvornår du har vagt i huset, og om du vil vises med fornavn og foto"),
                why=_("Så de, der kommer, kan se, hvem der er der. Du vælger selv, om du vil vises."),
            ),
            none("id center"),
        ),
        chapter=Chapter.PLACES,
        kept=format_lazy(_("{days} dage efter vagten"), days=DUTY_DAYS),
        forget=forget_duties,
        cut=cut_duties,
    ),
    Table(
        "actors.Invitation",
        (
            personal(
                "email phone invited_by accepted_by role",
                what=_("Hvem der er inviteret, til hvad og af hvem"),
                why=_("Så kun den, der er inviteret, kan komme ind."),
            ),
            secret(
                "token_hash",
                what=_("Nøglen i invitationens link. Den gemmes, så ingen kan læse den."),
                why=_("Så linket kun virker for den, der har fået det."),
            ),
            none("id center actor created_at expires_at accepted_at withdrawn_at"),
        ),
        chapter=Chapter.PLACES,
        kept=format_lazy(_("{days} dage efter, at den er brugt, trukket tilbage eller udløbet"), days=INVITATION_DAYS),
        forget=forget_invitations,
        cut=cut_invitations,
    ),
    Table("actors.Theme", (none("id slug name name_en position"),)),
    Table("actors.TargetGroup", (none("id slug name name_en position"),)),
    Table(
        "actors.Actor",
        (
            none("id name sort_key kind area about themes target_groups shown_publicly"),
            none("retired_at"),
        ),
    ),
    Table(
        "actors.Affiliation",
        (none("id actor center tie owns leads funds tenant since until"),),
    ),
    Table("actors.RoomHolder", (none("id room actor"),)),
)
