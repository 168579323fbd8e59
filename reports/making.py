"""From figures to a stored report: freeze, print, keep. Actions decide who may; this only does it."""

import contextlib
import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.audit import head_hash
from agencies.models import Agency, Agreement, User
from commitments.models import Commitment
from reports.codes import new_code
from reports.figures import figures, last_news
from reports.models import Report
from reports.pdf import Rendered
from reports.periods import Period, end_instant
from reports.snapshot import Snapshot, build_snapshot, frozen


def freeze(agreement: Agreement, period: Period, *, issuer: Agency, at: dt.datetime) -> str:
    """Count everything as of ``at`` (at most the period's end) and return the snapshot's text, with a new code."""
    snapshot = build_snapshot(
        figures(agreement, period, at),
        agreement=agreement,
        issuer=issuer,
        code=_unused_code(),
        made_at=at,
        audit_head=head_hash(),
        last_news=_news_for(issuer, agreement, min(at, end_instant(period))),
    )
    if not agreement.is_open_between_parties:
        readable = _readable_codes(issuer, agreement)
        snapshot["rows"] = [row if row["code"] in readable else _without_words(row) for row in snapshot["rows"]]
    return frozen(snapshot)[0]


def _readable_codes(issuer: Agency, agreement: Agreement) -> set[str]:
    """Commitments whose words the issuer may print: its tree keeps, leads or supports them, or was in the room.

    Numbers are the same for everybody; words of others are not printed merely because one logged a line of
    one's own under the same agreement.
    """
    tree = Agency.objects.within([issuer]).values("pk")
    takes_part = Q(host_agency__in=tree) | Q(lead__in=tree) | Q(contributions__agency__in=tree)
    present = Q(meeting__counterpart__in=tree) | Q(meeting__attendance__agency__in=tree)
    rows = Commitment.objects.filter(takes_part | (Q(lead=None) & present), agreement=agreement)
    return set(rows.values_list("code", flat=True))


def _without_words(row: Snapshot) -> Snapshot:
    """A row of others: what is counted stays, what was said does not."""
    words = _("Rumusan tidak ditampilkan: komitmen antara instansi lain.")
    objections = [answer | {"text": _("tidak ditampilkan")} for answer in row["objections"]]
    return row | {"wording": words, "original": words, "objections": objections}


def _unused_code() -> str:
    """A code that no report carries yet; with 45 random bits the second try never happens in practice."""
    while Report.objects.filter(code=(code := new_code())).exists():
        pass
    return code


def _news_for(issuer: Agency, agreement: Agreement, at: dt.datetime) -> dict[str, str]:
    """Texts of progress only from rows in which the issuer keeps the record, leads or supports."""
    taking_part = Commitment.objects.filter(agreement=agreement).filter(
        Q(host_agency=issuer) | Q(lead=issuer) | Q(contributions__agency=issuer)
    )
    codes = set(taking_part.values_list("code", flat=True))
    return {code: text for code, text in last_news(agreement, at).items() if code in codes}


def store(text: str, rendered: Rendered, *, file: str, agreement: Agreement, issuer: Agency, by: User | None) -> Report:
    """Insert the draft whose PDF is kept under the name ``file``."""
    snapshot: Snapshot = json.loads(text)
    return Report.objects.create(
        code=snapshot["code"],
        agreement=agreement,
        issuer=issuer,
        period=snapshot["period"]["code"],
        starts_on=snapshot["period"]["starts_on"],
        ends_on=snapshot["period"]["ends_on"],
        as_of=snapshot["as_of"],
        snapshot=text,
        snapshot_sha256=frozen(snapshot)[1],
        audit_head=snapshot["audit_head"],
        draft_pdf=file,
        pages=rendered.pages,
        made_by=by,
        made_at=snapshot["made_at"],
        is_example=snapshot["is_example"],
    )


class _Finished(File):  # type: ignore[type-arg]  # the type of its content does not matter here
    """A file that is already whole: storing it is a rename, so that nobody ever sees half of it."""

    def temporary_file_path(self) -> str:
        """Where it lies now."""
        return str(self.name)


@contextlib.contextmanager
def kept(pdf: bytes, *, text: str, suffix: str = "") -> Iterator[str]:
    """Store the PDF of a snapshot, whole or not at all, and take it away again when the body fails.

    Written beside its place and renamed there; gives the name it is stored under.
    """
    snapshot: Snapshot = json.loads(text)
    year = snapshot["period"]["ends_on"][:4]
    folder = Path(settings.MEDIA_ROOT) / "reports" / year
    folder.mkdir(parents=True, exist_ok=True)
    name = _put(pdf, folder, f"reports/{year}/{snapshot['code']}{suffix}.pdf")
    try:
        yield name
    except BaseException:
        default_storage.delete(name)
        raise


def _put(content: bytes, folder: Path, name: str) -> str:
    handle, path = tempfile.mkstemp(dir=folder, prefix=".menunggu-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with open(path, "rb") as whole:
            finished: Any = _Finished(whole, name=path)
            return default_storage.save(name, finished)
    finally:
        Path(path).unlink(missing_ok=True)
