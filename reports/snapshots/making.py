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
from django.utils.translation import gettext as _

from agencies.audit import head_hash
from agencies.models import Agency, Agreement, User
from reports.counting.changes import changes, changes_between
from reports.counting.figures import figures
from reports.counting.periods import Period, end_instant, start_instant
from reports.issuing.codes import new_code
from reports.models import Audience, Report, ReportStatus
from reports.options import USUAL, ReportOptions
from reports.papers.photos import photos_of
from reports.printing.pdf import Rendered
from reports.snapshots.particulars import NO_WORDS, attendance, choices, narrowing, readable_codes, row_words
from reports.snapshots.public import made_public, require_named
from reports.snapshots.snapshot import Snapshot, build_snapshot, frozen


def freeze(
    agreement: Agreement,
    period: Period,
    *,
    issuer: Agency,
    at: dt.datetime,
    options: ReportOptions = USUAL,
    revises: Report | None = None,
) -> str:
    """Count everything as of ``at`` (at most the period's end) and return the snapshot's text, with a new code.

    ``revises``: the issued report whose next revision this becomes. Raises Refusal (409) for a public report
    narrowed to an agency, or to the region of one, that did not agree to be named.
    """
    counted = figures(agreement, period, at, within=narrowing(options))
    require_named(options, counted.rows)
    instant = min(at, end_instant(period))
    snapshot = build_snapshot(
        counted,
        agreement=agreement,
        issuer=issuer,
        code=_unused_code(),
        made_at=at,
        audit_head=head_hash(),
        options=options,
        revision=revises.revision + 1 if revises else 1,
        revises=revises.code if revises else "",
    )
    snapshot |= choices(options, issuer)
    snapshot["photos"] = photos_of(agreement, period, issuer=issuer, options=options)
    _add_words(snapshot, agreement, issuer, at=instant)
    if options.is_public:
        return frozen(made_public(snapshot))[0]
    snapshot["changes"] = _changes(agreement, period, snapshot, issuer=issuer, revises=revises, at=instant)
    return frozen(snapshot)[0]


def _add_words(snapshot: Snapshot, agreement: Agreement, issuer: Agency, *, at: dt.datetime) -> None:
    """Put beside the numbers what this issuer may print, and take out the wording of others."""
    words, tree = row_words(issuer, agreement, at=at), _tree(issuer)
    for row in snapshot["rows"]:
        row |= words.get(row["code"], NO_WORDS) | {"own": row["lead_code"] in tree}
    present = attendance(issuer, [meeting["code"] for meeting in snapshot["meetings"]])
    for meeting in snapshot["meetings"]:
        meeting["present"] = present.get(meeting["code"], [])
    if not agreement.is_open_between_parties:
        readable = readable_codes(issuer, agreement)
        snapshot["rows"] = [row if row["code"] in readable else _without_words(row) for row in snapshot["rows"]]


def _changes(
    agreement: Agreement, period: Period, snapshot: Snapshot, *, issuer: Agency, revises: Report | None, at: dt.datetime
) -> dict[str, Any]:
    """What changed since the report it revises, else since the last one issued, else since the period began."""
    options = ReportOptions.from_json(snapshot["options"])
    before = revises or _last_issued(agreement, issuer, options, before=at)
    if before is not None:
        return {"report": before.code} | changes_between(json.loads(before.snapshot), snapshot).as_json()
    readable = None if agreement.is_open_between_parties else frozenset(readable_codes(issuer, agreement))
    told = changes(
        agreement, since=min(start_instant(period), at), until=at, within=narrowing(options), readable=readable
    )
    return {"report": ""} | told.as_json()


def _last_issued(agreement: Agreement, issuer: Agency, options: ReportOptions, *, before: dt.datetime) -> Report | None:
    """The issuer's last report on the same commitments that still stands."""
    issued = Report.objects.filter(
        agreement=agreement,
        issuer=issuer,
        status=ReportStatus.PUBLISHED,
        replaced_by=None,
        audience=Audience.INTERNAL,
        as_of__lt=before,
    ).order_by("-as_of", "-pk")
    return next((report for report in issued if _same_rows(report.chosen, options)), None)


def _same_rows(one: ReportOptions, other: ReportOptions) -> bool:
    return (set(one.agencies), one.region) == (set(other.agencies), other.region)


def _tree(issuer: Agency) -> set[str]:
    return set(Agency.objects.within([issuer]).values_list("code", flat=True))


def _without_words(row: Snapshot) -> Snapshot:
    """A row of others: what is counted stays, what was said does not."""
    words = _("Rumusan tidak ditampilkan: komitmen antara instansi lain.")
    objections = [answer | {"text": _("tidak ditampilkan")} for answer in row["objections"]]
    return row | {"wording": words, "original": words, "objections": objections, "is_hidden": True}


def _unused_code() -> str:
    """A code that no report carries yet; with 45 random bits the second try never happens in practice."""
    while Report.objects.filter(code=(code := new_code())).exists():
        pass
    return code


def store(text: str, rendered: Rendered, *, file: str, agreement: Agreement, issuer: Agency, by: User | None) -> Report:
    """Insert the draft whose PDF is kept under the name ``file``."""
    snapshot: Snapshot = json.loads(text)
    revised = snapshot.get("revises")
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
        options=snapshot.get("options", {}),
        audience=snapshot.get("audience", Audience.INTERNAL),
        revision=snapshot.get("revision", 1),
        revises=Report.objects.get(code=revised) if revised else None,
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
