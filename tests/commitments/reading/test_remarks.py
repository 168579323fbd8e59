import string

import pytest

from commitments.reading.remarks import SENTENCES, error, warning
from commitments.reading.spans import Span


def test_a_remark_alone_starts_with_a_capital():
    assert error("date_missing").text == "Tulis tanggalnya, misalnya 28 Januari 2026."


def test_a_remark_placed_in_a_text_names_its_line():
    remark = error("wording_missing").at(line=3, span=Span(10, 14))

    assert remark.text == "Baris 3: isi komitmen belum ada. Tulis apa yang disepakati."
    assert remark.span == Span(10, 14)


def test_a_remark_speaks_the_language_of_the_viewer():
    english = {
        "Baris %(line)d: %(sentence)s": "Line %(line)d: %(sentence)s",
        SENTENCES["target_too_large"]: 'target "%(typed)s" is too large.',
    }

    remark = error("target_too_large", typed="=9").at(line=2, span=Span(0, 2))

    assert remark.worded(english.__getitem__) == 'Line 2: target "=9" is too large.'


def test_what_was_typed_is_never_taken_for_a_placeholder():
    assert '"=%s %(x)d"' in error("target_too_large", typed="=%s %(x)d").text


def test_only_errors_keep_a_text_from_being_saved():
    assert error("date_missing").is_error
    assert not warning("date_missing").is_error


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_ends_and_says_more_than_no(code):
    sentence = SENTENCES[code]

    assert sentence[-1] in ".?"
    assert len(sentence.split()) >= 6
    assert sentence[0] in string.ascii_lowercase + '"%'
