"""The house's rules. What a rule said on a day is what its newest version in force that day says."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.council.models.motions import SHORT, WhenAndWhere
from actors.council.querysets import HouseRuleQuerySet, RuleVersionQuerySet
from centers.models import Center, Room


class HouseRule(models.Model):
    """A rule's number in its house; it keeps it through all its versions."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="house_rules")
    number = models.PositiveSmallIntegerField(_("nummer"))

    objects = HouseRuleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("husregel"), _("husregler")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="house_rule_number_once", fields=["center", "number"])]

    def __str__(self) -> str:
        return str(_("Husregel %(number)s") % {"number": self.number})


class HouseRuleVersion(WhenAndWhere):
    """A rule from a day on; never changed. One that `repeals` says that the rule is no more."""

    append_only: ClassVar = True

    rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("overskrift"), max_length=100)
    text = models.TextField(_("tekst"), blank=True)
    short = models.CharField(_("i én linje"), max_length=SHORT, blank=True)
    rooms = models.ManyToManyField(Room, through="RuleRoom", related_name="+", verbose_name=_("lokaler"))
    repeals = models.BooleanField(default=False)
    in_force_on = models.DateField(_("gælder fra"))
    motion = models.OneToOneField("council.Motion", null=True, on_delete=models.PROTECT, related_name="rule_made")
    created_at = models.DateTimeField()

    objects = RuleVersionQuerySet.as_manager()
    room_ids: list[int]  # annotated by `with_room_ids`, as the next two
    part_ids: list[int]
    whole_ids: list[int]

    class Meta:
        verbose_name, verbose_name_plural = _("husregel, som den lyder"), _("husregler, som de lyder")
        ordering = ["rule", "number"]
        constraints = [
            *WhenAndWhere.Meta.constraints,
            models.UniqueConstraint(name="rule_version_number_once", fields=["rule", "number"]),
            models.CheckConstraint(name="rule_version_says_something", condition=Q(repeals=True) | ~Q(text="")),
        ]
        indexes = [models.Index(fields=["rule", "-in_force_on", "-number"], name="rule_version_of_day")]


class RuleRoom(models.Model):
    """A room that a version of a rule is about."""

    append_only: ClassVar = True

    version = models.ForeignKey(HouseRuleVersion, on_delete=models.PROTECT)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="rule_room_once", fields=["version", "room"])]
