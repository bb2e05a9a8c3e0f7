"""A page for each verb: a form, one action."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.generic import ActionPage, Crumb
from wolong.ground.workdays.queries import now
from wolong.loop.notices import access, actions
from wolong.loop.notices.forms import (
    AnswerForm,
    LiftForm,
    MarkForm,
    NoteForm,
    ReturnForm,
    ReviseForm,
    ThingForm,
    WindowForm,
    WithdrawForm,
)
from wolong.loop.notices.models import Notice, Window
from wolong.loop.notices.registries import provider_of
from wolong.loop.notices.rules.content import as_text
from wolong.loop.notices.views.notice import NoticePage


class Verb(ActionPage):
    """A verb on a notice that this person sees; 404 for any other, whether it exists or not."""

    detail_page = NoticePage

    def get_object(self, request: HttpRequest) -> Notice:
        found: Notice = NoticePage.visible(request, self.kwargs["pk"])
        return found


class _New(ActionPage):
    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return access.may_draft_any(request.scope)  # type: ignore[attr-defined]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("notices:list")

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(_("公示"), reverse("notices:list"))]

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        del thing, form
        if access.draftable(request.scope):  # type: ignore[attr-defined]
            return {}
        return {"explain": _("本单位还没有公示窗口，请先由单位负责人在“公示窗口”里开放。")}


class DraftNotePage(_New):
    title = gettext_lazy("拟通知")
    verb = gettext_lazy("存下，看隐去了什么")
    form_class = NoteForm

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        return {"windows": access.draftable(request.scope)}  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: NoteForm) -> Notice:
        del thing
        return actions.draft_note(by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class DraftThingPage(_New):
    title = gettext_lazy("公示标准等")
    verb = gettext_lazy("拟稿，看隐去了什么")
    form_class = ThingForm

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        scope = request.scope  # type: ignore[attr-defined]
        return {"scope": scope, "windows": access.draftable(scope)}

    def perform(self, request: HttpRequest, thing: Any, form: ThingForm) -> Notice:
        del thing
        window_key, provider_key, key = form.cleaned_data["thing"].split("|", 2)
        provider = provider_of(provider_key)
        if provider is None:
            raise Refused(_("没有找到要公示的内容，可能已经变动，请重新选择。"))
        window = Window.objects.select_related("unit").get(pk=window_key)  # one of the choices that were offered
        return actions.draft_thing(window=window, provider=provider, key=key, by=request.user, at=now())  # type: ignore[arg-type]


class RevisePage(Verb):
    title = gettext_lazy("修改公示稿")
    verb = gettext_lazy("存下")
    form_class = ReviseForm

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.may_revise(request.scope, thing)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Notice) -> dict[str, Any]:
        del request
        return {"title": thing.original_title, "text": as_text(thing.original), "concerns": thing.concerns}

    def perform(self, request: HttpRequest, thing: Notice, form: ReviseForm) -> Notice:
        return actions.revise_note(notice=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class SubmitPage(Verb):
    title = gettext_lazy("送审")
    explain = gettext_lazy("由拟稿人以外的负责人批准。涉及企业的，现在告知它，陈述期限从今天起算。")

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.may_revise(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Notice, form: Any) -> Notice:
        del form
        return actions.submit_notice(notice=thing, by=request.user, at=now())  # type: ignore[arg-type]


class MarkPage(Verb):
    title = gettext_lazy("再隐去")
    verb = gettext_lazy("隐去")
    form_class = MarkForm

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.may_see_original(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Notice, form: MarkForm) -> Any:
        return actions.mark_words(notice=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class LiftPage(Verb):
    title = gettext_lazy("准予显示")
    explain = gettext_lazy("由批准人负责。手机号码、证件号码和邮箱不能准予显示。")
    form_class = LiftForm

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.may_decide(request.scope, thing)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Notice) -> dict[str, Any]:
        del thing
        return {"kind": request.GET.get("kind", ""), "words": request.GET.get("words", "")}

    def perform(self, request: HttpRequest, thing: Notice, form: LiftForm) -> Any:
        return actions.lift_mark(notice=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class ApprovePage(Verb):
    title = gettext_lazy("批准公示")
    explain = gettext_lazy("批准后任何人都能看到。请先对照看一遍隐去了什么、企业说了什么。")

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.has_right_role(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Notice, form: Any) -> Notice:
        del form
        return actions.approve_notice(notice=thing, by=request.user, at=now())  # type: ignore[arg-type]


class ReturnPage(Verb):
    title = gettext_lazy("退回")
    form_class = ReturnForm

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.may_decide(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Notice, form: ReturnForm) -> Notice:
        return actions.return_notice(notice=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class WithdrawPage(Verb):
    title = gettext_lazy("撤回公示")
    verb = gettext_lazy("撤回")
    explain = gettext_lazy("内容立即不再公开；公示页留下撤回的日期和理由。")
    form_class = WithdrawForm
    danger = True

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.has_right_role(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Notice, form: WithdrawForm) -> Notice:
        return actions.withdraw_notice(notice=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class AnswerPage(Verb):
    title = gettext_lazy("陈述意见")
    verb = gettext_lazy("提交陈述")
    form_class = AnswerForm

    def may_act(self, request: HttpRequest, thing: Notice) -> bool:
        return access.is_concerned(request.scope, thing)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Notice) -> dict[str, Any]:
        del request
        return {"answer": thing.answer}

    def perform(self, request: HttpRequest, thing: Notice, form: AnswerForm) -> Notice:
        return actions.answer_notice(notice=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class SetWindowPage(_New):
    title = gettext_lazy("设置公示窗口")
    verb = gettext_lazy("存下")
    form_class = WindowForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return access.may_set_any_window(request.scope)  # type: ignore[attr-defined]

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        return {"scope": request.scope}  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Any, form: Any) -> dict[str, Any]:
        del request, thing, form
        return {}

    def perform(self, request: HttpRequest, thing: Any, form: WindowForm) -> Window:
        del thing
        return actions.set_window(by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]
