"""The settings as mypy's Django plugin reads them: it needs their shape, and nothing behind the addresses."""

import os

os.environ.setdefault("DATABASE_URL", "postgres://nobody@nowhere/nothing")
os.environ.setdefault("REDIS_URL", "redis://nowhere")
os.environ.setdefault("SECRET_KEY", "of-no-use")

from medborger.settings import *  # noqa: F403
