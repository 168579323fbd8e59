"""What tells a second click from another form: fields, files and address, but never the token of the session."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.views.posted import content_of


@pytest.fixture
def sent(rf):
    def sent(path="/pertemuan/catat/", content=b"satu", **fields):
        data = {"place": "Aula", "csrfmiddlewaretoken": "a", **fields}
        return rf.post(path, {**data, "file_1": SimpleUploadedFile("notula.pdf", content)})

    return sent


def test_a_second_click_is_the_same_also_after_the_file_was_read(sent):
    first, second = sent(), sent(csrfmiddlewaretoken="b")
    first.FILES["file_1"].read()

    assert content_of(first) == content_of(second)


@pytest.mark.parametrize("change", [{"place": "Balai"}, {"content": b"dua"}, {"path": "/komitmen/catat/"}])
def test_another_word_file_or_address_is_another_form(sent, change):
    assert content_of(sent()) != content_of(sent(**change))
