"""Digests have actions: here they are only looked up, and never what they said."""

from django.contrib import admin

from collaboration.digests.models import Digest, Snooze, Subscription
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ["center", "user", "weekday", "minute", "next_at", "ended_at", "unsubscribed"]
    list_filter = ["center", "unsubscribed"]
    list_select_related = ["center", "user"]


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ["center", "recipient", "week_starts_on", "state", "made_at"]
    list_filter = ["center", "state"]
    list_select_related = ["center", "recipient"]
    exclude = ["content"]


@admin.register(Snooze)
class SnoozeAdmin(ReadOnlyAdmin):
    list_display = ["center", "key", "until"]
    list_select_related = ["center"]
