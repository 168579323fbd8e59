"""The example: real facts as the source has them, a fictional city beside them, and loading it twice is once."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.audit import verify_chain
from agencies.models import Agency, Agreement, Event, User
from commitments.models import Commitment, Consent, DueBasis, Progress
from commitments.status import Status
from meetings.models import Meeting, SourceText
from reports.example.real import LINES
from reports.management.commands.demo import load

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def example(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(now=timezone.localtime(NOW))


def test_the_five_real_lines_stand_in_their_words_without_owner_date_or_place(example):
    rows = Commitment.objects.filter(agreement__code="NK-2025-001").order_by("code")

    assert [row.original for row in rows] == list(LINES)
    assert all(row.lead is None and row.due_on is None and row.target is None for row in rows)
    assert not any(row.clauses.exists() for row in rows)
    meeting = Meeting.objects.get(agreement__code="NK-2025-001")
    assert (meeting.held_on, meeting.place, meeting.is_open_list) == (dt.date(2026, 1, 28), "", True)
    assert meeting.attendance.count() == 6


def test_the_source_of_the_real_lines_is_the_typed_text(example):
    source = Commitment.objects.filter(agreement__code="NK-2025-001").first().source

    assert source.text == "\n".join(LINES)
    assert SourceText.objects.filter(meeting__agreement__code="NK-2025-001").count() == 1


def test_quotes_are_short_and_name_a_post_and_a_source(example):
    statements = Meeting.objects.get(agreement__code="NK-2025-001").statements.all()

    assert statements
    for statement in statements:
        assert len(statement.verbatim.split()) <= 15
        assert statement.speaker
        assert statement.source_url.startswith("https://kp2mi.go.id/")


def test_the_real_agreement_holds_no_example_row(example):
    assert not Commitment.objects.filter(agreement__code="NK-2025-001", is_example=True).exists()
    assert not Meeting.objects.filter(agreement__code="NK-2025-001", is_example=True).exists()


def test_no_real_office_is_made_to_promise_anything(example):
    involved = Agency.objects.filter(led_commitments__isnull=False) | Agency.objects.filter(contributions__isnull=False)

    assert set(involved.values_list("is_example", flat=True)) == {True}
    assert not Progress.objects.filter(on_behalf_of__is_example=False).exists()


def test_unknown_official_data_stay_empty(example):
    agreement = Agreement.objects.get(code="NK-2025-001")

    assert (agreement.title, agreement.starts_on, agreement.ends_on) == ("", None, None)
    assert set(agreement.parties.values_list("number", flat=True)) == {""}
    assert not agreement.clauses.exists()


def test_every_status_that_an_action_reaches_occurs(example):
    reached = set(Commitment.objects.filter(is_example=True).values_list("status", flat=True))

    assert reached == {
        Status.DRAFT, Status.NOT_STARTED, Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.DONE,
    }  # fmt: skip


def test_every_gap_and_both_kinds_of_dates_occur(example):
    rows = Commitment.objects.filter(is_example=True)

    assert rows.without_owner().exists()
    assert rows.without_date().exists()
    assert rows.without_target().exists()
    assert rows.without_clause().exists()
    assert rows.overdue(at=NOW).exists()
    assert rows.past_proposal(at=NOW).exists()
    assert set(rows.exclude(due_basis="").values_list("due_basis", flat=True)) == set(DueBasis.values)
    assert Consent.objects.exists()


def test_loading_twice_changes_nothing(example):
    before = Event.objects.count(), Commitment.objects.count(), User.objects.count()

    load(now=timezone.localtime(NOW + dt.timedelta(days=1)))

    assert (Event.objects.count(), Commitment.objects.count(), User.objects.count()) == before


def test_the_trail_of_the_example_is_whole(example):
    assert verify_chain().broken_at is None


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-05", "2028-02-29", "2026-12-31"])
def test_it_loads_on_any_day_of_the_year(db, settings, tmp_path, day):
    settings.MEDIA_ROOT = tmp_path
    now = dt.datetime.fromisoformat(f"{day}T17:30:00+00:00").astimezone(timezone.get_default_timezone())

    load(now=now)

    assert Agreement.objects.filter(code=f"NK-{now.year}-001").exists()


def test_accounts_are_posts_with_example_addresses(example):
    for user in User.objects.all():
        assert user.email.endswith("@simpul.example")
        assert re.match(r"(Petugas|Pimpinan|Humas|Auditor|Admin) ", user.name)


def test_production_never_loads_it(db, settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="produksi"):
        call_command("demo")
