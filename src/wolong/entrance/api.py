"""The read API: one root, one router a room; by session or by a read token, and never beyond what its owner sees."""

from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer, SessionAuth

from wolong.estate.equipment.api import router as equipment
from wolong.estate.places.api import router as places
from wolong.ground.people.access import scope_of
from wolong.ground.people.queries import person_of_token
from wolong.loop.duties.api import router as duties
from wolong.loop.findings.api import router as findings
from wolong.loop.rectification.api import router as orders
from wolong.norms.standards.api import router as standards


class TokenAuth(HttpBearer):
    """`Authorization: Bearer wl_…`: the request is made by the token's owner."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        person = person_of_token(token)
        if person is None:
            return None
        request.user = person
        request.scope = scope_of(person)  # type: ignore[attr-defined]
        return person


api = NinjaAPI(
    title="卧龙",
    version="1",
    description="只读接口：标准、场所、设备、职责、问题、整改通知单。每个令牌只看得到其持有人看得到的。",
    auth=[SessionAuth(), TokenAuth()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/standards/", standards)
api.add_router("/places/", places)
api.add_router("/equipment/", equipment)
api.add_router("/duties/", duties)
api.add_router("/findings/", findings)
api.add_router("/orders/", orders)


@api.exception_handler(DataError)
def too_large(request: HttpRequest, fault: DataError) -> HttpResponse:
    """A figure in the address that the database cannot hold is the caller's mistake, not ours."""
    del fault
    return api.create_response(request, {"detail": "out of range"}, status=422)


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """The schema, for signed-in people and token holders."""
    return api.create_response(request, api.get_openapi_schema(), status=200)
