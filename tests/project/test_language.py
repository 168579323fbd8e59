"""Indonesian is the source; the one catalogue, English, is complete and is what was compiled."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.services import need

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ["agencies", "commitments", "config", "meetings", "reports", "templates"]
COMMAND = (
    "django-admin makemessages -l en -i tests -i var --no-wrap --no-obsolete --no-location"
    " && django-admin compilemessages -l en -i .venv"
)
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def entries():
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(CATALOGUE))}


def texts(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def places(text):
    return sorted(match.group(0) for match in PLACE.finditer(text))


def test_no_english_text_is_missing_or_guessed(entries):
    wanting = [entry.msgid for entry in entries.values() if entry.fuzzy or not all(texts(entry))]

    assert entries
    assert wanting == []


def test_every_place_for_a_value_survives_the_translation(entries):
    broken = []
    for entry in entries.values():
        originals = [places(entry.msgid), places(entry.msgid_plural)] if entry.msgid_plural else [places(entry.msgid)]
        broken += [entry.msgid for text in texts(entry) if places(text) not in originals]

    assert broken == []


def test_the_compiled_catalogue_is_this_one(entries):
    compiled = {(entry.msgctxt, entry.msgid): texts(entry) for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}

    assert compiled == {key: texts(entry) for key, entry in entries.items()}


def test_the_catalogue_knows_exactly_the_words_of_the_code(entries, tmp_path):
    need(shutil.which("xgettext"), "gettext (uji terjemahan)")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [Path(sys.executable).with_name("django-admin"), "makemessages", "-l", "en", "--no-location"],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    found = {
        (entry.msgctxt, entry.msgid)
        for entry in polib.pofile(str(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    }

    assert found - entries.keys() == set(), f"not translated yet; run: {COMMAND}"
    assert entries.keys() - found == set(), f"no longer used; run: {COMMAND}"
