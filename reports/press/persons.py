"""Names of people without a post beside them, and posts as the press shortens them: *Wawali Contoh*."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import POSTS
from commitments.reading.spans import Span
from reports.press.findings import Answer, no_data, verified
from reports.press.posts import Official, folded

_NAME_WORD = re.compile(r"[A-Z][a-z'-]+")
_MOST = 5  # words of a name
_SPEAKER = re.compile(
    r"\b(?:ujar|kata|tutur|ucap|jelas|tegas|terang|pungkas|imbuh|tambah|papar|ungkap|sebut|tandas|pesan|seru|tukas)"
    r"(?:nya)?[ ](?P<name>[A-Z][a-z'-]+(?:[ ][A-Z][a-z'-]+){0,4})(?![\w-])"
)
_SHORT = {
    "walkot": "wali kota", "wawali": "wakil wali kota", "wawalkot": "wakil wali kota", "wabup": "wakil bupati",
    "wagub": "wakil gubernur", "wamen": "wakil menteri", "wakapolres": "wakil kepala kepolisian resor",
}  # fmt: skip
_SHORT_POST = re.compile(rf"\b(?P<post>{'|'.join(_SHORT)})\w*(?P<place>(?:[ ][A-Z][a-z'-]+){{0,3}})", re.IGNORECASE)


class Persons:
    """The recorded names, seen in a text by their first word."""

    def __init__(self, known: Sequence[Official]) -> None:
        self._posts = [(one, folded(one.words.partition(",")[0])) for one in known]
        named = [(one, _NAME_WORD.findall(one.words.partition(",")[2])) for one in known if len(one.name) > 1]
        written = [(one, [word for word in words if word.casefold() in one.name]) for one, words in named]
        self._known = [(one, words) for one, words in written if len(words) > 1]
        last = "|".join(sorted({re.escape(words[-1]) for _one, words in self._known})) or r"(?!)"
        self._by_last = re.compile(rf"(?<![\w-])(?:[A-Z][a-z'-]+[ ]){{1,{_MOST - 1}}}(?:{last})(?![\w-])")
        first = "|".join(sorted({re.escape(words[0]) for _one, words in self._known})) or r"(?!)"
        self._rule = re.compile(rf"(?<![\w-])(?:{first})(?:[ ][A-Z][a-z'-]+){{1,{_MOST - 1}}}(?![\w-])")

    def find(self, flat: str, sentence: Span, taken: Sequence[Span]) -> Iterator[tuple[Span, Answer]]:
        """Names outside ``taken`` that begin as a recorded one, and whether they go on like it."""
        closed = list(taken)
        for rule, name in ((self._rule, 0), (self._by_last, 0), (_SPEAKER, 1)):
            for found in rule.finditer(flat, sentence.start, sentence.end):
                place = Span(*found.span(name))
                is_post = found[name].split()[0].casefold() in POSTS
                if not is_post and not any(one.start < place.end and place.start < one.end for one in closed):
                    closed.append(place)
                    yield place, self._judge(found[name].split())
        for found in _SHORT_POST.finditer(flat, sentence.start, sentence.end):
            if not any(one.start <= found.start() < one.end for one in taken):
                yield Span(*found.span("post")), self._judge_post(_SHORT[found["post"].lower()], found["place"])

    def _judge_post(self, post: str, place: str) -> Answer:
        """The place may go on with the name: *Walkot Contoh Melati Utama*."""
        said = folded(f"{post}{place}")
        one = next((one for one, words in self._posts if f"{said} ".startswith(f"{words} ")), None)
        if one is not None:
            return verified(_("jabatan sesuai catatan"), one.source)
        alike = next(
            (one for one, words in self._posts if folded(place).strip() and words.endswith(folded(place))), None
        )
        return no_data(_("jabatan ini tidak tercatat"), alike.words if alike else "", alike.source if alike else "")

    def _judge(self, said: Sequence[str]) -> Answer:
        for one, words in self._known:
            if words[: len(said)] == list(said[: len(words)]) or words[-len(said) :] == list(said):
                return verified(_("nama sesuai catatan"), one.source)
        alike = next((one for one, words in self._known if words[0] == said[0] or words[-1] == said[-1]), None)
        return no_data(_("nama ini tidak tercatat"), alike.words if alike else "", alike.source if alike else "")
