"""Names in Danish order: the embedded PostgreSQL has no Danish collation, so a sort key is stored beside the name."""

import unicodedata

_AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def sort_key(name: str) -> str:
    """A key whose byte order is the Danish alphabet's: a … z æ ø å; accents and case do not count."""
    key = name.casefold().replace("aa", "å").translate(_AFTER_Z)
    return "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))[:120]
