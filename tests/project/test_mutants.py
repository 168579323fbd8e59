"""The tests of the tests: each wall is taken away once, and the doors beside it must notice.

A mutant that lives means that a door stands open and no row of ``doors.csv`` says so.
"""

import sys

import pytest
from django.db import transaction
from django.urls import reverse

from agencies import policy
from agencies.models import Agency, Contact, Tenure, User
from agencies.models.agreement import AgreementQuerySet
from agencies.policy import YES
from commitments.models.commitment import CommitmentQuerySet
from meetings.models import MeetingQuerySet
from reports.models import ReportQuerySet
from tests.project.crawling import let_go
from tests.project.test_doors import PEOPLE, answer, rows
from tests.project.test_id_swap import forms, sent

APPS = ("agencies", "commitments", "meetings", "reports", "config")


def everywhere(monkeypatch, function, instead):
    """Replace a function in every module that took it by its name."""
    for module in [m for name, m in sys.modules.items() if name.split(".")[0] in APPS]:
        for name in [name for name, value in vars(module).items() if value is function]:
            monkeypatch.setattr(module, name, instead)


def all_of(model):
    return lambda *args, **kwargs: model.objects.all()


def no_policy(monkeypatch):
    everywhere(monkeypatch, policy.allowed, lambda *args, **kwargs: YES)


def no_permit(monkeypatch):
    everywhere(monkeypatch, policy.permit, lambda *args, **kwargs: None)


def no_require(monkeypatch):
    everywhere(monkeypatch, policy.require, lambda *args, **kwargs: None)


def no_scope(queryset):
    def mutate(monkeypatch):
        monkeypatch.setattr(queryset, "visible_to", lambda self, user: self.all())

    return mutate


def no_reach(name, model):
    def mutate(monkeypatch):
        reach = sys.modules["agencies.reach"]
        everywhere(monkeypatch, getattr(reach, name), all_of(model))

    return mutate


def no_keeper(monkeypatch):
    everywhere(monkeypatch, sys.modules["agencies.directory"].contacts_for, all_of(Contact))


def no_desk(monkeypatch):
    desks = lambda user: frozenset(Agency.objects.values_list("pk", flat=True))  # noqa: E731
    everywhere(monkeypatch, sys.modules["commitments.views.inbox"]._desks, desks)


def no_admission(monkeypatch):
    everywhere(monkeypatch, sys.modules["commitments.views.fetch"].admit, lambda *args: None)


def no_hosts(monkeypatch):
    everywhere(monkeypatch, sys.modules["commitments.forms.recorded"].hosts_of, lambda user: list(Agency.objects.all()))


MUTANTS = {
    "policy says yes to everything": (no_policy, {"agencies:holidays", "agencies:agreement_edit", "meetings:file"}),
    "permit lets everybody in": (no_permit, {"agencies:agreement_edit", "agencies:holidays"}),
    "a rule is asked but not obeyed": (no_require, {"commitments:edit_meeting", "commitments:evidence"}),
    "commitments without scope": (no_scope(CommitmentQuerySet), {"commitments:detail", "commitments:evidence"}),
    "meetings without scope": (no_scope(MeetingQuerySet), {"meetings:detail", "meetings:file"}),
    "agreements without scope": (no_scope(AgreementQuerySet), {"agencies:agreement"}),
    "reports without scope": (no_scope(ReportQuerySet), {"reports:detail", "reports:pdf"}),
    "people without reach": (no_reach("people_within_reach", User), {"agencies:person"}),
    "contacts of every keeper": (no_keeper, {"agencies:contact_edit"}),
    "texts of every desk": (no_desk, {"commitments:sent_by_hand"}),
    "steps without admission": (no_admission, {"commitments:change", "commitments:verify"}),
}
BODIES = {
    "agreements without scope": (no_scope(AgreementQuerySet), "log", "agreement"),
    "letters under any agreement": (no_scope(AgreementQuerySet), "letter", "agreement"),
    "hosts without scope": (no_hosts, "log", "host"),
    "agencies without reach": (no_reach("agencies_within_reach", Agency), "agreement", "host_agency"),
}


def wrong_answers(example, browsers, names):
    """Rows of the table that do not hold now; a door that breaks open by breaking down counts too."""
    wrong = []
    for row in rows():
        for person in PEOPLE:
            if row["url_name"] in names and row[person] in ("403", "404"):
                try:
                    got = answer(example, browsers[person], row)
                except Exception as broken:  # a mutant may send a view where it never goes
                    got = repr(broken)
                if str(got) != row[person]:
                    wrong.append(f"{row['url_name']} {person}: {got}")
    return wrong


def test_a_missing_wall_is_noticed_by_the_doors(example, signed_in, monkeypatch):
    every = set().union(*(names for _mutate, names in MUTANTS.values()))
    assert wrong_answers(example, signed_in, every) == []
    living = []
    for name, (mutate, names) in MUTANTS.items():
        with monkeypatch.context() as patch:
            mutate(patch)
            if not wrong_answers(example, signed_in, names):
                living.append(name)

    assert living == []


@pytest.mark.parametrize("mutant", BODIES)
def test_a_form_that_offers_too_much_is_noticed(example, foreign, signed_in, monkeypatch, mutant):
    mutate, name, field = BODIES[mutant]
    form = forms(example, foreign)[name]
    swapped = form.fields | {field: form.foreign[field]}
    assert sent(signed_in[form.person], form.address, swapped)[0] == 422

    with monkeypatch.context() as patch:
        mutate(patch)
        status = sent(signed_in[form.person], form.address, swapped)[0]

    assert status != 422


def test_a_deaf_canary_is_noticed(example, foreign, signed_in, monkeypatch):
    """Without scope, the foreign words are heard on a page of somebody who has nothing to do with them."""
    monkeypatch.setattr(CommitmentQuerySet, "visible_to", lambda self, user: self.all())

    with transaction.atomic():
        page = signed_in["petugas.asing"].get(reverse("commitments:list"), {"q": foreign.commitment.code})
        let_go(page)

    assert list(foreign.heard(page.content.decode()))
    assert Tenure.objects.filter(user=page.wsgi_request.user, post__agency=foreign.host).count() == 0
