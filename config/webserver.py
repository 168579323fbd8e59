"""Settings of gunicorn, the same in both modes: ``gunicorn -c python:config.webserver config.wsgi``."""

import gc
import os

bind = os.environ.get("SIMPUL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("SIMPUL_WORKERS", "2"))
worker_class = "gthread"
threads = 4
# Loaded once and then forked: the workers share the memory of the code. Nothing opens a connection or starts a
# thread on import, so nothing is shared that must not be.
preload_app = True
timeout = 60  # seconds; a PDF is drawn by the worker, never inside a request
graceful_timeout = 4  # seconds; the whole tree must be gone within eight
keepalive = 5
loglevel = "warning"
control_socket_disable = True


def pre_fork(server: object, worker: object) -> None:
    """Set aside what was loaded: the collector would write into every shared object only to look at it."""
    del server, worker
    gc.freeze()
