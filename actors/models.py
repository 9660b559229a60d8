"""People and organisations: who is in the house, and who may act for whom. Organisering in the report's figure 1."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, gettext_lazy as _

from actors.enums import ActorKind, ActorRole, Role, Tie
from actors.managers import UserManager
from actors.querysets import (
    ActorQuerySet,
    AffiliationQuerySet,
    CenterRoleQuerySet,
    DutyQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
)
from centers.models import Center, Room, slug_shape
from medborger.common.names import sort_key
from medborger.common.validators import no_control_characters, no_personal_number

e164 = RegexValidator(r"^\+[1-9]\d{6,14}\Z", _("Skriv nummeret som +45 og otte cifre."))


class User(AbstractBaseUser):
    """A person with a log-in: a mail address, a phone number, or both; many users have only a phone."""

    email = models.EmailField(_("mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("telefon"), max_length=16, unique=True, null=True, blank=True, validators=[e164])
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("navn"), max_length=80, validators=[no_personal_number, no_control_characters])
    photo = models.ImageField(_("foto"), upload_to="people/", blank=True)
    language = models.CharField(_("sprog"), max_length=2, default="da", choices=[("da", "Dansk"), ("en", "English")])
    notices_by_sms = models.BooleanField(_("beskeder på SMS"), default=False)
    is_admin = models.BooleanField(_("driver installationen"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    seen_on = models.DateField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name, verbose_name_plural = _("bruger"), _("brugere")
        constraints = [
            models.CheckConstraint(
                name="user_can_be_reached",
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(erased_at__isnull=False),
                violation_error_message=_("Skriv en mailadresse eller et telefonnummer."),
            ),
            models.CheckConstraint(
                name="user_email_in_lower_case", condition=Q(email=None) | Q(email__regex=r"^[^A-Z]*$")
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or str(_("tidligere bruger"))

    @property
    def is_reachable(self) -> bool:
        """Letters can go to the person."""
        return self.is_active and self.erased_at is None and bool(self.email or self.phone)

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    # The Django admin asks these; it is read-only wherever an action exists.
    @property
    def is_staff(self) -> bool:
        return self.is_admin

    @property
    def is_superuser(self) -> bool:
        return self.is_admin

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and self.is_admin

    def has_perms(self, perms: Any, obj: Any = None) -> bool:
        return self.is_active and self.is_admin

    def has_module_perms(self, label: str) -> bool:
        return self.is_active and self.is_admin


class Reference(models.Model):
    """A word from a short list that all houses share, in both languages."""

    slug = models.CharField(max_length=40, unique=True, validators=[slug_shape])
    name = models.CharField(_("navn"), max_length=60)
    name_en = models.CharField(_("navn på engelsk"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Theme(Reference):
    """What an activity is about (Emne)."""

    class Meta(Reference.Meta):
        verbose_name, verbose_name_plural = _("emne"), _("emner")


class TargetGroup(Reference):
    """Whom an activity is for (For hvem)."""

    class Meta(Reference.Meta):
        verbose_name, verbose_name_plural = _("målgruppe"), _("målgrupper")


class Actor(models.Model):
    """Anyone with a part in a house: an association, a municipal service, a social enterprise … (S130-134)."""

    name = models.CharField(_("navn"), max_length=80)
    sort_key = models.CharField(max_length=120, editable=False)
    kind = models.CharField(_("slags"), max_length=20, choices=ActorKind)
    area = models.CharField(_("område"), max_length=80, blank=True)
    about = models.TextField(_("om"), max_length=600, blank=True, validators=[no_personal_number])
    themes = models.ManyToManyField(Theme, blank=True, related_name="actors", verbose_name=_("emner"))
    target_groups = models.ManyToManyField(TargetGroup, blank=True, related_name="actors", verbose_name=_("for hvem"))
    shown_publicly = models.BooleanField(_("vises offentligt"), default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("aktør"), _("aktører")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class Affiliation(models.Model):
    """An actor's tie to a house; who owns, leads or funds the house is here too, not on the house."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="affiliations")
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="affiliations")
    tie = models.CharField(_("tilknytning"), max_length=8, choices=Tie, default=Tie.AD_HOC)
    owns = models.BooleanField(_("ejer huset"), default=False)
    leads = models.BooleanField(_("leder huset"), default=False)
    funds = models.BooleanField(_("betaler til huset"), default=False)
    tenant = models.BooleanField(_("husets lejer"), default=False)
    since = models.DateField(_("fra"))
    until = models.DateField(_("til"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("tilknytning"), _("tilknytninger")
        constraints = [
            models.UniqueConstraint(
                name="affiliation_once_at_a_time", fields=["actor", "center"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="affiliation_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]


class Membership(models.Model):
    """A person's place in an actor. Seen only by the actor's own people and by those who must: it can reveal faith or origin."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rolle"), max_length=7, choices=ActorRole, default=ActorRole.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("medlemskab"), _("medlemskaber")
        constraints = [
            models.UniqueConstraint(
                name="membership_once_at_a_time", fields=["user", "actor"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="membership_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]


class CenterRole(models.Model):
    """A person's role in a house, in force from the next request on and until it is ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="center_roles")
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("rolle"), max_length=13, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = CenterRoleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("rolle"), _("roller")
        constraints = [
            models.UniqueConstraint(
                name="center_role_once_at_a_time", fields=["user", "center", "role"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="center_role_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]


class RoomHolder(models.Model):
    """The actor that a room belongs to (S2221-26): only it and staff book the room when it is not bookable for all."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="holder")
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="rooms")

    class Meta:
        verbose_name, verbose_name_plural = _("lokalets aktør"), _("lokalernes aktører")


class Duty(models.Model):
    """Who is at the desk, from when to when; first name and photo are public only by the person's own choice."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="duties")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duties")
    starts_at = models.DateTimeField(_("fra"))
    ends_at = models.DateTimeField(_("til"))
    show_first_name = models.BooleanField(_("vis fornavn"), default=False)
    show_photo = models.BooleanField(_("vis foto"), default=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("vagt"), _("vagter")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(name="duty_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="duty_one_at_a_time",
                expressions=[
                    ("user", "="),
                    (
                        Func(
                            F("starts_at"),
                            F("ends_at"),
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
            ),
        ]


class Invitation(models.Model):
    """An open door for one person: into a house with a role, or into an actor. The token is stored hashed, and used once."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="invitations")
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=13)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True, validators=[e164])
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitationer")
        constraints = [
            models.CheckConstraint(name="invitation_has_address", condition=~Q(email="") | ~Q(phone="")),
            models.UniqueConstraint(
                name="invitation_open_once",
                fields=["center", "actor", "role", "email", "phone"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                nulls_distinct=False,
            ),
        ]
