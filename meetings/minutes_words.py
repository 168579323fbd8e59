"""The minutes in words, the same on the page, in the PDF and in the Word file."""

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _

from config.templatetags.waktu import angka, tanggal_pendek
from meetings.minutes_content import Content, outcome_lines


def readable(content: Content) -> Content:
    """A copy for templates: days as dates, and the words of every line, attendant and item beside their facts."""
    agreement = content["agreement"]
    return content | {
        "held_on": day(content["held_on"]),
        "time": time_words(content),
        "agreement": agreement and agreement | {"signed_on": day(agreement["signed_on"])},
        "attendance": [row | {"words": attendant_words(row)} for row in content["attendance"]],
        "agenda": [item | {"outcomes": outcome_lines(item["outcome"])} for item in content["agenda"]],
        "lines": [
            line | {"due": due_words(line), "strength": strength_words(line), "amount": amount_words(line)}
            for line in content["lines"]
        ],
    }


def day(iso: str | None) -> dt.date | None:
    """A day from its ISO text."""
    return dt.date.fromisoformat(iso) if iso else None


def time_words(content: Content) -> str:
    """``09.00 sampai 11.30``, ``Sampai pukul 11.30`` when only the end is known; empty when nobody noted it."""
    if content["starts_at"] and content["ends_at"]:
        return _("%(first)s sampai %(last)s") % {"first": content["starts_at"], "last": content["ends_at"]}
    if content["ends_at"]:
        return f"{_('Sampai pukul')} {content['ends_at']}"
    return str(content["starts_at"])


def attendant_words(row: Content) -> str:
    """``Suku Dinas Sosial: nama, jabatan``."""
    who = ", ".join(filter(None, [row["name"], row["post"]]))
    return f"{row['agency']}: {who}" if who else str(row["agency"])


def line_words(line: Content) -> str:
    """Code, words, owner and date of a commitment on one line."""
    owner = line["lead"] or _("penanggung jawab belum ditetapkan")
    due = _("tenggat %(day)s") % {"day": due_words(line)}
    return f"{line['code']} {' '.join(line['wording'].split())} · {owner} · {due}"


def due_words(line: Content) -> str:
    """``30 Jun 2026 (usulan)``: a date nobody agreed is always called a proposal."""
    if not line["due_on"]:
        return _("belum ditetapkan")
    words = tanggal_pendek(day(line["due_on"]))
    return words if line["due_basis"] == "AGREED" else _("%(words)s (usulan)") % {"words": words}


def amount_words(line: Content) -> str:
    """``target 4 kali``; empty without a target."""
    if line["target"] is None:
        return ""
    return _("target %(n)s %(unit)s") % {"n": angka(line["target"]), "unit": line["unit"]}


def strength_words(line: Content) -> str:
    """``disepakati dalam rapat: Sudin A, Sudin B``; an objection with its words; else that it is only recorded."""
    said: dict[str, list[str]] = defaultdict(list)
    for consent in line["consents"]:
        remark = f" ({consent['text']})" if consent["text"] else ""
        said[consent["words"]].append(f"{consent['agency']}{remark}")
    if not said:
        return _("dicatat, belum dikonfirmasi")
    return "; ".join(f"{words}: {', '.join(who)}" for words, who in said.items())
