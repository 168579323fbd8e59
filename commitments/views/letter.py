"""Record commitments that follow from a letter or an instruction."""

import re
from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agencies.access import SignedInRequest, needs
from agencies.views.unsaved import Unsaved
from commitments.actions import recording
from commitments.forms.letter import LetterForm
from commitments.models import Commitment
from commitments.views.box_page import SHARE, answer_box
from commitments.views.meeting_lines import tell_saved

CODE = re.compile(r"K-\d{4}-\d{3,9}")
SHOWN = 50  # codes named in the address after saving


@needs("meeting.log")
def record_letter(request: HttpRequest) -> HttpResponse:
    """Type where it comes from and one line per commitment; what was just recorded stands above."""
    signed = cast(SignedInRequest, request)
    draft = Unsaved(
        signed, "surat", title=_("Komitmen dari surat atau arahan"), is_new=True, is_shared=True,
        look=reverse("commitments:list"), says=("reference", "origin_on"),
    )  # fmt: skip
    form = LetterForm(
        draft.typed,
        user=signed.user,
        today=timezone.localdate(),
        address=request.path,
    )

    def save(step: str) -> str:
        at = timezone.now()
        with transaction.atomic():
            made = recording.record_letter(
                form.letter_entry(), text=form.reading.text, lines=form.entries(), by=signed.user, at=at
            )
            if step == SHARE:
                recording.share_commitments(made, by=signed.user, at=at)
        tell_saved(signed, form, made, is_shared=step == SHARE)
        return address_of(made)

    codes = CODE.findall(request.GET.get("tercatat", "")[:2000])[:SHOWN]
    recorded = Commitment.objects.visible_to(signed.user).filter(code__in=codes).with_row_data()
    return answer_box(signed, form, "commitments/letter.html", {"recorded": recorded, "draft": draft}, save)


def address_of(made: list[Commitment]) -> str:
    """One commitment has its own page; several are listed above the empty form."""
    if len(made) == 1:
        return made[0].get_absolute_url()
    codes = " ".join(commitment.code for commitment in made[:SHOWN])
    return f"{reverse('commitments:record_letter')}?{urlencode({'tercatat': codes})}"
