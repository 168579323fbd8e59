"""The numbers of a page: those that are links, and those that are not, each with the place where it stands."""

import dataclasses
import re

from lxml import html

MONTHS = "Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des"
NO_COUNT = re.compile(
    "|".join(
        (
            r"\b[A-Z]{1,3}-\d{4}-\d{3,}\b",  # codes of rows
            r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b",  # codes of documents
            rf"\b(?:\d{{1,2}} )?(?:{MONTHS})[a-z]*(?: \d{{4}})?\b",  # days and months
            r"\b\d{1,2}\.\d{2}(?:–\d{1,2}\.\d{2}\b| WI(?:B|TA|T)\b)",  # times of the day
            r"\b(?:Tahun|Triwulan [IV]+|Semester [IV]+) \d{4}\b|, \d{4}$",  # periods
            r"\b(?:\d+ sampai )?\d+ (?:hari|minggu)\b",  # lengths of time
            r"\b\d+%",  # shares; of how many they are stands beside them
            r"\b[A-Za-z]+[-/]?\d\w*(?:/\w+)*|\(\d+ x \d+ mm\)",  # names and sizes of paper
            r"\b[Rr]uang lingkup \d[\w.]*(?:, \d[\w.]*)*|^\d+(?:\.\w+)*\.(?= |$)",  # numbers of scope items
            r"\btarget \d+ \w+",  # amounts that were promised
            r"https?://\S+",
        )
    )
)
COUNT = re.compile(r"\d+(?:\.\d{3})*")
N_OF_M = re.compile(r"\d dari \d")


@dataclasses.dataclass(frozen=True)
class Linked:
    """A number that is a link: the address, its words, how many rows it promises, and the m of *n dari m*."""

    href: str
    words: str
    count: int
    whole: int | None


@dataclasses.dataclass(frozen=True)
class Bare:
    """Numbers that lead nowhere: the words, the counts in them, and the element they stand in."""

    words: str
    counts: tuple[int, ...]
    place: html.HtmlElement

    @property
    def masked(self):
        """The words with a sign in place of each count."""
        return COUNT.sub("#", NO_COUNT.sub("…", self.words))


def counts_in(words):
    """The numbers in some words that may be counts."""
    return tuple(int(found.replace(".", "")) for found in COUNT.findall(NO_COUNT.sub(" ", words)))


class NumbersOf:
    """What a page counts; menus and forms do not belong to it."""

    def __init__(self, content):
        (self.main,) = html.fromstring(content).xpath("//main")
        for unread in self.main.xpath(".//script | .//select | .//textarea | .//template"):
            unread.drop_tree()
        self.linked = [one for anchor in self.main.iter("a") for one in _linked(anchor)]
        self.bare = []
        for text in self.main.xpath(".//text()[not(ancestor::a)]"):
            self._keep(" ".join(text.split()), text.getparent() if text.is_text else text.getparent().getparent())

    def _keep(self, words, place):
        """Keep the numbers in some words; those of a tag beside a link are the link's."""
        if not (counts := counts_in(words)):
            return
        if beside := place.xpath("self::*[ancestor::*[contains(@class, 'tag')]]/ancestor::li[1]/a"):
            self.linked.append(Linked(beside[0].get("href"), words, counts[0], None))
        else:
            self.bare.append(Bare(words, counts, place))

    def lonely_shares(self):
        """Where a share in percent stands without the *n dari m* that it is of."""
        places = self.main.xpath(".//text()[contains(., '%')]/ancestor::*[self::td or self::p or self::li][1]")
        return [words for words in (place.text_content() for place in places) if not N_OF_M.search(words)]

    def rows_at(self, fragment):
        """How many rows stand in the part of the page that an address leads to."""
        return len(self.main.get_element_by_id(fragment).xpath(".//ul[contains(@class, 'rows')]/li"))


def _linked(anchor):
    words = " ".join(anchor.text_content().split())
    if counts := counts_in(words):
        whole = counts[1] if " dari " in words and len(counts) > 1 else None
        yield Linked(anchor.get("href"), words, counts[0], whole)
