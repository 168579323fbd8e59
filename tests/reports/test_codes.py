"""Codes are read as people write them, and a slip of one character is found."""

import pytest

from reports.issuing.codes import ALPHABET, check_character, new_code, read_code

CODE = "7KQ4M2XD9" + check_character("7KQ4M2XD9")
WRITTEN = f"{CODE[:4]}-{CODE[4:8]}-{CODE[8:]}"


def test_a_new_code_is_read_back_as_itself():
    codes = [new_code() for _ in range(200)]

    assert [read_code(code) for code in codes] == codes
    assert len(set(codes)) == 200


@pytest.mark.parametrize("typed", [WRITTEN, WRITTEN.lower(), CODE, WRITTEN.replace("-", " "), f"  {WRITTEN} "])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == WRITTEN


def test_letters_that_look_like_digits_are_taken_for_them():
    body = "10A1B0C1D"
    code = body + check_character(body)

    assert read_code(code.replace("1", "l").replace("0", "o")) == f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert read_code(code.replace("1", "I")) == f"{code[:4]}-{code[4:8]}-{code[8:]}"


def test_every_single_wrong_character_is_found():
    wrong = [
        CODE[:place] + other + CODE[place + 1 :]
        for place in range(len(CODE))
        for other in ALPHABET
        if other != CODE[place]
    ]

    assert [code for code in wrong if read_code(code)] == []


@pytest.mark.parametrize("typed", ["", "7KQ4", "x" * 5000, "7KQ4-M2XD-9\x00", "7KQ4-M2XD-9U", "<script>"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None
