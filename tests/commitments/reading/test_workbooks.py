"""The messy tables hold what their expected rows say: nobody is measured against a row that is not there."""

import io
import re

import pytest
from openpyxl import load_workbook

from tests.commitments.reading.workbooks import AGENCIES, BUILDERS

CODES = {agency.code for agency in AGENCIES}
TABLES = [build() for build in BUILDERS]


def squeezed(text):
    return " ".join(re.sub(r'[\s\u00a0"]+', " ", text).split())


def words(table):
    """All cells of a table as one text."""
    if table.pasted:
        return squeezed(table.pasted)
    if table.name.endswith(".csv"):
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return squeezed(table.stored.decode(encoding))
            except UnicodeDecodeError:
                continue
    book = load_workbook(io.BytesIO(table.stored), data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    return squeezed(" | ".join(str(cell) for cell in cells))


def test_there_are_at_least_20_different_tables():
    assert len({table.slug for table in TABLES}) == len(TABLES) >= 20


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
class TestTable:
    def test_expected_wordings_notes_and_unknown_names_stand_in_it(self, table):
        text = words(table)

        for row in table.rows:
            for said in (row.commitment, row.note, row.due_text, *row.unknown):
                assert squeezed(said) in text

    def test_owners_are_in_the_directory(self, table):
        assert {code for row in table.rows for code in (*row.owners, *row.supporters)} <= CODES

    def test_a_due_date_is_understood_or_kept_as_words(self, table):
        assert not any(row.due_on and row.due_text for row in table.rows)

    def test_the_sheet_that_is_meant_exists(self, table):
        if table.sheet:
            assert table.sheet in load_workbook(io.BytesIO(table.stored), read_only=True).sheetnames
