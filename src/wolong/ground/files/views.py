"""A photograph as it is shown: a copy without the camera's notes, only to whom it concerns."""

import logging
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from wolong.ground.files.access import openable
from wolong.ground.files.queries import Damaged, bytes_of
from wolong.ground.files.states import Size
from wolong.ground.pages.generic import SignedIn

logger = logging.getLogger(__name__)


class EvidencePage(SignedIn):
    """`?size=thumb` for the small copy, `?save=1` to save it. Whoever may not see it gets 404, as if it were not there."""

    def get(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        evidence = openable(request.scope).filter(pk=pk).first()  # type: ignore[attr-defined]
        size = request.GET.get("size", Size.VIEW.value)
        if evidence is None or size not in Size.values:
            raise Http404
        try:
            content = bytes_of(evidence, Size(size))
        except Damaged:
            logger.exception("evidence %s is damaged", evidence.pk)
            sentence = _("这张照片和收到时的校验值不符，不能显示。请告诉系统管理员，从备份恢复。")
            return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
        answer = HttpResponse(content, content_type="image/jpeg")
        way = "attachment" if request.GET.get("save") else "inline"
        name = f"{evidence.name.rpartition('.')[0] or evidence.name}.jpg"
        answer["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
        answer["X-Content-Type-Options"] = "nosniff"
        # Should a browser take it for a page after all, it may still do nothing.
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        # The bytes of one number never change, but who may see them does: this computer may keep them an hour.
        answer["Cache-Control"] = "private, max-age=3600"
        return answer
