"""A list as a Word file: a landscape table whose head repeats on every page."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import Agency
from config.downloads import Value
from config.templatetags.waktu import angka, tanggal_pendek, waktu
from reports.exports.lists import Listing
from reports.papers.frame import Issuer, Paper
from reports.papers.word import WordPaper, fitting

MOST_ROWS = 2_000  # some hundred pages; who needs more wants a workbook
WIDTH = 252  # millimetres between the margins of A4 on its side
SIZE = 9  # points


def write_list(listing: Listing, *, agency: Agency, at: dt.datetime) -> bytes:
    """The Word file of a list, as ``agency``'s working paper; at most :data:`MOST_ROWS` rows are meant for it."""
    title = _("Daftar %(name)s") % {"name": listing.title.lower()}
    paper = Paper(
        title=title, issuer=Issuer.of(agency), standing=_("Daftar kerja"), is_example=listing.is_example
    )  # fmt: skip
    word = WordPaper(paper, at=at, is_landscape=True)
    word.title(title, below=_("Keadaan per %(when)s") % {"when": waktu(at, agency.zone)})
    if listing.told:
        word.text(_("Filter yang dipakai: %(filters)s") % {"filters": "; ".join(listing.told)})
    rows = [[_words(value) for value in row] for row in listing.rows()]
    if rows:
        head, wants = [str(column.label) for column in listing.columns], [column.width for column in listing.columns]
        word.table(head, rows, fitting([head, *rows], wants, whole=WIDTH, size=SIZE), size=SIZE)
    else:
        word.text(_("Tidak ada baris."))
    return word.save()


def _words(value: Value) -> str:
    """A cell as it is read: dates and numbers in words."""
    if isinstance(value, dt.date):
        return tanggal_pendek(value)
    return angka(value) if isinstance(value, int | Decimal) else value or ""
