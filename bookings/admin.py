"""Bookings and closures have actions: here they are only read."""

from django.contrib import admin

from bookings.models import Booking, Closure, Occupancy
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ["title", "center", "room", "starts_at", "ends_at", "state"]
    list_filter = ["center", "state"]
    list_select_related = ["center", "room"]
    exclude = ["form_token"]


@admin.register(Closure)
class ClosureAdmin(ReadOnlyAdmin):
    list_display = ["reason", "center", "starts_at", "ends_at", "state"]
    list_filter = ["center", "state"]
    list_select_related = ["center"]
    exclude = ["form_token"]


@admin.register(Occupancy)
class OccupancyAdmin(ReadOnlyAdmin):
    list_display = ["room", "during", "booking", "closure", "is_closure"]
    list_select_related = ["room", "booking", "closure"]
