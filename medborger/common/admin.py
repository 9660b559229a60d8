"""The Django admin for whoever runs the installation: reference data is edited there, what has an action is only read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from medborger.common.generic import ModelAdmin
from medborger.common.models import Audit, Installation, Message


class ReadOnlyAdmin(ModelAdmin):
    """What can be looked up, and is changed by its own actions only."""

    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptAdmin(ModelAdmin):
    """What is edited, and retired rather than deleted."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Audit)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject", "subject_id", "person"]
    list_select_related = ["person"]
    list_filter = ["verb"]
    date_hierarchy = None


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """Whether it went out; never what it said, which may hold a code."""

    list_display = ["created_at", "channel", "recipient", "state", "attempts", "error"]
    list_filter = ["state", "channel"]
    fields = ["created_at", "channel", "recipient", "subject", "state", "attempts", "error", "sent_at"]


@admin.register(Installation)
class InstallationAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "is_demo"]
