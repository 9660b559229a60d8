"""Who is told what about the council's business."""

from actors.council.emails import ballots

__all__ = ["ballots"]
