"""The worlds and texts of the data file, as facts."""

from benchmarks.press_check import load
from reports.press.checking import Check, check
from reports.press.facts import Office, PressFacts

CASES = load()
DIRECTORY = [Office(**one | {"aliases": tuple(one["aliases"])}) for one in CASES["directory"]]


def facts_of(world: str) -> PressFacts:
    """The facts of a world: ``kota`` (a meeting), ``maju`` (progress), ..."""
    return PressFacts.from_json(CASES["worlds"][world])


def checked(text: str, world: str = "kota") -> Check:
    """A text against a world."""
    return check(text, facts_of(world), DIRECTORY)


def verdicts(text: str, world: str = "kota") -> dict[str, str]:
    """Verdict by the words it is about."""
    found = checked(text, world)
    return {finding.span.of(found.text): finding.answer.verdict.value for finding in found.findings}


def right(text: str, words: str, world: str = "kota") -> str:
    """The recorded value that is told beside some words."""
    found = checked(text, world)
    return next(one.answer.right for one in found.findings if one.span.of(found.text) == words)
