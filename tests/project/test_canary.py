"""No foreign word anywhere: every text of two foreign agencies is a token, and nobody of the example hears one."""

from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agreement, User
from reports.counting.periods import read_period
from reports.example.accounts import email_of
from reports.snapshots.making import freeze
from tests.project.canaries import TOKEN, ForeignWorld
from tests.project.crawling import let_go, words_of
from tests.project.test_doors import rows

INSIDE = ("petugas.bp3mi", "pimpinan.contoh", "auditor")  # between them they see every page of the example's own rows
SEARCHES = [
    ("commitments:list", {"q": "K-2026-777"}),
    ("commitments:list", {"q": "kenari", "status": "SUBMITTED"}),
    ("commitments:list", {"pertemuan": "A-2026-777", "kesepakatan": "NK-2024-777"}),
    ("commitments:list", {"urut": "-kode", "status": "DONE"}),
    ("commitments:record_letter", {"tercatat": "K-2026-777 K-2026-778 K-2026-779"}),
    ("meetings:list", {"q": "A-2026-777"}),
    ("reports:dashboard", {"kesepakatan": "NK-2024-777"}),
    ("agencies:directory", {"q": "kenari"}),
]


def addresses(example, foreign, *, with_own=True):
    """Every door one can look through: as the table of doors says, and at the foreign row of the same kind.

    Without ``with_own`` the pages of the example's own rows are left out, and lists and foreign rows remain.
    """
    found = {}
    for row in rows():
        if row["method"] == "GET":
            if with_own or not row["object"]:
                found[example.address(row["url_name"], row["object"])] = row["url_name"]
            if (stranger := foreign.stand_in(row["object"])) is not None:
                found[reverse(row["url_name"], kwargs=stranger)] = row["url_name"]
    found |= {f"{reverse(name)}?{urlencode(query)}": name for name, query in SEARCHES}
    return found


def heard_by(browser, example, foreign, *, deaf=(), with_own=True):
    """(address, tokens) of every page on which a foreign word stands."""
    found = {}
    for address, name in addresses(example, foreign, with_own=with_own).items():
        if name in deaf:
            continue
        response = browser.get(address, headers={"accept-encoding": "identity"})
        sung = list(foreign.heard(words_of(response)))
        let_go(response)
        if sung:
            found[address] = sung
    return found


def test_nobody_of_the_example_hears_a_foreign_word(example, foreign, signed_in):
    loud = {}
    for person, browser in signed_in.items():
        # An Admin looks after everybody's account, and so reads their names; nothing else.
        deaf = {"agencies:people", "agencies:person"} if person == "admin" else set()
        for address, sung in heard_by(browser, example, foreign, deaf=deaf, with_own=person in INSIDE).items():
            loud[f"{person} {address}"] = sung

    assert loud == {}


def test_a_party_to_the_same_agreement_hears_nothing_of_others(example, signed_in):
    """Being under one agreement shows its text to everybody, but no meeting and no commitment of others."""
    beside = ForeignWorld(Agreement.objects.get(code="NK-2025-001"))
    public = {word for word, place in beside.fields.items() if place.startswith("Clause.")}
    beside.fields = {word: place for word, place in beside.fields.items() if word not in public}

    loud = {}
    for person in ("pimpinan.bp3mi", "petugas.jaksel"):
        for address, sung in heard_by(signed_in[person], example, beside).items():
            loud[f"{person} {address}"] = sung

    assert loud == {}


def test_a_report_prints_no_words_of_others_under_the_same_agreement(example):
    """Else a party that logs one line of its own could print what all others promised."""
    beside = ForeignWorld(Agreement.objects.get(code="NK-2025-001"))
    jaksel = User.objects.get(email=email_of("petugas.jaksel")).rights.main_agency
    period = read_period(str(timezone.localdate().year))

    theirs = freeze(beside.agreement, period, issuer=jaksel, at=timezone.now())
    own = freeze(beside.agreement, period, issuer=beside.host, at=timezone.now())

    silent = {"Terms.wording", "SourceText.text", "Consent.text", "Progress.text"}
    assert silent & {beside.fields[word] for word in TOKEN.findall(theirs)} == set()
    assert silent <= {beside.fields[word] for word in TOKEN.findall(own)}
    assert beside.commitment.code in theirs, "what is counted is listed"


def test_the_foreign_words_sing_at_home(example, foreign):
    """Else the test above could not fail: whoever belongs there finds nearly every text on some page."""
    heard = set()
    for person in (foreign.officer, foreign.auditor()):
        browser = Client()
        browser.force_login(person)
        for sung in heard_by(browser, example, foreign).values():
            heard |= {word.split("(")[1].rstrip(")") for word in sung}

    places = {
        "Agreement.title", "Clause.text", "Meeting.minutes", "Meeting.place", "Meeting.led_by", "Attendance.name",
        "Statement.verbatim", "MeetingFile.name", "MeetingFile.file", "Commitment.wording", "Commitment.note",
        "Progress.text", "Evidence.name", "Evidence.file", "Evidence.link", "Evidence.letter_number", "Consent.name",
        "Contact.name", "Contact.whatsapp", "Delivery.subject", "Delivery.body", "Draft.content", "User.name",
    }  # fmt: skip
    assert places - heard == set()
