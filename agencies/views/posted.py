"""What a request brought: the typed form, or nothing when the page is only opened."""

from django.http import HttpRequest, QueryDict


def typed(request: HttpRequest) -> QueryDict | None:
    """The posted fields, also when all are empty; None on GET, so that the form stays blank."""
    return request.POST if request.method == "POST" else None


def content_of(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed, for telling a second click from another form."""
    left_out = {"csrfmiddlewaretoken", "token"}
    return {name: values for name, values in sorted(request.POST.lists()) if name not in left_out}
