"""The menu shows a person the places that the policy lets them enter."""

import pytest
from django.test import RequestFactory

from agencies.policy import TABLE
from config.context import LOG, MAIN, MORE, navigation


def test_every_place_asks_the_policy_for_an_action_it_knows():
    assert {place.action for place in (*MAIN, *MORE, LOG)} <= TABLE.keys()


@pytest.mark.parametrize(
    ("who", "allowed", "refused"),
    [
        ("petugas", {"meeting.log", "commitment.list", "report.list"}, {"people.manage", "holiday.manage"}),
        ("pimpinan", {"meeting.log", "people.manage"}, {"holiday.manage"}),
        ("humas", {"commitment.list", "report.list"}, {"meeting.log", "people.manage"}),
        ("auditor", {"report.list"}, {"meeting.log", "people.manage"}),
        ("admin", {"people.manage", "holiday.manage"}, {"meeting.log", "report.list"}),
    ],
)
def test_the_menu_follows_the_policy(who, allowed, refused, request):
    rights = request.getfixturevalue(who).rights

    assert {action for action in allowed | refused if rights.may(action)} == allowed


def test_only_those_who_log_meetings_are_offered_to(humas, petugas):
    offers = []

    for person in (humas, petugas):
        visit = RequestFactory().get("/")
        visit.user = person
        offers.append(navigation(visit)["log"])

    assert offers[0] is None
    assert offers[1].url == "/pertemuan/catat/"
