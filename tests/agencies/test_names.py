"""Names typed by people find their agency, or the nearest ones."""

from agencies.models import Agency, Alias
from agencies.names import nearest, snapshot


def test_the_snapshot_holds_every_active_agency_with_its_other_names(unit, other_unit, django_assert_num_queries):
    Alias.objects.create(agency=unit, name="Nakertransgi")
    Agency.objects.filter(pk=other_unit.pk).update(is_active=False)

    with django_assert_num_queries(2):
        entries = snapshot()

    by_code = {entry.code: entry for entry in entries}
    assert by_code["naker"].aliases == ("Nakertransgi",)
    assert "sosial" not in by_code


def test_a_misspelt_code_finds_the_nearest_first(unit, other_unit, city, stranger):
    found = nearest("@nakr", snapshot())

    assert found[0].code == "naker"
    assert len(found) == 3
    assert len({entry.code for entry in found}) == 3


def test_a_former_name_finds_its_agency(unit, other_unit):
    Alias.objects.create(agency=other_unit, name="Dinas Bina Mental")

    assert nearest("bina mental", snapshot(), n=1)[0].code == "sosial"


def test_no_text_finds_nothing(unit):
    assert nearest("  @ ", snapshot()) == []
    assert nearest("naker", []) == []
