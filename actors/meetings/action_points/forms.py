"""Forms of action points. The rules are checked by the actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from actors.access import Access
from actors.meetings.action_points.action_point_owners import Owner
from actors.meetings.actions import ActionPointData
from actors.meetings.models import ActionPoint, AgendaItem, Meeting
from actors.models import Actor, CenterRole
from medborger.common import clock
from medborger.common.fields import DayField, LongSelect
from medborger.common.forms import LINE, RefusingForm, VersionField

HOUSE = "hus"


class Candidates:
    """Who can own an action point, as one reader may choose: the default first, then the house's staff for staff, then the actors;
    `until`, the day on which the body meets next, is the default day. Read once for all forms of a page."""

    def __init__(self, meeting: Meeting, access: Access) -> None:
        agreed = meeting.body.next_time(meeting.center)
        self.until = clock.local(agreed.starts_at).date() if agreed else None
        self.default = Owner(user=meeting.body.default_owner(meeting.center))
        self.owners = dict(self._read(meeting, access))
        self.choices = [(key, label) for key, (label, _owner) in self.owners.items()]

    def _read(self, meeting: Meeting, access: Access) -> Iterator[tuple[str, tuple[str, Owner]]]:
        if self.default.user is not None:
            yield self.key(self.default), (_("Tovholderen"), self.default)
        yield HOUSE, (_("Huset: den, der koordinerer"), Owner())
        held = CenterRole.objects.in_force().visible_to(access, meeting.center_id).select_related("user")
        for user in dict.fromkeys(role.user for role in held.order_by("user__name", "user_id")):
            if user.is_active and user != self.default.user:
                yield self.key(Owner(user=user)), (str(user), Owner(user=user))
        for actor in Actor.objects.in_house(meeting.center_id).in_danish_order():
            yield self.key(Owner(actor=actor)), (actor.name, Owner(actor=actor))

    @staticmethod
    def key(owner: Owner) -> str:
        if owner.actor is not None:
            return f"a{owner.actor.pk}"
        return f"p{owner.user.pk}" if owner.user is not None else HOUSE

    def with_present(self, point: ActionPoint) -> Candidates:
        """Add the present owner, who may have left the house or be hidden from the reader."""
        present = Owner.of(point)
        if self.key(present) not in self.owners:
            label = present.actor.name if present.actor else _("Den, der har den nu")
            self.owners[self.key(present)] = (label, present)
            self.choices.append((self.key(present), label))
        return self


class ActionPointForm(RefusingForm):
    """Who does what by when. One page holds a form for each item: the ids of their fields carry the item's id, the names do not."""

    title = forms.CharField(
        label=gettext_lazy("Opgave"),
        max_length=200,
        validators=LINE,
        error_messages={"required": gettext_lazy("Skriv, hvad der skal gøres.")},
    )
    owner = forms.ChoiceField(label=gettext_lazy("Hvem gør det?"), widget=LongSelect)
    agreed = forms.BooleanField(label=gettext_lazy("De har selv sagt ja (foreninger og beboergrupper)"), required=False)
    due_on = DayField(label=gettext_lazy("Senest"), error_messages={"required": gettext_lazy("Skriv en dato.")})
    version = VersionField()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, candidates: Candidates, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.candidates = candidates
        cast(forms.ChoiceField, self.fields["owner"]).choices = candidates.choices

    @classmethod
    def new(cls, item: AgendaItem, candidates: Candidates, data: Mapping[str, Any] | None = None) -> ActionPointForm:
        """Return the form of a new point under the item."""
        initial = {"token": uuid4(), "owner": candidates.key(candidates.default), "due_on": candidates.until}
        form = cls(data, candidates=candidates, initial=initial, auto_id=f"id_opgave_{item.pk}_%s")
        del form.fields["version"]
        return form

    @classmethod
    def of(cls, point: ActionPoint, candidates: Candidates, data: Mapping[str, Any] | None = None) -> ActionPointForm:
        """Return the form of a written point. Its title cannot be changed once the minutes are approved."""
        initial = {
            "title": point.title,
            "owner": candidates.key(Owner.of(point)),
            "agreed": point.agreed,
            "due_on": point.due_on,
            "version": point.version,
        }
        form = cls(data, candidates=candidates.with_present(point), initial=initial)
        form.fields["title"].disabled = point.meeting.is_approved
        del form.fields["token"]
        return form

    def to_data(self) -> ActionPointData:
        """Return what a valid form says."""
        said = self.cleaned_data
        _label, owner = self.candidates.owners[said["owner"]]
        return ActionPointData(title=said["title"], due_on=said["due_on"], owner=owner, agreed=said["agreed"])


class BackForm(forms.Form):
    """The page to return to."""

    back = forms.ChoiceField(choices=[("me", ""), ("list", ""), ("meeting", ""), ("point", "")], required=False)
