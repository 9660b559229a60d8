"""Reading collaborations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from collaboration.enums import CONFIRMED

if TYPE_CHECKING:
    from collaboration.models import Collaboration


class CollaborationQuerySet(models.QuerySet["Collaboration"]):
    def confirmed(self) -> Self:
        """Those that count in figures."""
        return self.filter(state__in=CONFIRMED)
