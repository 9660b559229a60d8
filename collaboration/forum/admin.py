"""The forum has actions: here it is only read."""

from django.contrib import admin

from collaboration.forum.models import Forum, ForumMember, ProposedItem
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Forum)
class ForumAdmin(ReadOnlyAdmin):
    list_display = ["name", "center", "rhythm", "every", "weekday"]
    list_select_related = ["center"]


@admin.register(ForumMember)
class ForumMemberAdmin(ReadOnlyAdmin):
    list_display = ["actor", "forum", "since", "until"]
    list_select_related = ["actor", "forum"]


@admin.register(ProposedItem)
class ProposedItemAdmin(ReadOnlyAdmin):
    list_display = ["title", "center", "kind", "proposed_at", "reached_at", "declined_at"]
    list_filter = ["center"]
    list_select_related = ["center"]
    exclude = ["form_token"]
