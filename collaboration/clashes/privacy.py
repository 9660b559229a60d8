"""A clash holds events, actors and what they wrote to each other as actors; who did what is in the audit trail, and forgotten there."""

from medborger.common.privacy import Table, none, tables

tables.add(
    Table(
        "clashes.Clash",
        (
            none("id center first_center first second state found_at changed_at"),
            none("side kept declined message answer version"),
        ),
    )
)
