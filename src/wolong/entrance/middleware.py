"""What is refused before any room is asked, and that the API says so in its own way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

Answer = Callable[[HttpRequest], HttpResponse]
API = "/api/"
# Nine photographs of 20 MB and what is said beside them.
MOST_BYTES = 192 * 1024**2
SENTENCES = {
    400: _("没有看懂：请检查地址和内容的格式。"),
    401: _("请先登录，或带上有效的接口令牌。"),
    403: _("您没有这个权限。"),
    404: _("没有找到，或者您看不到它。"),
    405: _("这个地址没有这种操作。"),
    413: _("内容太大。"),
    422: _("内容不对。"),
    500: _("系统出了错，没有办成。请稍后再试，还不行就告诉管理员。"),
}


class SpeaksJson:
    """Every error under the API's address is JSON with a sentence, wherever on the way it arose."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > MOST_BYTES:
            return _problem(413)
        answer = self.get_response(request)
        if answer.status_code < 400 or "json" in answer.headers.get("Content-Type", ""):
            return answer
        problem = _problem(answer.status_code)
        if "Allow" in answer.headers:
            problem["Allow"] = answer.headers["Allow"]
        return problem


def _problem(status: int) -> HttpResponse:
    sentence = SENTENCES.get(status) or SENTENCES[400 if status < 500 else 500]
    return JsonResponse(
        {"detail": str(sentence), "errors": []}, status=status, json_dumps_params={"ensure_ascii": False}
    )


class NoNullCharacters:
    """A null character in an address means nothing to anybody and breaks the database's text: 400, not 500."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            return HttpResponseBadRequest()
        return self.get_response(request)
