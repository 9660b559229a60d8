"""Collaborations have actions: here they are only read."""

from django.contrib import admin

from collaboration.models import Collaboration, Introduction
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Collaboration)
class CollaborationAdmin(ReadOnlyAdmin):
    list_display = ["title", "center", "form", "state", "since", "until"]
    list_filter = ["center", "state", "form"]
    list_select_related = ["center"]
    exclude = ["form_token", "entry_key"]


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    list_display = ["center", "week_starts_on", "first", "second", "proposed_at", "dismissed_at"]
    list_filter = ["center"]
    list_select_related = ["center", "first", "second"]
