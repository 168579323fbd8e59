"""Make the pictures of the README from a running copy of the example: ``.venv/bin/python -m docs.screenshots``."""  # noqa: INP001

import datetime as dt
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.people import enter, field, make_report, today, working_days
from tests.journeys.running import PASSWORD, RunningCopy, start_copy
from tests.services import chromium

IMAGES = Path(__file__).parent / "images"
SIZE = {"width": 1366, "height": 768}
BOX = """Penyuluhan migrasi aman di kelurahan (contoh) @contoh-a @contoh-b /{due} #1 =8 kelurahan
Pelatihan pendamping keluarga (contoh) @contoh-b #3 =2 kelas
Penjajakan pos layanan bersama (contoh)"""


def main() -> None:
    """Start a copy on a home of its own, walk to each page, and stop it again."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        copy = start_copy(Path(home))
        soon = working_days().first_on_or_after(today() + dt.timedelta(days=24))
        copy.manage("remind", "--on", f"{soon}T07:30")
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        try:
            beranda(signed_in(browser, copy, "petugas.bp3mi"))
            catat(signed_in(browser, copy, "petugas.bp3mi"))
            laporan(signed_in(browser, copy, "humas.bp3mi"))
        finally:
            browser.close()
            copy.stop()


def signed_in(browser: Browser, copy: RunningCopy, name: str) -> Page:
    """Return a page of an example account."""
    page = browser.new_page(base_url=copy.address, viewport=SIZE, locale="id-ID", timezone_id="Asia/Jakarta")
    enter(page, f"{name}@simpul.example", PASSWORD)
    return page


def beranda(page: Page) -> None:
    """The front page of an officer."""
    page.goto("/")
    page.screenshot(path=IMAGES / "beranda.png")


def catat(page: Page) -> None:
    """The log page with three lines and what is read in them."""
    page.goto("/pertemuan/catat/")
    page.locator('[name="agreement"]').evaluate("(box, code) => { box.value = code }", agreement_value(page))
    field(page, "Instansi mitra").fill("Kota Administrasi Contoh")
    due = today() + dt.timedelta(days=45)
    field(page, "Komitmen, satu baris satu komitmen").fill(BOX.format(due=f"{due.day}-{due.month}-{due.year}"))
    page.get_by_role("heading", name="Terbaca 3 komitmen").wait_for()
    page.screenshot(path=IMAGES / "catat.png")


def agreement_value(page: Page) -> str:
    """The option of the fictional agreement, so that its scope items can be named."""
    option = page.locator('[name="agreement"] option').filter(has_text=f"NK-{today().year}-001")
    return option.get_attribute("value") or ""


def laporan(page: Page) -> None:
    """The list of reports with one that was just made."""
    make_report(page, f"NK-{today().year}-001")
    page.screenshot(path=IMAGES / "laporan.png")


if __name__ == "__main__":
    main()
