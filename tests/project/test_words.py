"""One word per thing: what the glossary forbids stands in no template, mail or string for the screen."""

import ast
import re

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
FORBIDDEN = {
    "PJ": r"\bPJ\b",
    "deadline": r"\bdeadline\b",
    "upload": r"\b(?:meng|di)?-?upload\b",
    "task": r"\btask\b",
    "antar instansi": r"\bantar[ -]instansi\b",
    "tertinggal": r"\bter(?:tinggal|belakang)\b",
    "jatuh tempo": r"\bjatuh tempo\b",
    "lewat tenggat": r"\blewat tenggat\b",
    "rapor": r"\brapor\b",
    "Pengawas": r"\bpengawas\b",
    "perlindungan": r"\bperlindungan\b",
    "asli as a verdict": r"\b[Aa]sli dan berlaku\b",
    "klik di sini": r"\bklik di sini\b",
    "progress": r"\bprogress\b",
    "silahkan": r"\bsilahkan\b",
}
BUTTON_SAHKAN = re.compile(r"<(?:button|a)\b[^>]*>\s*(?:\{%\s*translate\s+[\"'])?Sahkan\b")
MENU_WORDS = re.compile(r"\b(?:audiensi|nota|klausul)\b", re.I)
TAG = re.compile(r"\{#.*?#\}|\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.S)
TRANSLATED = re.compile(r"""\{%\s*(?:translate|trans)\s+(?:"([^"]*)"|'([^']*)')""")
CALL_WORDS = re.compile(r"""_\(\s*(?:"([^"]*)"|'([^']*)')\s*\)""")
FILES = sorted([*(BASE / "templates").rglob("*.html"), *(BASE / "templates").rglob("*.txt")])
APPS = ("config", "agencies", "meetings", "commitments", "reports")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def visible(source):
    """What a reader may see of a template: the text between tags, and the strings that are translated."""
    source = TAG.sub(" ", source)
    said = " ".join("".join(pair) for pattern in (TRANSLATED, CALL_WORDS) for pair in pattern.findall(source))
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.S)
    attributes = " ".join(re.findall(r"(?:title|alt|placeholder|aria-label|data-copied)=\"([^\"]*)\"", bare))
    return f"{re.sub(r'<[^>]*>', ' ', bare)} {attributes} {said}"


def strings_for_the_screen(path):
    """Texts given to gettext in a Python file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def code_files():
    return [path for app in APPS for path in sorted((BASE / app).rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_template_or_mail_says(word):
    pattern = re.compile(FORBIDDEN[word], 0 if word == "PJ" else re.I)

    found = [str(path.relative_to(BASE)) for path in FILES if pattern.search(visible(path.read_text(encoding="utf-8")))]

    assert found == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_string_in_the_code_says(word):
    pattern = re.compile(FORBIDDEN[word], 0 if word == "PJ" else re.I)

    found = [
        f"{path.relative_to(BASE)}: {text}"
        for path in code_files()
        for text in strings_for_the_screen(path)
        if pattern.search(text)
    ]

    assert found == []


def test_sahkan_is_no_button():
    found = [str(path.relative_to(BASE)) for path in FILES if BUTTON_SAHKAN.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_the_menu_uses_the_words_of_the_glossary():
    from config.context import LOG, MAIN, MORE

    labels = [str(place.label) for place in (*MAIN, *MORE, LOG)]

    assert [label for label in labels if MENU_WORDS.search(label)] == []


@pytest.mark.parametrize(
    "sample",
    [
        '{% translate "Batas: deadline besok" %}',
        "<p>deadline</p>",
        '<img alt="deadline">',
        '{% form_field form.x label=_("Deadline") %}',
        "{% blocktranslate %}Lewat deadline{% endblocktranslate %}",
    ],
)
def test_the_check_sees_what_a_reader_sees(sample):
    assert re.search(FORBIDDEN["deadline"], visible(sample), re.I)


@pytest.mark.parametrize(
    "sample", ["{# deadline #}", "{{ row.deadline }}", '<p class="deadline">', "{% if deadline %}"]
)
def test_names_in_the_code_are_no_words_on_the_screen(sample):
    assert not re.search(FORBIDDEN["deadline"], visible(sample), re.I)
