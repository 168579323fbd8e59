"""How a page continues what was typed before: the draft of its form, found on GET and dropped when saved."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agencies import drafts
from agencies.access import SignedInRequest
from agencies.drafts import Opening
from agencies.models import Agency, Draft, User
from config.forms import Form
from config.templatetags.waktu import waktu, zone_label


class Unsaved:
    """The draft behind one form of one page; give it to the template as ``draft``.

    ``key`` names the form and its thing (``ubah:A-2026-001``). With ``is_new`` the form makes something new, so
    one person may have several at once (``catat``), and with ``is_fresh`` this page begins another one, whatever was
    typed before. ``is_shared``: colleagues who write for ``agency`` (the
    person's own when not given) are told and may take over; the view has permitted the person before. ``look``:
    where to look instead of writing.
    ``says``: fields that tell what is being written (partner first). ``about``: the same as a known text.
    ``path``: where the form opens, when that is not the address of this request.
    """

    def __init__(
        self,
        request: SignedInRequest,
        key: str,
        *,
        title: str,
        about: str = "",
        agency: Agency | None = None,
        is_new: bool = False,
        is_fresh: bool = False,
        is_shared: bool = False,
        look: str = "",
        says: tuple[str, ...] = (),
        path: str = "",
    ) -> None:
        self.request, self.at = request, timezone.now()
        self.is_posted = request.method == "POST"
        self.is_new, self.is_fresh = is_new, is_fresh
        self.look = look
        host = agency or request.user.rights.main_agency
        self.opening = Opening(
            user_id=request.user.pk,
            key=self._slot(key) if is_new else key,
            title=title,
            path=path or request.path,
            about=about,
            agency_id=host.pk if host else None,
            is_shared=is_shared,
            look=look,
            says=says,
        )

    def _slot(self, base: str) -> str:
        """The key of this opened page: posted, named in the address, the latest draft's, or a new one."""
        user = self.request.user
        if self.is_posted:
            posted = drafts.opening_of(self.request.POST.get(drafts.TICKET, ""))
            if posted and posted.user_id == user.pk and posted.base == base:
                return posted.key
            return drafts.new_slot(base)
        named = self.request.GET.get(drafts.TICKET, "")
        if len(named) <= 16 and named.isascii() and named.isalnum():
            return f"{base}{drafts.SLOT}{named}"
        latest = None if self.is_fresh else drafts.latest_of(user, base)
        return latest.form if latest else drafts.new_slot(base)

    @cached_property
    def draft(self) -> Draft | None:
        """The stored draft."""
        return drafts.draft_of(self.request.user, self.opening.key)

    @cached_property
    def typed(self) -> QueryDict | None:
        """What the form is filled with: the posted fields, else the draft's, else nothing."""
        if self.is_posted:
            return self.request.POST
        return drafts.typed_again(self.draft) if self.draft else None

    @property
    def is_resumed(self) -> bool:
        """Whether the page continues a draft."""
        return not self.is_posted and self.draft is not None

    def hush(self, form: Form) -> None:
        """A continued draft is read, not scolded."""
        if self.is_resumed:
            form.hush()

    def saving(self, act: Callable[[], str]) -> Callable[[], str]:
        """The same act, dropping the draft in its transaction (``once`` opens it)."""

        def saved() -> str:
            address = act()
            self.forget()
            return address

        return saved

    def forget(self) -> None:
        """Drop the draft: its words are saved."""
        drafts.forget(self.request.user, self.opening.key)

    @property
    def key(self) -> str:
        """The key of the draft, for the script."""
        return self.opening.key

    @property
    def ticket(self) -> str:
        """The signed opening, for the hidden field."""
        return self.opening.signed()

    @property
    def version(self) -> int:
        """The version that the page shows (0: nothing kept yet)."""
        return self.draft.version if self.draft else 0

    @property
    def words(self) -> str:
        """``Konsep pukul 10.42 WIB dilanjutkan.`` on a continued page, else empty."""
        if not self.is_resumed or self.draft is None:
            return ""
        when = clock_words(self.draft.updated_at, self.request.user, at=self.at)
        if self.draft.taken_from_id:
            return _("Konsep %(when)s, diambil alih, dilanjutkan.") % {"when": when}
        return _("Konsep %(when)s dilanjutkan.") % {"when": when}

    @property
    def fresh_address(self) -> str:
        """Where one begins anew: a new page (the draft stays), or the question whether to throw it away."""
        if self.is_new:
            return drafts.address_of(self.opening.path, drafts.new_slot(self.opening.base))
        return reverse("agencies:draft_throw_away", args=[self.draft.pk]) if self.draft else self.opening.path

    @cached_property
    def colleague(self) -> "Colleague | None":
        """A colleague who writes the same."""
        label = self.draft.label if self.draft else ""
        return colleague_of(self.opening, label, self.request.user, at=self.at)


class Colleague:
    """A colleague's draft of the same thing, in words."""

    def __init__(self, draft: Draft, viewer: User, *, look: str, at: dt.datetime) -> None:
        when = clock_words(draft.updated_at, viewer, at=at)
        said = {"name": draft.user.name, "when": when}
        if at - draft.updated_at <= drafts.BUSY:
            self.words = _("Sedang ditulis oleh %(name)s (%(when)s).") % said
        else:
            self.words = _("%(name)s mempunyai konsep yang belum disimpan (%(when)s).") % said
        self.look = look
        permission = urlencode({"izin": drafts.grant(draft, viewer)})
        self.take_address = f"{reverse('agencies:draft_take_over', args=[draft.pk])}?{permission}"


def colleague_of(opening: Opening, label: str, viewer: User, *, at: dt.datetime) -> Colleague | None:
    """Who else writes the same, for a person who may take over there."""
    if opening.agency_id not in drafts.writers_for(viewer):
        return None
    found = drafts.writing_too(opening, label, at=at)
    return Colleague(found, viewer, look=opening.look, at=at) if found else None


def clock_words(instant: dt.datetime, viewer: User, *, at: dt.datetime) -> str:
    """``pukul 10.42 WIB`` of today, else ``23 Nov 2026 10.42 WIB``, in the viewer's zone."""
    agency = viewer.rights.main_agency
    clock = agency.clock if agency else None
    local = timezone.localtime(instant, clock)
    if local.date() == timezone.localtime(at, clock).date():
        return _("pukul %(time)s") % {"time": f"{date_format(local, 'H.i')} {zone_label(local)}"}
    return waktu(instant, clock)
