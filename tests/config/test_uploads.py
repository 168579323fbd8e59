"""A file past the limit costs the file, never what was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from config.uploads import too_large_files

LIMIT = 1024 * 1024


@pytest.fixture(autouse=True)
def small_limit(settings):
    settings.EVIDENCE_MAX_BYTES = LIMIT


@pytest.fixture
def post():
    requests = []

    def _post(**fields):
        requests.append(RequestFactory().post("/", fields))
        return requests[-1]

    yield _post
    for request in requests:
        request.close()


def file_of(size, name="foto.jpg"):
    return SimpleUploadedFile(name, b"x" * size, content_type="image/jpeg")


def test_a_file_at_the_limit_arrives_whole(post):
    request = post(text="tiga foto", file=file_of(LIMIT))

    assert too_large_files(request) == ()
    assert request.FILES["file"].size == LIMIT


def test_a_file_past_the_limit_is_named_and_the_text_is_kept(post):
    request = post(text="tiga foto", file=file_of(LIMIT + 1, "besar.jpg"), after="sesudah")

    [found] = too_large_files(request)

    assert (found.field, found.name, found.limit) == ("file", "besar.jpg", LIMIT)
    assert (request.POST["text"], request.POST["after"]) == ("tiga foto", "sesudah")
    assert "file" not in request.FILES


@pytest.mark.parametrize("order", ["small first", "large first"])
def test_the_other_files_still_arrive(post, order):
    files = {"a": file_of(10, "kecil.jpg"), "b": file_of(LIMIT * 4, "besar.jpg")}
    if order == "large first":
        files = {"a": files["b"], "b": files["a"]}

    request = post(**files)

    assert [found.name for found in too_large_files(request)] == ["besar.jpg"]
    [small] = request.FILES.values()
    assert small.read() == b"x" * 10


def test_two_large_files_are_both_named(post):
    request = post(a=file_of(LIMIT + 1, "satu.jpg"), b=file_of(LIMIT + 1, "dua.jpg"))

    assert [found.name for found in too_large_files(request)] == ["satu.jpg", "dua.jpg"]


def test_a_form_without_files_has_none_too_large(post):
    request = post(text="tanpa berkas")

    assert too_large_files(request) == ()
