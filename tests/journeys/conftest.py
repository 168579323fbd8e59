"""The world of the journeys: running copies, and browsers that walk through them."""

import shutil

import pytest

from tests.journeys.running import PASSWORD, set_up, start_copy
from tests.services import chromium, need

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def example_home(tmp_path_factory):
    """The home of a copy with the example, set up once; who needs one of its own starts on what this gives out."""
    first = tmp_path_factory.mktemp("pola")
    set_up(first)

    def a_new_one(name):
        home = tmp_path_factory.mktemp(name)
        shutil.copytree(first, home, dirs_exist_ok=True)
        return home

    return a_new_one


@pytest.fixture(scope="session")
def example_copy(example_home):
    """One copy with the example, shared by every journey that only needs one to exist."""
    copy = start_copy(example_home("contoh"))
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
        opened.append((context, copy))
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: complaints.append(request.url) if is_foreign(request.url, copy) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        return page

    yield _new_page
    for context, copy in opened:
        throw_drafts_away(context, copy)
        context.close()
    for copy, before in tracebacks.items():
        complaints.extend(copy.output.split("Traceback")[before + 1 :])
    assert not complaints


def throw_drafts_away(context, copy):
    """What one journey left typed and unsaved must not open in the next one's form."""
    for page in context.pages:
        page.close()
    if not copy.status_of("/masuk/") or not context.cookies():
        return
    page = context.new_page()
    page.goto("/")
    while page.locator("a[href^='/konsep/']").count():
        page.locator("a[href^='/konsep/']").first.click()
        page.get_by_role("button", name="Buang konsep").click()
        page.goto("/")


def is_foreign(url, copy):
    """Whether a request went to somebody else than the copy."""
    return not url.startswith((copy.address, "data:", "blob:", "about:"))


def is_complaint(message):
    """Whether a console message tells of a script error or of something the policy refused."""
    # An answer of 4xx to a fetch is also an "error" in the console, and often what the journey wants; so is no network.
    wanted = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED", "htmx:")
    return message.type == "error" and not any(words in message.text for words in wanted)


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
