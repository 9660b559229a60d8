"""gunicorn, embedded and in production: threads, because a request waits for the database more than it computes."""

import gc
import os

_host = os.environ.get("HOST", "127.0.0.1")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 2
threads = 4  # at most DATABASE_POOL_SIZE, so that no request waits for a connection
timeout = 30  # seconds; the database gives up after five
graceful_timeout = 20
keepalive = 5
worker_tmp_dir = "/dev/shm"  # noqa: S108 - memory: the heartbeat touches no disk
control_socket_disable = True
limit_request_line = 8190
limit_request_fields = 60


def post_worker_init(worker: object) -> None:
    """All that is imported by now stays: the garbage collector need not walk through it again while somebody waits."""
    gc.collect()
    gc.freeze()
