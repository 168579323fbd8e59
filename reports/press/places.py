"""Where a meeting is said to have been: halls, hotels and town halls against the recorded place."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from commitments.reading.spans import Span
from reports.press.facts import PressFacts
from reports.press.findings import Answer, different, no_data, verified
from reports.press.posts import folded

_WORD = r"[A-Z0-9](?:[\w'.-]*\w)?"
_PLACE = re.compile(
    r"\b(?:[Dd]i|(?:[Tt]empat|[Ll]okasi)(?:[ ]acara)?[ ]{0,20}:)[ ]"
    r"(?P<place>(?:Aula|Ruang|Ruangan|Gedung|Hotel|Pendopo|Balai[ ](?:Kota|Desa|Warga|Pertemuan)|Kantor|Wisma"
    r"|Graha|Auditorium|Ballroom|Balairung|Kampus|Rumah[ ]Dinas|Sekretariat|Lapangan|Museum|Markas|Mapol[a-z]+|Makodim"
    r"|Gelanggang|Alun-[Aa]lun|Stadion|Masjid|GOR|Halaman|Pelataran|Vila|Resto[a-z]*|Taman|Griya"
    rf"|Convention)(?:[ ]{_WORD}){{0,7}})"
)
_HELD = re.compile(
    r"\b(?:bertempat|berlangsung|digelar|diadakan|diselenggarakan|dilaksanakan|bertemu|rapat|pertemuan|audiensi)"
    r"\b[^.;]{0,80}\Z",
    re.IGNORECASE,
)


def find_places(flat: str, sentence: Span, facts: PressFacts, taken: Sequence[Span]) -> Iterator[tuple[Span, Answer]]:
    """Places named outside ``taken``, and whether they are the recorded one.

    Without a recorded place only that of the meeting itself is told, as not recorded.
    """
    recorded = [(one.code, one.place) for one in facts.occasions if one.place]
    for found in _PLACE.finditer(flat, sentence.start, sentence.end):
        place = Span(*found.span("place"))
        if not any(one.start <= place.start < one.end for one in taken):
            is_held = _HELD.search(flat, max(sentence.start, found.start() - 160), found.start()) is not None
            if recorded:
                yield place, _judge(found["place"], recorded, facts, is_held=is_held)
            elif is_held and facts.occasion:
                yield place, no_data(_("tempat pertemuan tidak tercatat"), "", facts.occasion.code)


def _judge(said: str, recorded: Sequence[tuple[str, str]], facts: PressFacts, *, is_held: bool) -> Answer:
    words = folded(said)
    for code, place in recorded:
        if words in folded(place) or folded(place) in words:
            return verified(_("sama dengan tempat pertemuan"), code)
    row = next((one for one in facts.rows if words in folded(one.wording)), None)
    if row is not None:
        return verified(_("sama dengan rumusan komitmen"), row.code)
    code, place = recorded[0]
    own = set(words.split()[1:]) & set(folded(place).split())
    if is_held and not own and len(recorded) == 1 and not facts.is_progress:
        return different(_("tempat pertemuan yang tercatat lain"), place, code)
    return no_data(_("tempat ini tidak tercatat"), place, code)
