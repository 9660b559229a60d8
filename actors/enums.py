"""Choices about actors and people: kinds, ties and roles, in the report's terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """The kinds of actors that the report's four houses gather (Figures 3 to 6)."""

    ASSOCIATION = "association", _("Forening")
    RESIDENT_GROUP = "resident_group", _("Beboergruppe")
    HOUSING_ASSOCIATION = "housing_association", _("Boligorganisation")
    ESTATE_SECTION = "estate_section", _("Boligafdeling")
    AREA_PLAN = "area_plan", _("Helhedsplan")
    MUNICIPAL = "municipal", _("Kommune")
    OUTREACH = "outreach", _("Fremskudt indsats")
    LIBRARY = "library", _("Bibliotek")
    REGION = "region", _("Region")
    HEALTH = "health", _("Sundhedstilbud")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Socialøkonomisk virksomhed")
    BUSINESS = "business", _("Virksomhed")
    POLICE = "police", _("Politi")
    FOUNDATION = "foundation", _("Fond")
    OTHER = "other", _("Andet")


class Sector(models.TextChoices):
    """Which part of society an actor comes from: the report calls for work across them (S13-15); which kind is whose is ours to say."""

    CIVIL = "civil", _("Foreninger og beboere")
    HOUSING = "housing", _("Boligområdet")
    PUBLIC = "public", _("Det offentlige")
    BUSINESS = "business", _("Virksomheder")


# A kind that stands in no sector ("Andet") does not make a collaboration one across them.
KINDS_OF: dict[Sector, frozenset[ActorKind]] = {
    Sector.CIVIL: frozenset({ActorKind.ASSOCIATION, ActorKind.RESIDENT_GROUP, ActorKind.FOUNDATION}),
    Sector.HOUSING: frozenset({ActorKind.HOUSING_ASSOCIATION, ActorKind.ESTATE_SECTION, ActorKind.AREA_PLAN}),
    Sector.PUBLIC: frozenset(
        {
            ActorKind.MUNICIPAL,
            ActorKind.OUTREACH,
            ActorKind.LIBRARY,
            ActorKind.REGION,
            ActorKind.HEALTH,
            ActorKind.POLICE,
        }
    ),
    Sector.BUSINESS: frozenset({ActorKind.SOCIAL_ENTERPRISE, ActorKind.BUSINESS}),
}


class Tie(models.TextChoices):
    """How an actor belongs to a house (S130-134)."""

    FIXED = "fixed", _("Fast base i huset")
    AD_HOC = "ad_hoc", _("Bruger huset efter behov")
    EXTERNAL = "external", _("Udefra")


class ActorRole(models.TextChoices):
    """What a person is in an actor. A contact invites and ends the actor's people."""

    MEMBER = "member", _("Medlem")
    CONTACT = "contact", _("Kontaktperson")


class Role(models.TextChoices):
    """What a person does in a house. Admin runs the installation and is a mark on the user, not a role here."""

    STAFF = "staff", _("Medarbejder")
    BOOKING_ADMIN = "booking_admin", _("Bookingansvarlig")
    COORDINATOR = "coordinator", _("Koordinator")
    MANAGER = "manager", _("Leder")


# staff < booking administrator, coordinator < manager < admin
RANK = {Role.STAFF: 1, Role.BOOKING_ADMIN: 2, Role.COORDINATOR: 2, Role.MANAGER: 3}
ADMIN_RANK = 4
# Who holds the coordinating function (S1666-80).
COORDINATING_ROLES = frozenset({Role.COORDINATOR, Role.MANAGER})
# The roles that may do desk work: everything a medarbejder may.
STAFF_ROLES = frozenset({Role.STAFF, Role.BOOKING_ADMIN, Role.COORDINATOR, Role.MANAGER})


class ActorEvent(models.TextChoices):
    """What the audit trail says was done to people and their ties."""

    INVITED = "invitation.sent", _("Inviteret")
    ACCEPTED = "invitation.accepted", _("Invitation modtaget")
    WITHDRAWN = "invitation.withdrawn", _("Invitation trukket tilbage")
    ROLE_GIVEN = "role.given", _("Rolle givet")
    ROLE_ENDED = "role.ended", _("Rolle fjernet")
    MEMBERSHIP_ENDED = "membership.ended", _("Medlemskab afsluttet")
    DUTY_ENTERED = "duty.entered", _("Vagt skrevet ind")
    DUTY_ENDED = "duty.ended", _("Vagt fjernet")
    DUTY_SHOWN = "duty.shown", _("Visning af vagt valgt")
    PROFILE_SAVED = "user.profile_saved", _("Oplysninger gemt")
    PASSWORD_SET = "user.password_set", _("Adgangskode valgt")
    ADDRESS_CHANGED = "user.address_changed", _("Mail eller telefon ændret")
    ERASED = "user.erased", _("Bruger slettet")
