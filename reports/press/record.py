"""The words of the record, against which a name is held that no directory has."""

import re
from collections.abc import Iterator
from itertools import pairwise

from commitments.reading.release.words import word_set
from reports.press.facts import PressFacts
from reports.press.posts import folded

EVERYDAY = word_set(
    """
    pmi cpmi smk sma smp mts slb paud umkm ukm ikm ktp nik tppo tppu apbd apbn rpjmd wib wit wita mou pks nkri dki diy
    ntt ntb usd idr csr asn pns tni lkpj lkpd spbe sop apd esdm sdm desa dprd rptka ptm lpk blk dan dari dengan
    npwp pbb bphtb ppn spt pad dak dau kur kip kis blt pkh bpnt mbg odgj usg pmt posyandu bumn bumd bumdes skpd opd
    ukpd phk ump umk ppkm rtlh dtks dtsen ipal tps tpa rtrw rdtr lrt krl ppid ppdb spmb sni haki hki kbm sim stnk bbm
    lpg sppg spm pjj tbc dbd hiv bayi balita lansia tkd pkk pkl psn phbs stbm sanimas pamsimas ltsa p3mi tki tkw tka
    ppt pdf sk skb spk dpa rka pengadaan siaran pers kepala kami kita untuk pada per umum
    """
)
"""Abbreviations of everyday, and words that captions put in capitals: no offices."""
_WORD = re.compile(r"[^\W_][\w'-]*")


class Record:
    """Every word the facts hold, and every two words that stand beside each other there."""

    def __init__(self, facts: PressFacts) -> None:
        self._words, self._pairs = set[str](), set[tuple[str, str]]()
        for line in _lines(facts):
            words = _WORD.findall(folded(line))
            self._words.update(words)
            self._pairs.update(pairwise(words))

    def has(self, words: str) -> bool:
        """Whether a word, or two beside each other, stand there."""
        one, *more = _WORD.findall(folded(words)) or [""]
        return (one, more[0]) in self._pairs if more else one in self._words


def _lines(facts: PressFacts) -> Iterator[str]:
    for office in (*facts.offices, facts.issuer):
        yield from (office.name, office.short_name, *office.aliases)
    for row in facts.rows:
        yield from (row.wording, row.unit)
    for quote in facts.quotes:
        yield from (quote.speaker, quote.words)
    for occasion in facts.occasions:
        yield from (occasion.place, occasion.kind)
    yield from (one.words for one in facts.people)
    yield from (facts.pact.kind, facts.pact.title) if facts.pact else ()
    yield facts.city
