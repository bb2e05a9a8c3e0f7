"""What every room's part of the API is built from: who asks, with which scope, how a list is paged, and that a command counts once."""

import hashlib
import inspect
import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, Literal

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Header, Schema
from ninja.errors import AuthorizationError, HttpError
from ninja.pagination import LimitOffsetPagination
from ninja.responses import NinjaJSONEncoder
from ninja.security import HttpBearer
from ninja.security import SessionAuth as CookieAuth
from pydantic import StringConstraints

from wolong.ground.exchange.actions import answer_once
from wolong.ground.exchange.rules import fingerprint_of
from wolong.ground.people.access import scope_of
from wolong.ground.people.actions import note_token_use
from wolong.ground.people.models import Person
from wolong.ground.people.queries import valid_token
from wolong.ground.people.states import TokenScope
from wolong.ground.workdays.queries import now

MOST_ROWS = 1000
ANY = "any"
FURTHEST_ROW = 1_000_000_000
JSON = "application/json; charset=utf-8"
# No control characters but tab and line breaks: the database's text cannot hold all of them, and nobody means them.
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


# A number that the database can hold.
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Fault(Schema):
    """What is wrong with one field; `field` is empty where no single one is at fault."""

    field: str
    sentence: str


class Problem(Schema):
    """Every error looks like this: one sentence in Chinese, and where several fields are wrong, each of them."""

    detail: str
    errors: list[Fault] = []


class TokenAuth(HttpBearer):
    """`Authorization: Bearer wl_…`: the request is made by the token's owner, within the token's scopes."""

    def __init__(self, scope: TokenScope | None) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        found = valid_token(token)
        if found is None:
            return None
        note_token_use(token=found, at=now())
        if self.scope is not None and self.scope not in found.scopes:
            words = _("这个令牌没有“%(scope)s”的权限。") % {"scope": self.scope.label}
            raise AuthorizationError(message=words)
        request.user, request.token = found.owner, found  # type: ignore[attr-defined]
        request.scope = scope_of(found.owner)  # type: ignore[attr-defined]
        return found.owner


class SessionAuth(CookieAuth):
    """Whoever is signed in on the desk; to change something the page's CSRF token is needed, too."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if request.user.is_authenticated else None


class Paging(LimitOffsetPagination):
    """A hundred rows from the first on, unless the caller says otherwise; never more than a thousand at once."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=MOST_ROWS)
        offset: int = Field(0, ge=0, le=FURTHEST_ROW)


def one_of(choices: Any) -> Any:
    """The values that a filter or field may have, written out in the description of the API."""
    return Literal[tuple(choices.values)]


def words(most: int, *, least: int = 0) -> Any:
    """A text of the caller's, without control characters and blanks around it."""
    rules = StringConstraints(strip_whitespace=True, min_length=least, max_length=most, pattern=PLAIN)
    return Annotated[str, rules]


def _declared(scope: TokenScope | None, summary: str, more: str, answers: dict[int, Any]) -> dict[str, Any]:
    needed = _("所需权限：%(scope)s。") % {"scope": scope.label if scope else _("任何令牌都可以")}
    return {
        "auth": [TokenAuth(scope), SessionAuth()],
        "response": {**answers, 400: Problem, 401: Problem, 403: Problem, 422: Problem},
        "summary": summary,
        "description": f"{more} {needed}".strip(),
        "openapi_extra": {"x-scope": scope.value if scope else ANY},
    }


def reads(scope: TokenScope | None, out: Any, summary: str, more: str = "", *, one: bool = False) -> dict[str, Any]:
    """How an operation that only looks is declared; `one` thing may be missing: 404, also where one may not see it."""
    return _declared(scope, summary, more, {200: out, **({404: Problem} if one else {})})


def writes(scope: TokenScope, out: Any, summary: str, more: str = "", *, status: int = 201) -> dict[str, Any]:
    """How an operation that changes something is declared; it stands above `once`."""
    return _declared(scope, summary, more, {status: out, 404: Problem, 409: Problem, 413: Problem})


IDEMPOTENCY_KEY = Header(
    ...,
    alias="Idempotency-Key",
    min_length=1,
    max_length=200,
    pattern=r"^[!-~]+$",
    description=_("一次提交一个，由对方系统取，如 UUID；没有收到答复时用同一个再发一次。"),
)


def once(out: Any, *, status: int = 201) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A command under its `Idempotency-Key`: done and committed before it is answered, and answered alike ever after."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def command(request: HttpRequest, idempotency_key: str, **given: Any) -> HttpResponse:
            arrival, is_replay = answer_once(
                key=idempotency_key,
                fingerprint=_fingerprint(request),
                status=status,
                deed=lambda: _bytes(out.from_orm(view(request, **given))),
                by=request.auth,  # type: ignore[attr-defined]
                at=now(),
            )
            response = HttpResponse(bytes(arrival.answer), status=arrival.status, content_type=JSON)
            response["Idempotency-Replayed"] = "true" if is_replay else "false"
            return response

        signature = inspect.signature(view)
        key = inspect.Parameter(
            "idempotency_key", inspect.Parameter.KEYWORD_ONLY, default=IDEMPOTENCY_KEY, annotation=str
        )
        command.__signature__ = signature.replace(parameters=[*signature.parameters.values(), key])  # type: ignore[attr-defined]
        return command

    return wrap


def _fingerprint(request: HttpRequest) -> str:
    """The same for the same command: the boundary of a form's parts is another one each time, its fields are not."""
    if request.content_type == "multipart/form-data":
        fields = [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
        digests = [f"{name} {_digest(file)}" for name, several in request.FILES.lists() for file in several]
    else:
        fields, digests = [], [hashlib.sha256(request.body).hexdigest()]
    return fingerprint_of(method=request.method or "", path=request.path, fields=fields, files=digests)


def _digest(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def check_sizes(files: Sequence[UploadedFile], *, most_bytes: int, most_files: int) -> None:
    """Attachments that are too large or too many are told so before they are read: 413."""
    if len(files) > most_files:
        raise HttpError(413, _("一次最多 %(most)d 张照片。") % {"most": most_files})
    if any((file.size or 0) > most_bytes for file in files):
        raise HttpError(413, _("照片超过 %(most)d MB，请缩小后再上传。") % {"most": most_bytes // 1024**2})


def _bytes(answer: Schema) -> bytes:
    return json.dumps(answer.model_dump(), cls=NinjaJSONEncoder, ensure_ascii=False).encode()
