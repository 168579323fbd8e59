"""What a line of a list is: something to be done, or only what was found, said, hoped or done already."""

import re

from commitments.reading.release.lists import begins_action
from commitments.reading.release.words import ACTIVE, CONCRETE_VERBS, CONDITION, SAYING_VERBS

_DONE = re.compile(r"(?:[\w.()/-]+[ ]){0,7}?(?:telah|sudah|sdh)\b", re.IGNORECASE)
_SPEECH = re.compile(rf"(?:[\w.'/()-]+,?[ ]){{0,12}}?(?:{SAYING_VERBS})\b", re.IGNORECASE)
_HOPES = re.compile(
    r"(?:\w+[ ]){0,6}?(?:berharap|diharapkan|diharap|mengharapkan|harapan|semoga|mengimbau|diimbau)\b", re.IGNORECASE
)
_URGES = re.compile(r"(?:perlu|perlunya|penting|pentingnya|harus|sebaiknya|hendaknya|mari)\b", re.IGNORECASE)
_EXPLORES = re.compile(
    r"(?:penjajakan|menjajaki|dijajaki|penjajagan|mengkaji kemungkinan|pengkajian kemungkinan)\b", re.IGNORECASE
)
_FIGURE = re.compile(
    r"(?:jumlah|total|kondisi|suhu|harga|realisasi|capaian|progres|prevalensi|stok|data|hunian|kapasitas|angka"
    r"|ketersediaan|peserta|debit|luas|target)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:[\w.()/-]+[ ]){0,6}?(?:belum|masih|dinilai|tercatat|sebanyak|terdapat|sudah|telah|mengalami|mencapai"
    r"|merupakan|adalah|ada|berjumlah|melaporkan|menjelaskan|memaparkan)\b",
    re.IGNORECASE,
)
_WILL_DO = re.compile(
    r"\b(?:akan|segera|agar|paling lambat|bertugas|menyiapkan|menyusun|siap|bersedia)\b", re.IGNORECASE
)
_IN_RETURN = re.compile(
    r"[ ]*(?:sebagai (?:timbal balik|gantinya|imbalan|kompensasi|balasan)|sebaliknya|di sisi lain|adapun|sedangkan"
    r"|sementara(?: itu)?|selain itu)\b[ ]?,?[ ]?",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 2, 90  # words of an item


def is_promise(words: str, *, is_firm: bool, is_guess: bool, is_ahead: bool) -> bool:
    """Whether an item is something to be done.

    ``is_firm``: its list was announced as agreed; ``is_guess``: only the list itself lets one think so;
    ``is_ahead``: it names a day after the meeting, so that
    "sudah selesai 30 Juni" is no report.
    """
    if not _SHORTEST <= len(words.split()) <= _LONGEST or _HOPES.match(words):
        return False
    if _is_done(words) and not is_ahead:
        return False
    if is_guess and not (begins_action(words) or any(ACTIVE.fullmatch(word) for word in words.split()[:8])):
        return False
    return is_firm or (not CONDITION.match(words) and _is_action(words))


def is_urged(words: str) -> bool:
    """Whether an item is worded as a duty of nobody ("Perlu ...")."""
    return bool(_URGES.match(words))


def explores(words: str) -> bool:
    """Whether an item only promises to look into something."""
    return bool(_EXPLORES.match(words))


def answers_in_kind(sentence: str) -> int:
    """Return where the act begins in "Sebagai timbal balik, X menyediakan ..." after something agreed; 0 if nowhere."""
    found = _IN_RETURN.match(sentence)
    if found is None or _is_done(sentence) or _HOPES.match(sentence[found.end() :]):
        return 0
    words = sentence[found.end() :].lower().split()[:10]
    return found.end() if any(word in CONCRETE_VERBS for word in words) else 0


def _is_done(words: str) -> bool:
    """Whether an item tells what was done already ("Dinas X telah ...")."""
    found = _DONE.match(words)
    if found is None or _WILL_DO.search(words):
        return False
    return not found[0].lower().endswith(("yang telah", "yang sudah", "yg sdh"))


def _is_action(words: str) -> bool:
    """Whether an item of a loose list ("Hasil rapat:") is something to be done, and not what was found or said."""
    if _WILL_DO.search(words):
        return True
    if _FIGURE.match(words) and not any(ACTIVE.fullmatch(word) for word in words.split()[:8]):
        return False
    return not (_STATE.match(words) or _SPEECH.match(words))
