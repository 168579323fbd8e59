"""Records whose words resemble those of one commitment, for a person who looks for its double."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from commitments.models import Commitment

RESEMBLING = 55  # of 100, with the words in any order: worth showing to somebody who decides


def resembling(commitment: Commitment, rows: Iterable[Commitment], *, limit: int = 5) -> list[Commitment]:
    """The rows whose wording is most like that of ``commitment``, the likest first."""
    by_key = {row.pk: row for row in rows}
    found = process.extract(
        commitment.wording,
        {key: row.wording for key, row in by_key.items()},
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=RESEMBLING,
        limit=limit,
    )
    return [by_key[key] for _words, _score, key in found]
