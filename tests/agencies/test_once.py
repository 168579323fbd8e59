"""Acts that the database ended because two waited for each other are done anew, all or nothing."""

import uuid

import pytest
from django.db import OperationalError

from agencies.models import FormToken, Holiday
from agencies.numbering import TRIES, once


class Ended(Exception):
    """What the driver of the database raises."""

    def __init__(self, pgcode):
        super().__init__(pgcode)
        self.pgcode = pgcode


class Act:
    """Writes a row, and is ended by the database the first times."""

    def __init__(self, *, times, pgcode="40P01"):
        self.times, self.pgcode, self.calls = times, pgcode, 0

    def __call__(self):
        self.calls += 1
        Holiday.objects.create(on=f"2026-12-{self.calls:02d}", name="Uji", kind="NATIONAL")
        if self.calls <= self.times:
            raise OperationalError("ended") from Ended(self.pgcode)
        return "/selesai/"


@pytest.fixture
def officer(flushable, request):
    return request.getfixturevalue("petugas")


def test_an_act_that_was_ended_is_done_anew_and_leaves_one_row(officer):
    act = Act(times=TRIES - 1)

    assert once(uuid.uuid4(), by=officer, content="x", act=act) == "/selesai/"
    assert (act.calls, Holiday.objects.count(), FormToken.objects.count()) == (TRIES, 1, 1)


@pytest.mark.parametrize("act", [Act(times=TRIES), Act(times=1, pgcode="53100")], ids=["again and again", "disk full"])
def test_what_cannot_be_done_leaves_nothing(officer, act):
    with pytest.raises(OperationalError):
        once(uuid.uuid4(), by=officer, content="x", act=act)

    assert (Holiday.objects.count(), FormToken.objects.count()) == (0, 0)


def test_inside_another_transaction_nothing_is_tried_again(db, petugas):
    """All of it is undone already, so only who began it can begin again."""
    act = Act(times=1)

    with pytest.raises(OperationalError):
        once(uuid.uuid4(), by=petugas, content="x", act=act)

    assert act.calls == 1
