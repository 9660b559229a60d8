"""Meetings in the admin are read only: they are changed by actions."""

from django.contrib import admin

from actors.meetings.models import ActionPoint, AgendaItem, Meeting, Participant
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["title", "center", "circle", "starts_at", "state"]
    list_filter = ["center", "circle", "state"]
    list_select_related = ["center"]
    exclude = ["form_token"]


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    list_display = ["title", "meeting", "position", "kind", "minutes_needed"]
    list_select_related = ["meeting"]


@admin.register(Participant)
class ParticipantAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "answer", "present"]
    list_select_related = ["meeting"]


@admin.register(ActionPoint)
class ActionPointAdmin(ReadOnlyAdmin):
    list_display = ["title", "center", "owner_actor", "due_on", "done_at"]
    list_select_related = ["center", "owner_actor"]
    exclude = ["form_token"]
