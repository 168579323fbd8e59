"""Messy tables as offices keep them, built in memory, each with the rows a careful reader takes from it."""

from tests.commitments.reading.workbooks.cells import CELLS
from tests.commitments.reading.workbooks.layouts import LAYOUTS
from tests.commitments.reading.workbooks.model import AGENCIES, MEETING_ON, Messy, Row
from tests.commitments.reading.workbooks.plain_text import PLAIN_TEXT

BUILDERS = (*LAYOUTS, *CELLS, *PLAIN_TEXT)

__all__ = ["AGENCIES", "BUILDERS", "MEETING_ON", "Messy", "Row"]
