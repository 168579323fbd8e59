"""Templates obey the content policy, and every icon and component they name exists."""

import hashlib
import re

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
PAPERS = ("reports/pdf/", "templates/papers/")  # printed documents carry their style themselves
SCREENS = [path for path in TEMPLATES if not any(place in path.as_posix() for place in PAPERS)]
CODE = [
    path
    for app in ("config", "agencies", "meetings", "commitments", "reports")
    for path in sorted((BASE / app).rglob("*.py"))
    if "migrations" not in path.parts
]
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>%]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "an event attribute": re.compile(r"<[^>%]*\son[a-z]+\s*=", re.I),
    "unescaped output": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|mark_safe|\|\s*safeseq\b"),
    "a third-party address": re.compile(r"""(?:src|href|action|srcset)\s*=\s*["']?(?:https?:)?//""", re.I),
    "an htmx attribute without data-": re.compile(r"\shx-[a-z-]+\s*=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
}
ICON = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']""")
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', (BASE / "static" / "icons.svg").read_text(encoding="utf-8")))


def name(path):
    return path.relative_to(BASE).as_posix()


def test_there_are_templates_to_check():
    assert len(SCREENS) > 40


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    found = [name(path) for path in SCREENS if FORBIDDEN[what].search(path.read_text(encoding="utf-8"))]

    assert found == []


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a style attribute", '<p class="a" style="color:red">'),
        ("a style element", "<style>p{}</style>"),
        ("an inline script", "<script>alert(1)</script>"),
        ("an event attribute", '<a href="/" onclick="x()">'),
        ("unescaped output", "{{ words|safe }}"),
        ("a third-party address", '<img src="https://pihak.example/a.png">'),
        ("an htmx attribute without data-", '<a hx-get="/x/">'),
        ("a javascript address", '<a href="javascript:x()">'),
    ],
)
def test_the_check_finds(what, sample):
    assert FORBIDDEN[what].search(sample)


def test_an_allowed_page_passes_the_check():
    sample = '<script src="/static/js/simpul.js" defer></script><a href="/komitmen/" data-hx-get="/komitmen/">Satu</a>'

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(sample)] == []


def test_no_code_declares_a_text_safe():
    found = [name(path) for path in CODE if re.search(r"\bmark_safe\b|\bSafeText\(", path.read_text(encoding="utf-8"))]

    assert found == []


def test_every_icon_is_in_the_sprite():
    used = {icon for path in TEMPLATES for icon in ICON.findall(path.read_text(encoding="utf-8"))}

    assert used
    assert used <= SYMBOLS


def test_the_sprite_has_no_script_and_no_outside_address():
    sprite = (BASE / "static" / "icons.svg").read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert "script" not in sprite
    assert "http" not in sprite


def test_every_page_has_one_first_heading():
    def headings(path):
        return len(re.findall(r"<h1\b", path.read_text(encoding="utf-8")))

    pages = [path for path in SCREENS if '{% extends "base.html" %}' in path.read_text(encoding="utf-8")]
    branching = {"templates/account/password_reset_from_key.html"}
    layouts = {f"templates/allauth/layouts/{kind}.html" for kind in ("base", "entrance", "manage")}

    wrong = [name(path) for path in pages if headings(path) != 1 and name(path) not in branching | layouts]

    assert wrong == []


def test_no_template_is_too_long_to_read():
    long = [name(path) for path in TEMPLATES if len(path.read_text(encoding="utf-8").splitlines()) > 400]

    assert long == []


def vendored():
    rows = re.findall(r"^\| ([\w./-]+) \|.*\| ([0-9a-f]{64}) \|$", (BASE / "static/vendor/VENDOR.md").read_text(), re.M)
    return dict(rows)


def test_vendored_files_are_the_ones_we_looked_at():
    for path, digest in vendored().items():
        assert hashlib.sha256((BASE / "static" / path).read_bytes()).hexdigest() == digest, path


def test_every_vendored_file_is_listed():
    kept = {
        path.relative_to(BASE / "static").as_posix()
        for folder in ("vendor", "fonts")
        for path in (BASE / "static" / folder).rglob("*")
        if path.suffix in {".js", ".css", ".woff2"}
    }

    assert kept <= vendored().keys()
    assert len(kept) >= 8
