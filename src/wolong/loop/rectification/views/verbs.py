"""A page for each verb: a form, one action."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.files.actions import keep_evidence
from wolong.ground.pages.generic import ActionPage
from wolong.ground.workdays.queries import now, today
from wolong.loop.findings import queries as findings
from wolong.loop.findings.models import Finding
from wolong.loop.rectification import access, actions, queries
from wolong.loop.rectification.actions.held import deadline_of
from wolong.loop.rectification.forms import AcceptForm, AnswerForm, FollowUpForm, IssueForm, ReturnForm
from wolong.loop.rectification.models import Answer, Order
from wolong.loop.rectification.views.order import OrderPage


class Verb(ActionPage):
    """A verb on an order that this person sees; 404 for any other, whether it exists or not."""

    detail_page = OrderPage

    def get_object(self, request: HttpRequest) -> Order:
        found: Order = OrderPage.visible(request, self.kwargs["pk"])
        return found


class IssuePage(ActionPage):
    title = gettext_lazy("下发整改通知单")
    verb = gettext_lazy("签发")
    form_class = IssueForm

    def get_object(self, request: HttpRequest) -> Finding:
        scope = request.scope  # type: ignore[attr-defined]
        found = findings.for_page(self.kwargs["pk"], findings.visible_to(scope))
        if found is None:
            raise Http404
        return found

    def may_act(self, request: HttpRequest, thing: Finding) -> bool:
        """An order issued meanwhile is not forbidden but answered: by the action, in words."""
        return access.may_issue_at_all(request.scope, thing)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Finding) -> dict[str, Any]:
        del request
        return {"due_on": deadline_of(thing, now()).on}

    def get_context(self, request: HttpRequest, thing: Finding, form: IssueForm) -> dict[str, Any]:
        del request
        term = deadline_of(thing, now())
        label = thing.requirement.term_label or _("条款没有写明，按等级 %(severity)s") % {"severity": thing.severity}
        note = _("（暂定，年历公布后重算）") if term.is_provisional else ""
        form.fields["due_on"].help_text = _("整改期限：%(label)s，应为 %(day)s%(note)s。") % {
            "label": label, "day": term.on, "note": note,
        }  # fmt: skip
        form.fields["due_on"].widget.attrs["min"] = today().isoformat()
        unit = thing.responsible or _("没有责任单位")
        return {"explain": _("发给%(unit)s：%(title)s") % {"unit": unit, "title": thing.title}}

    def perform(self, request: HttpRequest, thing: Finding, form: IssueForm) -> Order:
        return actions.issue_order(finding=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]

    def get_success_url(self, request: HttpRequest, thing: Finding, result: Order) -> str:
        del request, thing
        return result.get_absolute_url()


class ReceivePage(Verb):
    title = gettext_lazy("签收整改通知单")
    verb = gettext_lazy("签收")

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return access.is_of_unit(request.scope, thing.responsible)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Order, form: Any) -> Order:
        del form
        return actions.receive_order(order=thing, by=request.user, at=now())  # type: ignore[arg-type]


class AnswerPage(Verb):
    title = gettext_lazy("提交整改")
    verb = gettext_lazy("提交整改证明")
    explain = gettext_lazy("提交后由监督科室的第三人复查。")
    form_class = AnswerForm
    has_files = True

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        scope = request.scope  # type: ignore[attr-defined]
        return access.is_of_unit(scope, thing.responsible) and request.user.pk != thing.finding.found_by_id

    def get_form_kwargs(self, request: HttpRequest, thing: Order) -> dict[str, Any]:
        del request
        limit = findings.limit_of(thing.finding)
        words = ""
        if limit is not None:
            unit = findings.pretty_unit(limit.unit or "")
            bounds = [(_("不大于 %(n)s"), limit.high), (_("不小于 %(n)s"), limit.low)]
            parts = [text % {"n": findings.reading_words(bound, unit)} for text, bound in bounds if bound is not None]
            words = _("整改后测得的%(name)s，应%(limit)s。") % {
                "name": limit.property or _("数值"),
                "limit": "、".join(parts),
            }
        return {"limit": words, "is_no_photo": thing.finding.place.is_no_photo}

    def perform(self, request: HttpRequest, thing: Order, form: AnswerForm) -> Answer:
        given = dict(form.cleaned_data)
        moment, place = now(), thing.finding.place.full_name
        photos = [
            keep_evidence(data=photo, name=photo.name, by=request.user, at=moment, place_text=place)  # type: ignore[arg-type]
            for photo in given.pop("photos", None) or []
        ]
        return actions.answer_order(order=thing, evidence=photos, by=request.user, at=moment, **given)  # type: ignore[arg-type]


class AcceptPage(Verb):
    title = gettext_lazy("复查")
    verb = gettext_lazy("复查通过")
    explain = gettext_lazy("通过后问题闭环，计入考评。没有改好请退回重改。")
    form_class = AcceptForm

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return may_look(request, thing)

    def perform(self, request: HttpRequest, thing: Order, form: AcceptForm) -> Order:
        return actions.accept_answer(order=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class ReturnPage(Verb):
    title = gettext_lazy("退回重改")
    verb = gettext_lazy("退回重改")
    form_class = ReturnForm

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return may_look(request, thing)

    def perform(self, request: HttpRequest, thing: Order, form: ReturnForm) -> Order:
        return actions.return_answer(order=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


def may_look(request: HttpRequest, order: Order) -> bool:
    """Whether this person is one who could verify; that somebody was quicker is then said in words, not as 403."""
    nobody = queries.is_nobody_to_verify(order, on=timezone.localdate())
    return access.may_verify_at_all(request.scope, order, is_nobody_else=nobody)  # type: ignore[attr-defined]


class FollowUpPage(Verb):
    title = gettext_lazy("记录回访")
    verb = gettext_lazy("存下回访")
    explain = gettext_lazy("问场所的使用人。没修好，通知单重新打开，期限从今天重算。")
    form_class = FollowUpForm

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return access.may_follow_up(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Order, form: FollowUpForm) -> Any:
        return actions.follow_up(order=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class WatchPage(Verb):
    title = gettext_lazy("挂牌督办")
    explain = gettext_lazy("责任单位和监督科室会收到消息。")

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return access.may_watch(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Order, form: Any) -> Order:
        del form
        return actions.watch_order(order=thing, by=request.user, at=now())  # type: ignore[arg-type]


class RemindPage(Verb):
    title = gettext_lazy("催办")
    explain = gettext_lazy("责任单位的负责人会收到消息。一天一次。")

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return access.may_remind(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Order, form: Any) -> Order:
        del form
        return actions.remind(order=thing, by=request.user, at=now())  # type: ignore[arg-type]
