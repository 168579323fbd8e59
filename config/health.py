"""Whether a service of the production shape is alive: ``python -m config.health web`` (or ``beat``)."""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

# The scheduler touches its file with every sweep, each 15 minutes: two missed ones are an illness.
OLDEST_SCHEDULE = 35 * 60


def web_answers() -> bool:
    """Whether the sign-in page answers, asked the way the proxy asks."""
    port = os.environ.get("SIMPUL_BIND", "127.0.0.1:8000").rpartition(":")[2]
    headers = {"Host": urlsplit(os.environ["SITE_URL"]).netloc, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/masuk/", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=8) as response:
            return bool(response.status == 200)
    except urllib.error.URLError:
        return False


def schedule_is_fresh(now: float) -> bool:
    """Whether the scheduler has written its file lately; ``now`` in seconds since 1970."""
    files = list(Path(os.environ["SIMPUL_HOME"]).glob("beat-schedule*"))
    return bool(files) and now - max(file.stat().st_mtime for file in files) < OLDEST_SCHEDULE


def main() -> int:
    """Answer with the exit status."""
    return 0 if (web_answers() if sys.argv[1:] == ["web"] else schedule_is_fresh(time.time())) else 1


if __name__ == "__main__":
    sys.exit(main())
