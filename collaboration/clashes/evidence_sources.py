"""What the clashes show the log and the forum: events made together, and those that were let stand."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.meetings.meeting_bodies import ItemData
from centers.models import Center
from collaboration.clashes import clash_texts
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import Clash
from collaboration.enums import CollaborationKind, EvidenceKind
from collaboration.forum import open_matters
from collaboration.proposals import evidence
from collaboration.proposals.evidence import SeenTogether
from medborger.common import clock


@evidence.sources.register(order=30)
def made_together(center: Center, since: date) -> Iterator[SeenTogether]:
    """Two events that became one in this house: alone enough to propose a collaboration. Five statements, however many."""
    merged = Clash.objects.filter(state=ClashState.MERGED, kept__center=center, changed_at__gte=clock.midnight(since))
    rows = merged.with_events().select_related("kept").prefetch_related("kept__themes", "kept__target_groups")
    for clash in rows.order_by("changed_at", "id"):
        kept = clash.kept
        assert kept is not None
        yield SeenTogether(
            kind=EvidenceKind.MERGED,
            key=f"merged:{clash.pk}",
            actor_ids=frozenset(clash_texts.actor_of(event).pk for event in clash.events),
            title=kept.title,
            on=clock.local(kept.starts_at).date(),
            link=reverse("clash", args=[center.slug, clash.pk]),
            form=CollaborationKind.COORDINATE,
            enough=True,
            theme_ids=frozenset(theme.pk for theme in kept.themes.all()),
            target_group_ids=frozenset(group.pk for group in kept.target_groups.all()),
        )


@open_matters.elsewhere.register(name="clashes")
def left_open(center: Center) -> Iterator[ItemData]:
    """Events that meet and were let stand: what the forum can talk about, so that it does not happen again (S2046-57)."""
    left = Clash.objects.in_house(center.pk).left_open().order_by("first__starts_at", "id")
    for clash in left.read():
        one, other = clash.events
        titles = {"one": one.title, "other": other.title}
        texts = [clash_texts.what(event, seen_from=center.pk) for event in clash.events]
        yield ItemData(
            title=(_("Samme tid: %(one)s og %(other)s") % titles)[:120],
            about=reverse("clash", args=[center.slug, clash.pk]),
            text=_("To arrangementer for de samme på samme tid: %(one)s, og %(other)s. Begge står.")
            % {"one": texts[0], "other": texts[1]},
            minutes_needed=10,
            owner=clash_texts.actor_of(other) if other.center_id == center.pk else clash_texts.actor_of(one),
            audience=tuple(clash_texts.actor_of(event) for event in clash.events if event.center_id == center.pk),
        )
