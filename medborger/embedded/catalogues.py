"""Compile the message catalogues (.po to .mo) without gettext, which a fresh Debian lacks.

`python -m medborger.embedded.catalogues`
"""

from pathlib import Path

import polib

CHECKOUT = Path(__file__).resolve().parents[2]


def compile_catalogues(checkout: Path = CHECKOUT) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form. Returns those that were compiled."""
    stale = [source for source in sorted((checkout / "locale").glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        unfinished = source.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.rename(source.with_suffix(".mo"))
    return stale


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime


if __name__ == "__main__":
    compile_catalogues()
