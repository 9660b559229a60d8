"""The beat's schedule and the tasks of the worker."""

import ast
import subprocess
from pathlib import Path

from django.conf import settings

from medborger.celery import app

ROOT = Path(__file__).parents[2]


def test_the_schedule_names_only_tasks_that_the_worker_knows() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_every_task_has_a_name_of_its_own_that_does_not_move_with_its_module() -> None:
    """What waits in the queue while a new version is installed is still found."""
    listed = subprocess.run(["git", "ls-files", "*tasks.py"], cwd=ROOT, check=True, capture_output=True, text=True)
    modules = [ROOT / path for path in listed.stdout.split() if not path.startswith("tests/")]
    bare = [
        f"{path.relative_to(ROOT)}: {made.name}"
        for path in modules
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(made, ast.FunctionDef)
        for decorator in made.decorator_list
        if isinstance(decorator, ast.Name) and decorator.id == "shared_task"
    ]
    assert modules
    assert bare == []
