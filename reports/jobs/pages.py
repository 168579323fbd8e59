"""How far the pages of a report are, told by its worker."""

from django.utils.translation import gettext_noop as _

from reports.jobs.heartbeat import Heartbeat

PAUSE = 0.4  # seconds between two writes
LAYOUT_STARTS, LAYOUT_ENDS = 25, 92  # per cent


class Pages:
    """The pages of one report while they are laid out; ``expected``: how many there will be, as far as one can tell."""

    def __init__(self, heart: Heartbeat, expected: int) -> None:
        self._heart, self._expected = heart, expected
        self._heart.step(_("Menyiapkan halaman"), LAYOUT_STARTS)

    def tell(self, number: int) -> None:
        """Say which page is laid out (0: none yet); called at least every second. Raises Stopped."""
        if self._heart.silence < PAUSE:
            return
        if not number:
            self._heart.step(_("Menyiapkan halaman"), LAYOUT_STARTS)
            return
        share = min(1.0, number / max(1, self._expected))
        percent = LAYOUT_STARTS + round(share * (LAYOUT_ENDS - LAYOUT_STARTS))
        if number < self._expected:
            words = _("Menyusun halaman %(page)s dari sekitar %(pages)s")
            self._heart.step(words, percent, page=number, pages=self._expected)
        else:
            self._heart.step(_("Menyusun halaman %(page)s"), percent, page=number)
