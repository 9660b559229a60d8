"""What apps put in each other's pages goes through a `Registry`, and is there in every process from its start."""

import ast
import json
import subprocess
import sys

import pytest

from actors.meetings import meeting_bodies
from tests.guards.test_repository import ROOT, sources

APPS = {"medborger", "centers", "actors", "bookings", "collaboration"}
FILLED_LATER = {"list", "dict", "set", "defaultdict", "OrderedDict", "deque"}
SHOW = """
import gc, json
from medborger.common.registry import Registry
found = [one for one in gc.get_objects() if type(one) is Registry]
print(json.dumps(sorted([one.module, sorted(str(key) for key, _entry in one.items())] for one in found)))
"""
SHELL = ["manage.py", "shell", "--no-imports", "-c", SHOW]
WORKER = ["-c", f"from medborger.celery import app\napp.loader.init_worker()\n{SHOW}"]


def begun_empty(source: str) -> list[str]:
    """The names of a module that begin as an empty collection: what is in them comes from elsewhere."""
    named = [node for node in ast.parse(source).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return [ast.unparse(node) for node in named if node.value is not None and is_empty(node.value)]


def is_empty(value: ast.expr) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments):
            return name in FILLED_LATER and not [one for one in arguments if not isinstance(one, ast.Name)]
    return False


@pytest.mark.parametrize("source", ["_menu: list[str] = []", "known = {}", "a = set()", "b = defaultdict(list)"])
def test_a_collection_that_begins_empty_is_known(source: str) -> None:
    assert begun_empty(source) == [source]


@pytest.mark.parametrize("source", ["known = {1: 2}", "found: list[int]", "a = set('ab')", "def f():\n    b = []"])
def test_others_are_not(source: str) -> None:
    assert begun_empty(source) == []


def test_no_module_keeps_a_registry_of_its_own() -> None:
    modules = {str(file.relative_to(ROOT)): begun_empty(file.read_text()) for file in sources() if file.exists()}
    assert {name: found for name, found in modules.items() if found} == {}


def test_each_body_that_meets_has_a_word_of_its_own_in_addresses() -> None:
    slugs = [circle.slug for circle in meeting_bodies.bodies]
    assert sorted(set(slugs)) == sorted(slugs)


def registries(command: list[str]) -> dict[str, list[list[str]]]:
    """What a fresh process knows: by the name of the modules, the keys of each registry that they fill."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    known: dict[str, list[list[str]]] = {}
    for module, keys in json.loads(done.stdout):
        known.setdefault(module, []).append(keys)
    return known


@pytest.fixture(scope="module")
def everything() -> dict[str, list[list[str]]]:
    """What a process knows that has read all of the project."""
    files = [file.relative_to(ROOT) for file in sources() if file.exists() and not file.stem.startswith("__")]
    names = [".".join(file.with_suffix("").parts) for file in files if file.parts[0] in APPS]
    reading = f"import django, importlib\ndjango.setup()\nfor name in {names}: importlib.import_module(name)\n{SHOW}"
    return registries(["-c", reading])


def test_each_registry_is_filled(everything: dict[str, list[list[str]]]) -> None:
    assert {"privacy", "my_page", "digest_lines"} <= set(everything)
    assert [module for module, found in everything.items() if not all(found)] == []


@pytest.mark.parametrize("command", [SHELL, WORKER], ids=["the shell", "a worker"])
def test_each_process_knows_all_that_is_registered(command: list[str], everything: dict[str, list[list[str]]]) -> None:
    assert registries(command) == everything
