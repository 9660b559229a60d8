"""What is said about a motion in a story."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from actors.council.discussion import actions
from actors.council.models import Comment, Motion
from medborger.demo.council.stage import Stage
from medborger.demo.scene import Cue


def moved(stage: Stage, key: str, days: int, wall: str) -> Motion:
    """A motion that is put to the council, with what its texts say that everybody said: for a seat, or as staff."""
    motion = stage.move(key, days, wall)
    stage.play(
        Cue(stage.moment(words["day"], words["wall"]), partial(_say, stage, motion, words))
        for words in stage.texts["comments"].get(key, [])
    )
    return motion


def _say(stage: Stage, motion: Motion, words: Mapping[str, Any]) -> None:
    name = words.get("seat", "")
    by = stage.on(name) if name else stage.staff(words["staff"])
    said = actions.comment(motion=motion, seat=stage.seats[name] if name else None, text=words["text"], by=by)
    if "edited" in words:
        with stage.at(words["edited_day"], words["edited_wall"]):
            actions.edit_comment(comment=_read(said), text=words["edited"], by=by)


def _read(comment: Comment) -> Comment:
    return Comment.objects.select_related("motion").get(pk=comment.pk)
