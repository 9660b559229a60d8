"""Clashes have actions: here they are only read."""

from django.contrib import admin

from collaboration.clashes.models import Clash
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Clash)
class ClashAdmin(ReadOnlyAdmin):
    list_display = ["first", "second", "center", "state", "found_at"]
    list_filter = ["center", "state"]
    list_select_related = ["first", "second", "center"]
