#!/usr/bin/env python
"""Django's commands. Without a DATABASE_URL they use the embedded database, which is started for them if need be."""

import importlib.util
import os
import sys

WITHOUT_SERVICES = {"collectstatic", "compilemessages", "help", "makemessages", "version", "--help", "--version"}


def main() -> None:
    if not importlib.util.find_spec("django"):
        sys.exit("Django is not installed for this Python: start ./run once, then use .venv/bin/python manage.py.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medborger.settings")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        _execute()
        return
    from medborger.embedded.console import plainly
    from medborger.embedded.home import Home
    from medborger.embedded.services import Services, borrowed

    with plainly():
        command = sys.argv[1] if len(sys.argv) > 1 else "help"
        services = Services(Home.open(os.environ.get("MEDBORGER_HOME", "")), dict(os.environ))
        os.environ.update(services.environment())
        if command in WITHOUT_SERVICES:
            _execute()
            return
        with borrowed(services, f"manage.py {command}"):
            _execute()


def _execute() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
