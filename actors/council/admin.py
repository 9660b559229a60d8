"""The council has actions for everything: here it is only read. Votes are looked up on the ballot's own page, not here."""

from django.contrib import admin

from actors.council.models import Council, Seat, SeatHolder, StandingOrders
from medborger.common.admin import ReadOnlyAdmin


@admin.register(Council)
class CouncilAdmin(ReadOnlyAdmin):
    list_display = ["name", "center", "created_at"]
    list_select_related = ["center"]


@admin.register(StandingOrders)
class StandingOrdersAdmin(ReadOnlyAdmin):
    list_display = ["council", "version", "entitled", "majority", "secret", "in_force_at"]
    list_filter = ["council"]
    list_select_related = ["council"]


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin):
    list_display = ["council", "name", "is_chair", "since", "until"]
    list_filter = ["council"]
    list_select_related = ["council", "actor"]


@admin.register(SeatHolder)
class SeatHolderAdmin(ReadOnlyAdmin):
    list_display = ["seat", "user", "part", "since", "until"]
    list_filter = ["seat__council"]
    list_select_related = ["seat__actor", "user"]
