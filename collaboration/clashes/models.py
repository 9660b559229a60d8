"""Two events at the same time, for the same people, about the same: seen before they compete (S2040-57)."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from centers.models import Center
from collaboration.clashes.enums import ClashState
from collaboration.clashes.querysets import ClashQuerySet
from medborger.common.validators import no_hidden_characters, no_personal_number

MESSAGE_LENGTH = 1_000
ANSWER_LENGTH = 400
# A CHECK holds such a key to `first` or `second`, which hold it to a booking.
ONE_OF_THEM: dict[str, Any] = {
    "blank": True,
    "on_delete": models.PROTECT,
    "related_name": "+",
    "db_index": False,
    "db_constraint": False,
}


def _text(length: int) -> dict[str, Any]:
    return {"blank": True, "validators": [no_personal_number, no_hidden_characters, MaxLengthValidator(length)]}


def _done() -> Q:
    return ~Q(state__in=[ClashState.OPEN, ClashState.GONE])


class Clash(models.Model):
    """Two events of different actors that overlap, in one house or in neighbouring ones, with a theme and a target group in common.

    `second` was made later, and `center` is its house; `first_center` that of the other. `side` is the event whose actor did what
    the state says (asked, moved, let it stand), `kept` the one that shall remain, or remained, when they are made one, and
    `declined` the one whose actor asked and was told no. Composite keys (center, second) and (first_center, first) hold the houses
    to the events. What was done, and by whom, is in the audit trail.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.ForeignKey(
        Booking, on_delete=models.PROTECT, related_name="+", db_constraint=False, verbose_name=_("det første")
    )
    second = models.ForeignKey(
        Booking, on_delete=models.PROTECT, related_name="+", db_constraint=False, verbose_name=_("det andet")
    )
    state = models.CharField(max_length=6, choices=ClashState, default=ClashState.OPEN)
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    side = models.ForeignKey(Booking, null=True, **ONE_OF_THEM)
    kept = models.ForeignKey(Booking, null=True, **ONE_OF_THEM)
    declined = models.ForeignKey(Booking, null=True, **ONE_OF_THEM)
    message = models.TextField(_("besked"), **_text(MESSAGE_LENGTH))
    answer = models.TextField(_("svar"), **_text(ANSWER_LENGTH))
    version = models.PositiveIntegerField(default=1)

    # What `with_what_they_share` and `with_who_did_it` add.
    shared_themes: list[str]
    shared_groups: list[str]
    done_by: int | None

    objects = ClashQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("sammenfald"), _("sammenfald")
        constraints = [
            models.UniqueConstraint(name="clash_once", fields=["first", "second"]),
            models.CheckConstraint(name="clash_in_one_order", condition=Q(first__lt=F("second"))),
            *(
                models.CheckConstraint(
                    name=f"clash_{key}_is_one_of_them",
                    condition=Q(**{key: None}) | Q(**{key: F("first")}) | Q(**{key: F("second")}),
                )
                for key in ("side", "kept", "declined")
            ),
            models.CheckConstraint(
                name="clash_done_by_a_side",
                condition=Q(state=ClashState.GONE)
                | Q(state=ClashState.OPEN, side=None)
                | _done() & Q(side__isnull=False),
            ),
            models.CheckConstraint(
                name="clash_keeps_one_when_made_one",
                condition=Q(state__in=[ClashState.ASKED, ClashState.MERGED], kept__isnull=False)
                | (~Q(state__in=[ClashState.ASKED, ClashState.MERGED]) & Q(kept=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["center", "-changed_at", "-id"], name="clash_of_house"),
            models.Index(fields=["first_center", "-changed_at", "-id"], name="clash_of_first_house"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    @property
    def events(self) -> tuple[Booking, Booking]:
        return self.first, self.second

    def other(self, event: Booking) -> Booking:
        """The one that `event` meets."""
        return self.second if event.pk == self.first_id else self.first
