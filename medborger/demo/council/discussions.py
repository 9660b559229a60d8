"""What is said about a motion in a story."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from actors.council.actions import discussion
from actors.council.models import Comment, Motion
from medborger.demo.council.stage import Cue, Stage


def talk(stage: Stage, motion: Motion, key: str) -> None:
    """Everybody says what the texts hold under `key`: for a seat, or as staff."""
    stage.play(
        Cue(stage.moment(words["day"], words["wall"]), partial(_say, stage, motion, words))
        for words in stage.texts["comments"][key]
    )


def _say(stage: Stage, motion: Motion, words: Mapping[str, Any]) -> None:
    name = words.get("seat", "")
    by = stage.on(name) if name else stage.staff(words["staff"])
    said = discussion.comment(motion=motion, seat=stage.seats[name] if name else None, text=words["text"], by=by)
    if "edited" in words:
        with stage.at(words["edited_day"], words["edited_wall"]):
            discussion.edit_comment(comment=_read(said), text=words["edited"], by=by)


def _read(comment: Comment) -> Comment:
    return Comment.objects.select_related("motion").get(pk=comment.pk)
