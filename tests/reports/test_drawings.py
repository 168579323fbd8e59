"""The bar of conditions on a page: a picture with its words, and a key whose numbers lead to their rows."""

from django.template import Context, Template

from reports.board.drawing import conditions

PAGE = Template('{% include "_ui/conditions.html" %}')


def shown(counts, code="naker"):
    return PAGE.render(Context({"drawing": conditions(counts, penanggung_jawab=code)}))


def test_the_key_tells_every_condition_that_occurs_with_the_way_to_its_rows():
    html = shown({"LATE": 2, "DONE": 1, "BLOCKED": 0})

    assert 'alt="Komitmen menurut keadaan: Selesai 1, Melewati tenggat 2."' in html
    assert "penanggung_jawab=naker&amp;kondisi=LATE" in html
    assert "BLOCKED" not in html


def test_without_rows_nothing_is_drawn():
    assert shown({}).strip() == ""


def test_hostile_codes_stay_inside_the_address():
    assert "penanggung_jawab=%22%3E%3Cb%3E&amp;kondisi=DONE" in shown({"DONE": 1}, '"><b>')
