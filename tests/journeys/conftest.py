"""The world of the journeys: running copies, and browsers that walk through them."""

import pytest

from tests.journeys.running import PASSWORD, start_copy
from tests.services import chromium, need

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def example_copy(tmp_path_factory):
    """One copy with the example, shared by every journey that only needs one to exist."""
    copy = start_copy(tmp_path_factory.mktemp("contoh"))
    yield copy
    copy.stop()


@pytest.fixture(scope="module")
def empty_copy(tmp_path_factory):
    """A copy without the example; its output holds the one-time link to the first-run page."""
    copy = start_copy(tmp_path_factory.mktemp("kosong"), "--empty")
    yield copy
    copy.stop()


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    need(chromium(), "chromium (uji di peramban)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def new_page(browser):
    """Open a page of its own session: ``new_page(copy, javascript=False, viewport=PHONE)``.

    A page fails its test when the browser reports an error or a refusal of the content policy, when it asks
    anybody but the copy for something, and when the copy had to write a traceback meanwhile.
    """
    opened, complaints, tracebacks = [], [], {}

    def _new_page(copy, *, javascript=True, viewport=DESK, **options):
        tracebacks.setdefault(copy, copy.output.count("Traceback"))
        context = browser.new_context(
            base_url=copy.address,
            viewport=viewport,
            java_script_enabled=javascript,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: complaints.append(request.url) if is_foreign(request.url, copy) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        return page

    yield _new_page
    for context in opened:
        context.close()
    for copy, before in tracebacks.items():
        complaints.extend(copy.output.split("Traceback")[before + 1 :])
    assert not complaints


def is_foreign(url, copy):
    """Whether a request went to somebody else than the copy."""
    return not url.startswith((copy.address, "data:", "blob:", "about:"))


def is_complaint(message):
    """Whether a console message tells of a script error or of something the policy refused."""
    # An answer of 4xx to a fetch is also an "error" in the console, and often what the journey wants.
    return message.type == "error" and "the server responded with a status of 4" not in message.text


@pytest.fixture
def sign_in(new_page):
    """Open a page signed in as an account of the example: ``sign_in(copy, "petugas.bp3mi")``."""

    def _sign_in(copy, name, **options):
        page = new_page(copy, **options)
        page.goto("/masuk/")
        page.fill("input[name=login]", f"{name}@simpul.example")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form [type=submit]")
        page.wait_for_url(lambda url: "/masuk/" not in url)
        return page

    return _sign_in
