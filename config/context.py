"""What every page knows: the product, the mode, and the places this person may go."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.addresses import address


@dataclass(frozen=True)
class Place:
    """One entry of the navigation; ``action`` names what the person must be allowed to do there."""

    view: str
    label: Promise
    icon: str
    action: str


@dataclass(frozen=True)
class Link:
    """A place this person may go to, with its address."""

    view: str
    url: str
    label: Promise = field(compare=False)  # follows from the view
    icon: str
    is_current: bool


MAIN = (
    Place("reports:home", _("Beranda"), "home", "home"),
    Place("reports:dashboard", _("Dasbor"), "dashboard", "dashboard"),
    Place("commitments:list", _("Komitmen"), "list", "commitment.list"),
    Place("meetings:list", _("Pertemuan"), "meeting", "meeting.list"),
    Place("agencies:agreements", pgettext_lazy("menu", "Kesepakatan"), "agreement", "agreement.list"),
    Place("reports:list", _("Laporan"), "report", "report.list"),
    Place("reports:calendar", _("Kalender"), "calendar", "calendar"),
)
MORE = (
    Place("commitments:inbox", _("Pemberitahuan"), "bell", "reminder.inbox"),
    Place("agencies:directory", pgettext_lazy("menu", "Instansi"), "agency", "agency.read"),
    Place("agencies:people", _("Pengguna"), "meeting", "people.manage"),
    Place("agencies:holidays", _("Hari libur"), "calendar", "holiday.manage"),
    Place("mfa_index", _("Verifikasi dua langkah"), "shield", "home"),
    Place("account_change_password", _("Ganti kata sandi"), "key", "home"),
)
LOG = Place("commitments:log", _("Catat pertemuan"), "plus", "meeting.log")
ON_PHONE = ("reports:home", "commitments:list", "reports:calendar")


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the context of every page; the navigation costs nothing until a template asks for it."""
    return {
        "product_name": settings.PRODUCT_NAME,
        "is_example_mode": settings.MODE == "contoh",
        "nav": SimpleLazyObject(lambda: navigation(request)),
    }


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the links of the bars for the person of ``request``; empty when nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"main": [], "more": [], "log": None}
    main = list(_links(MAIN, request.path, user.rights))
    more = list(_links(MORE, request.path, user.rights))
    phone = [link for link in main if link.view in ON_PHONE]
    return {
        "main": main,
        "more": more,
        "phone_rest": [link for link in main if link.view not in ON_PHONE] + more,
        "log": next(_links((LOG,), request.path, user.rights), None),
        "phone_left": phone[:2],
        "phone_right": phone[2:],
    }


def _links(places: tuple[Place, ...], path: str, rights: Any) -> Iterator[Link]:
    """Yield the places that this person may enter; the pages ask again, this only tidies the menu."""
    for place in places:
        if rights.may(place.action):
            url = address(place.view)
            yield Link(place.view, url, place.label, place.icon, _is_current(path, url))


def _is_current(path: str, url: str) -> bool:
    """Say whether ``path`` lies under ``url``; the front page only matches itself."""
    return path == url if url == "/" else path.startswith(url)
