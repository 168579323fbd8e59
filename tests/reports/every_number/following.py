"""Follows the numbers of a page as a person would, and says what does not agree."""

from urllib.parse import urldefrag, urljoin

from tests.reports.every_number.pages import NO_ROWS, ROWS_HERE, SAID_AGAIN
from tests.reports.every_number.reading import NumbersOf


class Follower:
    """A person's browser that remembers what it has opened."""

    def __init__(self, browser):
        self.browser, self.opened, self.wrong = browser, {}, []

    def read(self, address):
        """Follow every number of a page and account for those that are no link; a page one may not see is left out."""
        response = self.browser.get(address)
        if response.status_code in (403, 404, 422):
            return None
        assert response.status_code == 200, (address, response.status_code)
        page = NumbersOf(response.content)
        for one in page.linked:
            if (rows := self.rows_behind(urljoin(address, one.href))) != one.count:
                self.wrong.append((address, one.words, one.href, rows))
        known = {0, *(one.count for one in page.linked)}
        if any(one.href.startswith("?") for one in page.linked):
            known.add(self.rows_behind(address.partition("?")[0]))  # a part of the page's own rows
        self.wrong += [(address, one.words, one.whole) for one in page.linked if one.whole not in {None, *known}]
        self.wrong += [(address, one.words, one.place.tag) for one in page.bare if not _is_accounted_for(one, known)]
        self.wrong += [(address, words, "%") for words in page.lonely_shares()]
        return page

    def rows_behind(self, address):
        """How many rows a page shows, or the part of it that the address leads to."""
        if address not in self.opened:
            page, fragment = urldefrag(address)
            response = self.browser.get(page)
            self.opened[address] = _rows_of(response, fragment) if response.status_code == 200 else None
        return self.opened[address]


def _is_accounted_for(bare, known):
    """Whether numbers without a link have nothing to open, or count what stands on the page, or are said elsewhere."""
    if not any(bare.counts):
        return True
    if bare.place.xpath(NO_ROWS.get(bare.masked, "/..")):
        return True
    if bare.counts == tuple(len(bare.place.xpath(rows)) for rows in ROWS_HERE.get(bare.masked, ())):
        return True
    return any(bare.place.xpath(place) for place in SAID_AGAIN) and known.issuperset(bare.counts)


def _rows_of(response, fragment):
    if fragment:
        return NumbersOf(response.content).rows_at(fragment)
    page = response.context.get("page")
    return len(response.context["rows"]) if page is None else page.total
