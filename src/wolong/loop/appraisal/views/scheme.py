"""考评办法: the schemes in use, one version of one, and the next version."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.generic import ActionPage, Button, Column, Crumb, DetailPage, Empty, Fact, ListPage
from wolong.ground.workdays.queries import now
from wolong.loop.appraisal import access, actions
from wolong.loop.appraisal.forms import SchemeForm
from wolong.loop.appraisal.models import Scheme
from wolong.loop.appraisal.rules.scheme import plain


class SchemeList(ListPage):
    title = gettext_lazy("考评办法")
    unit = gettext_lazy("个版本")
    default_sort = ("area", "name", "-version")
    columns = (
        Column(key="name", label=gettext_lazy("名称"), kind="link", value=str, sort=("name", "-version")),
        Column(key="area", label=gettext_lazy("办公区"), sort=("area__code", "name"), width=200),
        Column(key="made_by", label=gettext_lazy("制定人"), width=120),
        Column(key="made_at", label=gettext_lazy("制定时间"), kind="date", sort="made_at", width=136),
    )
    empty = Empty(gettext_lazy("还没有考评办法"), gettext_lazy("开启第一个季度时按常用的办法生成，之后可以修订。"))

    def may(self, request: HttpRequest) -> bool:
        return request.scope.is_inside  # type: ignore[attr-defined,no-any-return]

    def get_rows(self, request: HttpRequest) -> QuerySet[Scheme]:
        rows = Scheme.objects.filter(request.scope.areas("area__centre"))  # type: ignore[attr-defined]
        return rows.select_related("area", "made_by")


class SchemePage(DetailPage):
    left_template_name = "appraisal/_scheme_left.html"

    def may(self, request: HttpRequest) -> bool:
        return request.scope.is_inside  # type: ignore[attr-defined,no-any-return]

    def get_rows(self, request: HttpRequest) -> QuerySet[Scheme]:
        rows = Scheme.objects.filter(request.scope.areas("area__centre"))  # type: ignore[attr-defined]
        return rows.select_related("area__centre", "made_by")

    def get_subtitle(self, request: HttpRequest, thing: Scheme) -> str:
        del request
        return str(thing.area)

    def get_badges(self, request: HttpRequest, thing: Scheme) -> list[Any]:
        del request
        if self.is_newest(thing):
            return [badge_html(_("现行"), "ok", "circle-check")]
        return [badge_html(_("已有新版"), "", "circle-off")]

    def is_newest(self, thing: Scheme) -> bool:
        known: bool | None = getattr(thing, "is_newest", None)
        if known is None:
            later = Scheme.objects.filter(area=thing.area_id, name=thing.name, version__gt=thing.version)
            known = thing.is_newest = not later.exists()  # type: ignore[attr-defined]
        return known

    def get_crumbs(self, request: HttpRequest, thing: Scheme) -> list[Crumb]:
        del request
        return [Crumb(_("考评"), reverse("appraisal:list")), Crumb(_("考评办法"), reverse("appraisal:schemes")),
                Crumb(str(thing))]  # fmt: skip

    def get_buttons(self, request: HttpRequest, thing: Scheme) -> list[Button]:
        if not access.is_chair(request.scope, thing.area) or not self.is_newest(thing):  # type: ignore[attr-defined]
            return []
        return [Button(label=_("修订"), url=reverse("appraisal:revise_scheme", args=[thing.pk]), icon="edit")]

    def get_facts(self, request: HttpRequest, thing: Scheme) -> list[Fact]:
        del request
        made = thing.made_by.name if thing.made_by else _("系统")
        return [
            Fact(_("制定"), f"{made} {thing.made_at:%Y-%m-%d}"),
            Fact(_("重复问题"), _("扣分 × %(n)s") % {"n": plain(thing.content.repeat)}),
        ]

    def get_context(self, request: HttpRequest, thing: Scheme) -> dict[str, Any]:
        del request
        table = thing.content
        tops = ["100", *(plain(band.low) for band in table.bands)]
        return {
            "parts": [(part.name, plain(part.share)) for part in table.parts],
            "chapters": [(one.name, plain(one.weight), "、".join(one.lines)) for one in table.chapters],
            "bands": [
                (one.name, plain(one.low), top, number == 0, plain(one.pay))
                for number, (one, top) in enumerate(zip(table.bands, tops, strict=False))
            ],
        }


class ReviseScheme(ActionPage):
    title = gettext_lazy("修订考评办法")
    verb = gettext_lazy("存为新版")
    explain = gettext_lazy("只用于以后开启的季度；已开启的不变。")
    form_class = SchemeForm
    fields_template_name = "appraisal/_scheme_fields.html"

    def get_object(self, request: HttpRequest) -> Scheme:
        found: Scheme = SchemePage.visible(request, self.kwargs["pk"])
        return found

    def may_act(self, request: HttpRequest, thing: Scheme) -> bool:
        return access.is_chair(request.scope, thing.area)  # type: ignore[attr-defined]

    def get_form_kwargs(self, request: HttpRequest, thing: Scheme) -> dict[str, Any]:
        del request
        return {"table": thing.content}

    def perform(self, request: HttpRequest, thing: Scheme, form: SchemeForm) -> Scheme:
        table = form.cleaned_data["table"]
        return actions.make_scheme(area=thing.area, name=thing.name, table=table, by=request.user, at=now())  # type: ignore[arg-type]

    def get_success_url(self, request: HttpRequest, thing: Scheme, result: Scheme) -> str:
        del request, thing
        return result.get_absolute_url()
