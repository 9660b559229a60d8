"""A motion with all that its page shows, read in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from actors.council.ballots.charts import VoteBar
from actors.council.enums import AmendmentState, MotionKind, MotionState, RecusalState, Verdict
from actors.council.member import CouncilMember
from actors.council.models import (
    Amendment,
    Comment,
    CommentEdit,
    HouseRuleVersion,
    Motion,
    MotionFigure,
    MotionText,
    Recusal,
    Result,
    RuleRoom,
)
from actors.council.motions.excerpts import before_and_after, excerpt, mark_overlaps
from actors.council.rules.rulebook import where_and_when
from centers.models import Room

RECENT = 3

SEAT_NAME = Coalesce("seat__actor__name", "seat__own_name")
ON_THE_WHOLE = {"ballot__amendment": None, "ballot__recusal": None}


@dataclass(frozen=True)
class Wording:
    """One of the motion's texts."""

    pk: int
    number: int
    text: str
    short: str


@dataclass(frozen=True)
class EditedComment:
    """What a comment said before it was edited; `at` is when that ended."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Said:
    """A comment as the page shows it; `speaker` is empty for staff."""

    pk: int
    speaker: str
    text: str
    at: datetime
    edited_at: datetime | None
    edits: list[EditedComment]
    editable: bool
    own: bool


@dataclass
class Proposed:
    """An amendment. `touches`: the numbers of the others that change the same words; `overtaken`: the text itself has changed them."""

    pk: int
    number: int
    seat_id: int
    seat: str
    base: Wording
    text: str
    short: str
    reason: str
    state: str
    at: datetime
    own: bool
    touches: list[int] = field(default_factory=list)
    overtaken: bool = False

    @property
    def is_undecided(self) -> bool:
        return self.state == AmendmentState.PROPOSED

    @property
    def state_label(self) -> str:
        return str(AmendmentState(self.state).label)

    @property
    def changes_text(self) -> bool:
        return self.text != self.base.text

    @property
    def changes_short(self) -> bool:
        return self.short != self.base.short


@dataclass(frozen=True)
class Recused:
    """A seat that takes no part: by its own word, or as the council decided; or one of which the council decided that it does."""

    seat: str
    proposed_by: str
    reason: str
    state: str

    @property
    def in_force(self) -> bool:
        return self.state == RecusalState.IN_FORCE


@dataclass(frozen=True)
class Decided:
    """A motion that was decided lately."""

    number: int
    title: str
    adopted: bool
    quorate: bool
    at: datetime
    bar: VoteBar


class MotionPage:
    """A motion with all that is said of it. Raises Motion.DoesNotExist for one that the person may not see."""

    def __init__(self, member: CouncilMember, number: int) -> None:
        self.member = member
        self.motion = _annotated(Motion.objects.visible_to(member)).get(number=number)
        self._read: dict[str, list[Any]] = vars(self.motion)

    # --- the text ---

    @cached_property
    def wordings(self) -> list[Wording]:
        return [Wording(**row) for row in self._read["read_texts"]]

    @property
    def text(self) -> Wording:
        """As it is now."""
        return self.wordings[-1]

    @property
    def first_text(self) -> Wording:
        """As it was moved."""
        return self.wordings[0]

    @property
    def before(self) -> HouseRuleVersion | None:
        """The version of the rule that the motion changes or repeals."""
        return self.motion.based_on

    @property
    def excerpt_before(self) -> str:
        return self._excerpts[0]

    @property
    def excerpt_now(self) -> str:
        return self._excerpts[1]

    @cached_property
    def _excerpts(self) -> tuple[str, str]:
        if self.before is None:
            return "", excerpt(self.text.text, self.text.short)
        if self.motion.kind == MotionKind.REPEAL_RULE:
            return excerpt(self.before.text, self.before.short), ""
        return before_and_after(self.before, self.text.text, self.text.short)

    @property
    def applies(self) -> str:
        """Where and when the rule would matter; empty for always and everywhere."""
        return where_and_when(self._read["read_rooms"], self.motion)

    @property
    def applied(self) -> str:
        """Where and when the rule that it changes matters."""
        return where_and_when(self._read["read_rooms_before"], self.before) if self.before else ""

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Label and whole kroner."""
        return self._read["read_figures"]

    @property
    def total(self) -> int:
        """Whole kroner; below zero where the motion costs more than it brings."""
        return sum(figure["kroner"] for figure in self.figures)

    # --- what others say ---

    @cached_property
    def comments(self) -> list[Said]:
        return [self._said(row) for row in self._read["read_comments"]]

    @cached_property
    def amendments(self) -> list[Proposed]:
        """By number, each undecided one with those that change the same words."""
        texts = {wording.pk: wording for wording in self.wordings}
        found = [
            Proposed(
                **{key: row[key] for key in ("pk", "number", "seat_id", "seat", "text", "short", "reason", "state")},
                base=texts[row["base_id"]],
                at=_instant(row["at"]),
                own=row["seat_id"] in self.member.seats,
            )
            for row in self._read["read_amendments"]
        ]
        mark_overlaps(found, self.text.text, self.text.short)
        return found

    @property
    def undecided(self) -> list[Proposed]:
        return [amendment for amendment in self.amendments if amendment.is_undecided]

    @property
    def later_changes(self) -> list[Proposed]:
        """The amendments that are part of the text now."""
        return [a for a in self.amendments if a.state in (AmendmentState.TAKEN_IN, AmendmentState.ADOPTED)]

    @cached_property
    def recusals(self) -> list[Recused]:
        return [Recused(**row) for row in self._read["read_recusals"]]

    @property
    def recent(self) -> Iterator[Decided]:
        for row in self._read["read_recent"]:
            yield Decided(
                number=row["number"],
                title=row["title"],
                adopted=row["verdict"] == Verdict.ADOPTED,
                quorate=row["verdict"] != Verdict.NOT_QUORATE,
                at=_instant(row["at"]),
                bar=VoteBar(row["votes_for"], row["against"], row["blank"]),
            )

    def _said(self, row: dict[str, Any]) -> Said:
        own_voice = row["seat_id"] in self.member.seats if row["seat_id"] else self._is_staff
        mine = row["author_id"] is not None and row["author_id"] == self.member.access.user.pk
        open_still = self.motion.state in (MotionState.OPEN, MotionState.BALLOT)
        return Said(
            pk=row["pk"],
            speaker=row["seat"] or "",
            text=row["text"],
            at=_instant(row["at"]),
            edited_at=_instant(row["edited_at"]) if row["edited_at"] else None,
            edits=[EditedComment(edit["text"], _instant(edit["at"])) for edit in row["edits"]],
            editable=mine and own_voice and open_still,
            own=bool(row["seat_id"]) and own_voice,
        )

    @property
    def _is_staff(self) -> bool:
        return self.member.access.is_staff_in(self.member.council.center_id)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _rows(queryset: QuerySet[Any], **fields: Any) -> ArraySubquery:
    return ArraySubquery(queryset.values(row=JSONObject(**fields)))


