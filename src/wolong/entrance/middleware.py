"""What is refused before any room is asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest


class NoNullCharacters:
    """A null character in an address means nothing to anybody and breaks the database's text: 400, not 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            return HttpResponseBadRequest()
        return self.get_response(request)
