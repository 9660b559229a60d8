"""The house holds no persons: its phone and mail are the house's own."""

from medborger.common.privacy import Table, none, tables

tables.add(
    Table(
        "centers.Center",
        (
            none("id name slug word primary_type further_types housing_area address postcode"),
            none("town way_in phone email accent optional_holidays longest_booking"),
            none("furthest_ahead retired_at"),
        ),
    ),
    Table("centers.Facility", (none("id slug name name_en"),)),
    Table(
        "centers.Room",
        (
            none("id center slug name part_of kind capacity floor_area wheelchair_access"),
            none("hearing_loop facilities bookable setup_minutes cleanup_minutes photo position"),
            none("retired_at"),
        ),
    ),
    Table("centers.OpeningHours", (none("id center weekday opens closes staffed"),)),
    Table("centers.SpecialDay", (none("id center date opens closes staffed reason"),)),
)