def _names(queryset: QuerySet[Any]) -> ArraySubquery:
    return ArraySubquery(queryset.values("name"))


def _annotated(motions: QuerySet[Motion]) -> QuerySet[Motion]:
    this = {"motion": OuterRef("pk")}
    edits = _rows(CommentEdit.objects.filter(comment=OuterRef("pk")).order_by("at", "pk"), text="text", at="at")
    rooms = Room.objects.order_by("name", "pk")
    recent = (
        Result.objects.filter(
            ballot__motion__council=OuterRef("council"),
            verdict__in=[Verdict.ADOPTED, Verdict.REJECTED, Verdict.NOT_QUORATE],
            **ON_THE_WHOLE,
        )
        .exclude(ballot__motion=OuterRef("pk"))
        .order_by("-counted_at", "-pk")[:RECENT]
    )
    return motions.select_related("mover__actor", "rule", "based_on", "proposed_orders").annotate(
        read_texts=_rows(
            MotionText.objects.filter(**this).order_by("number"), pk="pk", number="number", text="text", short="short"
        ),
        read_rooms=_names(rooms.filter(motionroom__motion=OuterRef("pk"))),
        read_rooms_before=_names(rooms.filter(pk__in=_rooms_of(OuterRef("based_on")))),
        read_figures=_rows(MotionFigure.objects.filter(**this).order_by("position"), label="label", kroner="kroner"),
        read_amendments=_rows(
            Amendment.objects.filter(**this).order_by("number"),
            pk="pk",
            number="number",
            seat_id="seat_id",
            seat=SEAT_NAME,
            base_id="base_id",
            text="text",
            short="short",
            reason="reason",
            state="state",
            at="created_at",
        ),
        read_comments=_rows(
            Comment.objects.filter(**this).order_by("created_at", "pk").annotate(read_edits=edits),
            pk="pk",
            seat_id="seat_id",
            seat=SEAT_NAME,
            author_id="author_id",
            text="text",
            at="created_at",
            edited_at="edited_at",
            edits="read_edits",
        ),
        read_recusals=_rows(
            Recusal.objects.filter(**this).order_by("at", "pk"),
            seat=SEAT_NAME,
            proposed_by=Coalesce("proposed_by__actor__name", "proposed_by__own_name"),
            reason="reason",
            state="state",
        ),
        read_recent=_rows(
            recent,
            number="ballot__motion__number",
            title="ballot__motion__title",
            verdict="verdict",
            at="counted_at",
            votes_for="votes_for",
            against="against",
            blank="blank",
        ),
    )


def _rooms_of(version: OuterRef) -> QuerySet[Any]:
    return RuleRoom.objects.filter(version=OuterRef(version)).values("room")
