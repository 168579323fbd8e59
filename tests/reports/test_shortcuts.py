"""The short cuts of the page-maker change how long a document takes, and nothing else about it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from reports.printing.document import report_html
from reports.printing.typefaces import FAMILIES, PAPER, SITE, TYPEFACE, WIDER, cut
from tests.reports.poppler import requires_poppler

SAMPLE = Path(__file__).parent / "fixtures" / "snapshot-1.json"
LAY_OUT = """
import sys
from reports.printing import render_child, shortcuts
if "plain" in sys.argv:
    shortcuts.take_shortcuts = lambda: None
sys.stdout.buffer.write(render_child.render(sys.stdin.read()))
"""


def laid_out(html, *words):
    """The pages before they are finished; with the word ``plain`` without any short cut."""
    child = [sys.executable, "-c", LAY_OUT, *words]
    done = subprocess.run(child, input=html.encode(), cwd=settings.BASE_DIR, capture_output=True, check=True)
    return done.stdout


def drawn(pdf):
    """The pages as pictures."""
    command = ["pdftoppm", "-r", "40", "-gray", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def sample(times=1):
    """The document of a snapshot with words of every kind, its rows repeated."""
    snapshot = json.loads(SAMPLE.read_text(encoding="utf-8"))
    snapshot["rows"][0] |= {"wording": "kerja" * 40, "lead": "مدينة 🙂 <b>"}
    return report_html(snapshot | {"rows": snapshot["rows"] * times}, digest="0" * 64, issued=False)


def test_without_drawings_behind_boxes_every_byte_is_the_same():
    bare = re.sub(r"background(-image)?: url", "x-image: url", sample())

    assert laid_out(bare) == laid_out(bare, "plain")


@requires_poppler
def test_drawings_behind_boxes_look_the_same():
    assert drawn(laid_out(sample())) == drawn(laid_out(sample(), "plain"))


def test_drawings_behind_boxes_are_in_the_file_once_however_often_they_stand_there():
    once, often = laid_out(sample()), laid_out(sample(times=3))

    assert once.count(b"/Subtype /Form") == often.count(b"/Subtype /Form")


@pytest.mark.parametrize(("family", "weight"), [(name, one) for name, (_, cuts) in FAMILIES.items() for one in cuts])
def test_the_typefaces_for_paper_are_those_of_the_site_cut_anew(family, weight):
    name = f"{FAMILIES[family][0]}-{weight}"

    assert (PAPER / f"{name}.ttf").read_bytes() == cut(SITE / f"{name}.woff2", wider=WIDER if family == TYPEFACE else 0)
