"""Who is said to have spoken, led or received, against the one who was recorded."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.facts import Part, PressFacts
from reports.press.findings import Answer, Verdict, different
from reports.press.posts import Official, folded, is_same_name, judge_post

_LEADS = re.compile(
    r"(?:\b(?:dipimpin|dipandu|diketuai)(?:[ ](?:secara[ ])?langsung)?(?:[ ]oleh)?[ ]"
    r"|\b(?:pimpinan|pemimpin|ketua)[ ](?:rapat|sidang|pertemuan|audiensi)[ ]{0,20}:[ ])\Z",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\A[,.]?\"?[ ]?(?:demikian[ ])?(?:kata|ujar|tutur|ucap|jelas|tegas|terang|pungkas|imbuh|tambah|papar|ungkap|sebut"
    r"|tandas|pesan|seru|tukas|lanjut)(?:nya)?[ ](?:pula[ ])?\Z",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\A[^.\"]{0,60}\b(?:ber)?(?:kata|pesan|ujar|tegas|menegaskan|mengatakan|menyampaikan|menuturkan|mengingatkan"
    r"|menyatakan|menyebut|mengungkapkan|menekankan)[ ]?(?:bahwa[ ])?[,:]?[ ]?\"?\Z",
    re.IGNORECASE,
)


Quoted = Sequence[tuple[Span, Answer]]  # quoted words and what the record says of them


class Speakers:
    """The recorded people by what they did, to be held against those a text names for it."""

    def __init__(self, facts: PressFacts, officials: Sequence[Official]) -> None:
        self._officials = officials
        self._speakers = {one.source: one.speaker for one in facts.quotes}
        leaders = {one.words for one in facts.people if one.part is Part.LEADS}
        self._leaders = [one for one in officials if one.words in leaders] if len(leaders) == 1 else []

    def of_leader(self, official: Official, answer: Answer, before: str) -> Answer:
        """The answer on a post, unless the words before it make the leader of the meeting of another."""
        is_told = answer.verdict is Verdict.VERIFIED and _LEADS.search(before)
        if not is_told or not self._leaders or _is_one_of(official, self._leaders):
            return answer
        return different(_("yang tercatat memimpin lain"), self._leaders[0].words, self._leaders[0].source)

    def of_quote(self, official: Official, place: Span, answer: Answer, said: Quoted, flat: str) -> Answer:
        """The answer on a post or a name, unless recorded words of another are put into its mouth."""
        if answer.verdict is not Verdict.VERIFIED:
            return answer
        for quoted, about in said:
            speaker = self._speakers.get(next(iter(about.sources), ""), "")
            if not speaker or not _is_beside(quoted, place, flat):
                continue
            own = [one for one in self._officials if folded(one.words).startswith(folded(speaker))]
            if not official.role and not any(one.name for one in own):
                continue
            if own and not _is_one_of(official, own):
                return different(_("kutipan ini tercatat dari orang lain"), speaker, *about.sources)
        return answer


def _is_one_of(official: Official, known: Sequence[Official]) -> bool:
    if not official.role:
        return any(is_same_name(official.name, one.name) for one in known)
    return judge_post(official, known).verdict is Verdict.VERIFIED


def _is_beside(quoted: Span, place: Span, flat: str) -> bool:
    """Whether a post or a name stands where a text says who spoke."""
    if place.start >= quoted.end:
        return _SAYS.match(flat[quoted.end : place.start][:60]) is not None
    return place.end <= quoted.start and _SAID.match(flat[place.end : quoted.start]) is not None
