"""While collecting static files the stylesheet becomes one file."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.test import override_settings

from config.bundling import BundledStaticFilesStorage

FILES = "css/ vendor/bootstrap/ fonts/"


def collected(storage):
    paths = {}
    for finder in get_finders():
        for path, source in finder.list([]):
            if path.startswith(tuple(FILES.split())):
                with source.open(path) as file:
                    if not storage.exists(path):
                        storage.save(path, file)
                paths[path] = (source, path)
    return list(storage.post_process(paths))


@pytest.fixture
def storage(tmp_path):
    with override_settings(DEBUG=False):
        yield BundledStaticFilesStorage(location=tmp_path, base_url="/static/")


def test_the_stylesheet_needs_no_further_request(storage):
    collected(storage)

    css = Path(storage.path(storage.stored_name("css/simpul.css"))).read_text()

    assert "@import" not in css
    assert css.index("@layer bootstrap {") < css.index("@layer theme {")
    assert "--canvas" in css
    assert "plus-jakarta-sans-variable." in css


def test_collecting_twice_gives_the_same_file(storage):
    collected(storage)
    first = storage.stored_name("css/simpul.css")

    collected(storage)

    assert storage.stored_name("css/simpul.css") == first


def test_the_first_visit_stays_within_its_weight(storage):
    collected(storage)
    compressed = Path(storage.path("css/simpul.css.br")).stat().st_size

    assert compressed <= 14 * 1024
