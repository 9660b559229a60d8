"""docker-compose.yml and the settings know the same variables, and together they pass Django's own deployment check."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from medborger.env import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
SITE = ("web", "worker", "beat", "migrate")
EXAMPLES = {
    "ALLOWED_HOSTS": "huset.example",
    "PUBLIC_URL": "https://huset.example",
    "EMAIL_URL": "smtp://user@mail.example:587?tls=1",
    "EMAIL_FROM": "Medborger <post@huset.example>",
}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
    return services


def filled_in(value: str) -> str:
    """The value with compose's ${NAME:-default} and ${NAME:?message} replaced by our examples or the defaults."""
    return re.sub(r"\$\{(\w+):([-?])([^}]*)\}", lambda m: EXAMPLES.get(m[1], m[3] if m[2] == "-" else ""), value)


def test_the_file_follows_the_compose_specification() -> None:
    check: list[str | Path] = [
        Path(sys.executable).with_name("check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
        FILE,
    ]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_settings_and_compose_know_the_same_variables(services: dict[str, Any]) -> None:
    named = {name for service in SITE for name in services[service]["environment"]}
    asked_of_the_user = set(re.findall(r"\$\{(\w+)", FILE.read_text()))
    assert named == {name for name, variable in VARIABLES.items() if variable.production}
    assert asked_of_the_user <= named


def test_only_migrate_knows_the_password_of_the_role_that_owns_the_tables(services: dict[str, Any]) -> None:
    knowing = {name for name, service in services.items() if "database_owner" in service.get("secrets", [])}
    assert knowing == {"migrate", "database"}


def test_every_container_is_read_only_without_capabilities_and_looked_after(services: dict[str, Any]) -> None:
    lax = [
        name
        for name, service in services.items()
        if not service.get("read_only")
        or service.get("cap_drop") != ["ALL"]
        or "no-new-privileges:true" not in service["security_opt"]
    ]
    unchecked = [name for name, service in services.items() if "healthcheck" not in service and name != "migrate"]
    assert (lax, unchecked) == ([], [])


def test_only_the_proxy_can_be_reached_from_outside(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_djangos_deployment_check_passes_with_these_settings(services: dict[str, Any], tmp_path: Path) -> None:
    """As in production, warnings count as errors (docs/security.md, check 14)."""
    environment = {name: filled_in(value) for name, value in services["web"]["environment"].items()}
    for name, value in environment.items():
        if value.startswith("/run/secrets/"):
            secret = tmp_path / Path(value).name
            secret.write_text("a-secret-of-this-test-that-is-long-enough-0123456789-abcdefghij")
            environment[name] = str(secret)
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
