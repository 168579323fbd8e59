"""The order of the apps: reports -> commitments -> meetings -> agencies -> config."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_app_imports_one_to_its_left():
    answer = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )

    assert answer.returncode == 0, answer.stdout
    assert "1 kept, 0 broken" in answer.stdout
