"""Actors and what they are to a house are edited here; people and their ties have actions, and are only read."""

from django.contrib import admin

from actors.models import (
    Actor,
    Affiliation,
    CenterRole,
    Duty,
    Invitation,
    Membership,
    RoomHolder,
    TargetGroup,
    Theme,
    User,
)
from medborger.common.admin import KeptAdmin, ReadOnlyAdmin
from medborger.common.generic import ModelAdmin, TabularInline


class AffiliationInline(TabularInline):
    model = Affiliation
    extra = 0


@admin.register(Actor)
class ActorAdmin(KeptAdmin):
    list_display = ["name", "kind", "area", "shown_publicly", "retired_at"]
    list_filter = ["kind", "affiliations__center"]
    search_fields = ["name"]
    filter_horizontal = ["themes", "target_groups"]
    inlines = [AffiliationInline]


@admin.register(Affiliation)
class AffiliationAdmin(KeptAdmin):
    list_display = ["actor", "center", "tie", "since", "until"]
    list_filter = ["center", "tie"]
    list_select_related = ["actor", "center"]
    autocomplete_fields = ["actor"]


@admin.register(RoomHolder)
class RoomHolderAdmin(ModelAdmin):
    list_display = ["room", "actor"]
    list_select_related = ["room", "actor"]
    autocomplete_fields = ["actor"]


@admin.register(Theme)
class ThemeAdmin(ModelAdmin):
    list_display = ["name", "name_en", "slug", "position"]


@admin.register(TargetGroup)
class TargetGroupAdmin(ModelAdmin):
    list_display = ["name", "name_en", "slug", "position"]


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["name", "email", "phone", "is_admin", "is_active", "seen_on"]
    search_fields = ["name", "email", "phone"]
    fields = ["name", "email", "phone", "language", "is_admin", "is_active", "joined_at", "seen_on", "erased_at"]


@admin.register(CenterRole)
class CenterRoleAdmin(ReadOnlyAdmin):
    list_display = ["user", "center", "role", "since", "until"]
    list_filter = ["center", "role"]
    list_select_related = ["user", "center"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["user", "actor", "role", "since", "until"]
    list_select_related = ["user", "actor"]


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin):
    list_display = ["user", "center", "starts_at", "ends_at"]
    list_select_related = ["user", "center"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "center", "actor", "role", "expires_at", "accepted_at", "withdrawn_at"]
    list_select_related = ["center", "actor"]
    exclude = ["token_hash"]
