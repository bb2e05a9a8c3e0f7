"""The API: one root, one router a room; by token or session, never beyond what its owner may, nor beyond the token's scopes."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from wolong.entrance.middleware import SENTENCES
from wolong.estate.equipment.api import router as equipment
from wolong.estate.places.api import router as places
from wolong.ground.exchange.actions import KeyTaken
from wolong.ground.exchange.api import ANY, SessionAuth, TokenAuth, reads
from wolong.ground.exchange.rules import field_of, sentence_of
from wolong.ground.lifecycle import Refused
from wolong.loop.analysis.api import router as reports
from wolong.loop.appraisal.api import router as scores
from wolong.loop.duties.api import deviations
from wolong.loop.duties.api import router as duties
from wolong.loop.findings.api import router as findings
from wolong.loop.notices.api import router as notices
from wolong.loop.plans.api import router as rounds
from wolong.loop.rectification.api import orders, systemic_orders
from wolong.norms.standards.api import proposals
from wolong.norms.standards.api import router as standards

VERSION = "2"


class Readable(JSONRenderer):
    """Chinese as it is written, not as numbers."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


class WolongAPI(NinjaAPI):
    """Beside each operation stands the scope that its token needs; operations are called by their own names."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for way in operation["security"]:
                    if TokenAuth.__name__ in way:
                        way[TokenAuth.__name__] = [scope for scope in [operation["x-scope"]] if scope != ANY]
                for parameter in operation.get("parameters", ()):
                    parameter["schema"] = _without_null(parameter["schema"])
        return schema


def _without_null(shape: dict[str, Any]) -> dict[str, Any]:
    """What stands in an address is there or not; it is never null."""
    given = [one for one in shape.get("anyOf", ()) if one != {"type": "null"}]
    if len(given) != 1:
        return shape
    return {**{key: value for key, value in shape.items() if key != "anyOf"}, **given[0]}


api = WolongAPI(
    title="卧龙",
    version=VERSION,
    description=_(
        "与别的系统交换数据：读标准、场所、设备、职责、偏离、巡查、问题、整改、考评、分析、公示；登记问题，下发、签收、答复整改通知单。"
        "令牌看得到的、办得了的，不超过它的持有人，也不超过它的权限。用法见 docs/api.md。"
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Readable(),
)
for name, room in (
    ("standards", standards),
    ("proposals", proposals),
    ("places", places),
    ("equipment", equipment),
    ("duties", duties),
    ("deviations", deviations),
    ("rounds", rounds),
    ("findings", findings),
    ("orders", orders),
    ("systemic-orders", systemic_orders),
    ("scores", scores),
    ("notices", notices),
    ("reports", reports),
):
    api.add_router(f"/{name}/", room)


def _said(request: HttpRequest, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "errors": errors or []}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    """What an action refuses, it says in a sentence; a key that stands for something else is a conflict."""
    return _said(request, 409 if isinstance(fault, KeyTaken) else 422, fault.sentence)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    errors = [{"field": field_of(error), "sentence": sentence_of(error)} for error in fault.errors]
    return _said(request, 422, "".join(error["sentence"] for error in errors), errors)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    del fault
    answer = _said(request, 401, str(SENTENCES[401]))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def other_fault(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Sentences of ours as they are; those of the library, which are English, in our words."""
    is_ours = not fault.message.isascii()
    return _said(request, fault.status_code, fault.message if is_ours else str(SENTENCES[fault.status_code]))


@api.exception_handler(Http404)
def not_there(request: HttpRequest, fault: Http404) -> HttpResponse:
    del fault
    return _said(request, 404, str(SENTENCES[404]))


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
    del fault
    return _said(request, 413, str(SENTENCES[413]))


@api.exception_handler(DataError)
def too_large(request: HttpRequest, fault: DataError) -> HttpResponse:
    """A figure in the address that the database cannot hold is the caller's mistake, not ours."""
    del fault
    return _said(request, 422, _("有的数太大了。"))


class MeOut(Schema):
    """Who the caller is. `scopes` and `expires_on` are those of the token; both are empty for somebody signed in."""

    account: str
    name: str
    unit: str
    token: str
    scopes: list[str]
    expires_on: date | None


@api.get("/me/", **reads(None, MeOut, _("我是谁"), _("令牌的持有人、权限和到期日，用来试一个令牌。")), tags=["me"])
def get_me(request: HttpRequest) -> dict[str, Any]:
    token = getattr(request, "token", None)
    person: Any = request.user
    return {
        "account": person.account,
        "name": person.name,
        "unit": person.organization.name,
        "token": token.name if token else "",
        "scopes": token.scopes if token else [],
        "expires_on": token.expires_on if token else None,
    }


@api.get("/openapi.json", include_in_schema=False, auth=[TokenAuth(None), SessionAuth()])
def openapi(request: HttpRequest) -> HttpResponse:
    """The schema, for signed-in people and token holders."""
    return api.create_response(request, api.get_openapi_schema(), status=200)
