"""What is not among some keys is found in the gaps between them."""

import pytest

from agencies.models import Agency
from config.gaps import Outside
from meetings.models import Attendance, Meeting
from tests.factories import AgencyFactory, MeetingFactory


@pytest.mark.parametrize("places", [(), (0,), (3,), (5,), (0, 1), (1, 3), (2, 4, 5), (0, 1, 2, 3, 4, 5)])
def test_the_gaps_hold_exactly_what_is_not_named(db, places):
    every = sorted(AgencyFactory().pk for _ in range(6))
    keys = frozenset(every[place] for place in places)

    found = Agency.objects.filter(Outside("pk", keys))

    assert set(found) == set(Agency.objects.exclude(pk__in=keys))


def test_another_table_can_be_asked_through_its_key(meeting, bp3mi):
    other = MeetingFactory(host_agency=AgencyFactory(), present=[bp3mi])

    assert list(Meeting.objects.filter(Outside("host_agency", [bp3mi.pk]))) == [other]
    assert [one.meeting for one in Attendance.objects.filter(Outside("meeting__host_agency", [bp3mi.pk]))] == [other]
