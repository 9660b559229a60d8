"""Whether this installation is a demo or in use."""

from django.conf import settings

from medborger.common.models import Installation

_known_demo = False


def is_demo() -> bool:
    """Whether the setting *and* the database's own mark say demo. A mark once seen is remembered: it is never taken away."""
    global _known_demo
    if settings.DEMO and not _known_demo:
        _known_demo = Installation.objects.filter(is_demo=True).exists()
    return settings.DEMO and _known_demo
