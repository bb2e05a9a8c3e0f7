"""One-time passwords for the people of an import: a sheet that is made once and kept nowhere."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.entrance.roster.people import SOURCE, password_sheet, without_password
from wolong.estate.places.models import ImportJob
from wolong.estate.places.states import ImportState
from wolong.ground.lifecycle import Refused
from wolong.ground.pages.generic import ActionPage
from wolong.ground.people.access import may_administer
from wolong.ground.people.actions import give_first_passwords
from wolong.ground.workdays.queries import now

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class GivePasswords(ActionPage):
    title = gettext_lazy("发一次性密码")
    verb = gettext_lazy("生成并下载")
    explain = gettext_lazy(
        "给这次导入里还没有密码的人各生成一个，下载成一张表。只给这一次：表没有存在系统里，发给本人后请删去。本人登录后必须改掉。"
    )

    def may(self, request: HttpRequest) -> bool:
        return may_administer(request.scope)  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest) -> ImportJob:
        rows = ImportJob.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        job = rows.filter(pk=self.kwargs["pk"], kind=SOURCE.kind, state=ImportState.DONE).first()
        if job is None:
            raise Http404
        return job  # type: ignore[no-any-return]

    def perform(self, request: HttpRequest, thing: ImportJob, form: Any) -> HttpResponse:
        given = give_first_passwords(people=without_password(thing), by=request.user, at=now())  # type: ignore[arg-type]
        if not given:
            raise Refused(_("这次导入的人都有密码了。忘了密码的，在人员页面上逐个重发。"))
        headers = {
            "Content-Disposition": f'attachment; filename="passwords-{thing.pk}.xlsx"',
            "Cache-Control": "no-store",
        }
        return HttpResponse(password_sheet(given), content_type=XLSX, headers=headers)
