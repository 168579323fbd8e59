"""What people do and read on the pages, named by the words they see."""

import datetime as dt
import re
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from config.workdays import Calendar, national_days_off
from tests.journeys.running import wait_for

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WIB = ZoneInfo("Asia/Jakarta")
CODE = re.compile(r"/laporan/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2})/$")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def enter(page, address, password):
    """Sign in by address and password."""
    page.goto("/masuk/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", password)
    page.click("main form [type=submit]")
    page.wait_for_url(lambda url: "/masuk/" not in url)


def part(page, heading):
    """The section of a page under a heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=heading))


def field(scope, label):
    """The field with exactly this label, whether it may stay empty or not."""
    return scope.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s+\(boleh kosong\))?\s*$"))


def fill(scope, **typed):
    """Type into fields: ``fill(page, Tempat="...")``; spaces of the label are written as underscores."""
    for label, words in typed.items():
        field(scope, label.replace("_", " ")).fill(words)


def tab_to(page, wanted, *, most=60):
    """Press Tab until ``wanted`` has the focus."""
    for _step in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by {most} tabs")


def told(place, words):
    """A page (or a part of one) says ``words`` somewhere in its content."""
    expect(place.locator("main") if isinstance(place, Page) else place).to_contain_text(words)


def written(day):
    """A date as people write it: ``29 Oktober 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def today():
    """The calendar day in the zone of the copies."""
    return dt.datetime.now(tz=WIB).date()


def working_days():
    """The working days of this year and the next."""
    year = today().year
    return Calendar(frozenset(off.on for off in national_days_off((year, year + 1))))


def date_whose_week_before_is_worked(days=14):
    """A date at least ``days`` from now, with the working day a week before it: ``(due, rung day)``."""
    rung = working_days().first_on_or_after(today() + dt.timedelta(days=days - 7))
    return rung + dt.timedelta(days=7), rung


def mails_to(copy, address):
    """The messages in the mail folder for one address, oldest first."""
    return [mail for mail in copy.mails() if address in mail["To"]]


def mail_to(copy, address, words):
    """The message for ``address`` whose subject or text holds ``words``; waits for the worker to bring it."""

    def _found():
        return next((mail for mail in mails_to(copy, address) if words in mail["Subject"] + body_of(mail)), None)

    return wait_for(_found, seconds=20)


def body_of(mail):
    """The plain text of a message."""
    return mail.get_body(("plain",)).get_content()


def link_in(text, path):
    """The address in a text that leads below ``path``."""
    found = re.search(rf"https?://[^\s\"]+{path}[^\s\"]+", text)
    assert found, f"no link to {path} in: {text}"
    return found[0]


def download(page, link):
    """The bytes behind a link or button that hands over a file."""
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.path().read_bytes()


def pdf_text(content):
    """The text of a PDF in reading order, words separated by single spaces."""
    found = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def complaints_of_axe(page):
    """What axe-core finds wrong on a page: rule and where."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)")
    return [f"{rule['id']}: {node['target'][0]} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def make_report(page, agreement=None):
    """Ask for this quarter's report (of the agreement with a code) and wait for it; returns its document code."""
    page.goto("/laporan/susun/")
    if agreement:
        wanted = field(page, "Kesepakatan").locator("option").filter(has_text=agreement)
        field(page, "Kesepakatan").select_option(wanted.get_attribute("value"))
    page.get_by_role("button", name="Susun PDF").click()
    page.wait_for_url(CODE, timeout=60_000)
    return CODE.search(page.url)[1]
