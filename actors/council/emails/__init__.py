"""Who is told what about the council's business."""

from actors.council.emails import ballots, enforcement, motions, seats

__all__ = ["ballots", "enforcement", "motions", "seats"]
