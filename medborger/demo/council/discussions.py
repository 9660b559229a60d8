"""Comments on a motion."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from actors.council.discussion import actions
from actors.council.models import Comment, Motion
from medborger.demo.council.council_timeline import CouncilTimeline
from medborger.demo.timeline import Step


def moved(timeline: CouncilTimeline, key: str, days: int, wall: str) -> Motion:
    """A motion that is put to the council, with what its texts say that everybody said: for a seat, or as staff."""
    motion = timeline.move(key, days, wall)
    timeline.run(
        Step(timeline.moment(words["day"], words["wall"]), partial(_say, timeline, motion, words))
        for words in timeline.texts["comments"].get(key, [])
    )
    return motion


def _say(timeline: CouncilTimeline, motion: Motion, words: Mapping[str, Any]) -> None:
    name = words.get("seat", "")
    by = timeline.on(name) if name else timeline.staff(words["staff"])
    said = actions.comment(motion=motion, seat=timeline.seats[name] if name else None, text=words["text"], by=by)
    if "edited" in words:
        with timeline.at(words["edited_day"], words["edited_wall"]):
            actions.edit_comment(comment=_read(said), text=words["edited"], by=by)


def _read(comment: Comment) -> Comment:
    return Comment.objects.select_related("motion").get(pk=comment.pk)
