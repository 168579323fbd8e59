"""Drawings beside the bar: nothing outside the picture, no two words on each other, no colour needed."""

import re
from xml.etree import ElementTree

import pytest

from reports.printing.plots import APART, bullet_svg, ceiling, length_svg, spread, trend_svg

DAYS = [f"{day} Jan" for day in range(1, 13)]


@pytest.mark.parametrize(
    ("value", "top"), [(0, 2), (1, 2), (3, 4), (7, 10), (11, 20), (35, 40), (41, 100), (1000, 1000)]
)
def test_an_axis_ends_at_a_round_number_not_below_the_largest(value, top):
    assert ceiling(value) == top


def test_words_at_the_ends_of_lines_keep_their_distance():
    placed = spread([10.0, 10.5, 40.0])

    assert placed == [10.0, 10.0 + APART, 40.0]


def test_words_at_the_ends_of_lines_stay_above_the_days():
    assert spread([39.0, 20.0, 39.0], lowest=39.0) == [39.0 - APART, 20.0, 39.0]
    assert spread([39.0, 39.0, 39.0], lowest=39.0) == [39.0 - 2 * APART, 39.0 - APART, 39.0]


def test_a_trend_is_a_picture_whose_lines_stay_inside():
    drawing = trend_svg({"terbuka": [1, 5, 9] * 4, "terlambat": [0] * 12, "selesai": list(range(12))}, DAYS)

    ElementTree.fromstring(drawing)
    numbers = [float(n) for pair in re.findall(r'points="([^"]+)"', drawing) for n in re.split("[ ,]", pair)]
    assert len(numbers) == 3 * 12 * 2
    assert min(numbers) >= 0
    assert max(numbers[::2]) <= 165
    assert max(numbers[1::2]) <= 46


@pytest.mark.parametrize(("realised", "expected"), [(None, None), (0, 40), (42, 100), (250, None)])
def test_a_bullet_is_never_longer_than_its_box(realised, expected):
    drawing = bullet_svg(realised, expected, width=44)

    ElementTree.fromstring(drawing)
    assert all(float(n) <= 44.0 for n in re.findall(r'width="([\d.]+)"', drawing))
    assert ("M" in drawing) is (expected is not None)


@pytest.mark.parametrize(("count", "most", "inner"), [(4, 4, 43.3), (2, 4, 21.3)])
def test_a_length_is_to_scale(count, most, inner):
    assert float(ElementTree.fromstring(length_svg(count, most)).find("{*}rect").get("width")) == inner


@pytest.mark.parametrize(("count", "most"), [(0, 0), (0, 3)])
def test_nought_is_a_line_at_the_start(count, most):
    assert ElementTree.fromstring(length_svg(count, most)).find("{*}rect") is None


def test_stripes_stay_inside_their_bar():
    path = ElementTree.fromstring(length_svg(1, 3)).find("{*}path").get("d")

    assert max(float(part.split(" ")[0]) for part in path.split("M")[1:]) + 0.5 <= 44 / 3
