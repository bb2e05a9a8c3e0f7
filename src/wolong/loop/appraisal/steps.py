"""The banner of a period and of a sheet: what is next for the person who looks, and why."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import Button, NextStep
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.loop.appraisal import access, queries
from wolong.loop.appraisal.models import Period, Sheet, Statement
from wolong.loop.appraisal.states import PeriodState, StatementState


def _verb(period: Period, name: str, label: str, confirm: str) -> Button:
    url = reverse(f"appraisal:{name}", args=[period.pk])
    return Button(label=label, url=url, go=True, post=True, confirm=confirm)


def step_of_period(scope: Scope, period: Period, *, today: date) -> NextStep:
    """Presenting after the last day, answering statements, closing: the chair's; everybody else waits."""
    chair = access.is_chair(scope, period.area)
    if period.state == PeriodState.CLOSED:
        return NextStep(kind="done", sentence=_("已结账，得分和等次不再变动"), reason=_closed_words(period))
    if period.state == PeriodState.OPEN:
        return _before_presenting(period, chair=chair, today=today)
    waiting = queries.statements_open(period).count()
    if waiting:
        first = queries.statements_open(period).select_related("sheet").order_by("pk").first()
        look = Button(label=_("去答复"), url=first.sheet.get_absolute_url(), go=True) if first and chair else None
        kind = "mine" if chair else "wait"
        return NextStep(kind=kind, sentence=_("等待答复 %(n)d 条陈述") % {"n": waiting}, primary=look)  # type: ignore[arg-type]
    missing = period.sheets.filter(confirmed_at=None).count()
    is_over = period.answer_by_on is None or today > period.answer_by_on or not missing
    if chair and is_over:
        sentence = _("可以结账了")
        why = _("各单位都已确认。") if not missing else _("陈述的期限已过，%(n)d 家没有确认。") % {"n": missing}
        ask = _("结账后得分和等次不再变动，确定结账？")
        return NextStep(sentence=sentence, reason=why, primary=_verb(period, "close", _("结账"), ask))
    words = _("等待各单位确认或陈述，到 %(day)s") % {"day": day(period.answer_by_on)}
    return NextStep(kind="wait", sentence=words, reason=_("还有 %(n)d 家没有确认。") % {"n": missing})


def _before_presenting(period: Period, *, chair: bool, today: date) -> NextStep:
    if today <= period.last_on:
        sentence = _("进行中，到 %(day)s 结束") % {"day": day(period.last_on)}
        return NextStep(kind="wait", sentence=sentence, reason=_("现在看到的是截至今天的中期结果。"))
    if not chair:
        who = _("%(centre)s负责人") % {"centre": period.area.centre}
        return NextStep(kind="wait", sentence=_("等待%(who)s提出结果") % {"who": who})
    ask = _("冻结全部考评表并告知各单位？之后各单位可以确认或陈述。")
    return NextStep(
        sentence=_("等待您提出结果"),
        reason=_("本期 %(day)s 已结束。数据会冻结并存下校验值。") % {"day": day(period.last_on)},
        primary=_verb(period, "present", _("提出结果"), ask),
    )


def _closed_words(period: Period) -> str:
    who = period.closed_by.name if period.closed_by else ""
    return _("%(who)s %(day)s 结账。") % {"who": who, "day": day(period.closed_at)}


def step_of_sheet(scope: Scope, sheet: Sheet, statements: list[Statement], *, today: date) -> NextStep:
    """For the unit: confirm or state; for the chair: answer; else what the period waits for."""
    period = sheet.period
    if period.state != PeriodState.PRESENTED:
        return step_of_period(scope, period, today=today)
    asked = [one for one in statements if one.state == StatementState.STATED]
    for one in asked:
        one.sheet = sheet
        if access.may_decide(scope, one):
            url = reverse("appraisal:decide", args=[one.pk])
            return NextStep(
                sentence=_("等待您答复 %(unit)s的陈述") % {"unit": sheet.unit},
                reason=one.text,
                primary=Button(label=_("答复"), url=url, go=True, inline=True),
            )
    if access.may_confirm(scope, sheet) and not asked:
        return _to_confirm(sheet, today=today)
    if asked:
        return NextStep(kind="wait", sentence=_("等待答复 %(n)d 条陈述") % {"n": len(asked)})
    if sheet.confirmed_at is not None:
        who = sheet.confirmed_by.name if sheet.confirmed_by else ""
        return NextStep(
            kind="wait",
            sentence=_("等待结账"),
            reason=_("%(who)s %(day)s 已确认结果。") % {"who": who, "day": day(sheet.confirmed_at)},
        )
    words = {"unit": sheet.unit, "day": day(period.answer_by_on)}
    return NextStep(kind="wait", sentence=_("等待%(unit)s确认或陈述，到 %(day)s") % words)


def _to_confirm(sheet: Sheet, *, today: date) -> NextStep:
    last = sheet.period.answer_by_on
    is_late = last is not None and today > last
    confirm = Button(
        label=_("确认结果"),
        url=reverse("appraisal:confirm", args=[sheet.pk]),
        go=True,
        post=True,
        confirm=_("确认本期考评结果？"),
    )
    state = Button(label=_("陈述"), url=reverse("appraisal:state", args=[sheet.pk]), inline=True)
    return NextStep(
        kind="late" if is_late else "mine",
        sentence=_("等待您确认结果，可在 %(day)s前陈述") % {"day": day(last)},
        reason=_("认为有问题不该扣分，请写明理由；采纳的会从考评表中除去，留下记录。"),
        primary=confirm,
        secondary=None if is_late else state,
    )


def waiting_periods(scope: Scope) -> Q:
    """Periods that this person chairs."""
    found = Q(pk__in=())
    for held in scope.held:
        if held.role == Role.CENTRE_HEAD:
            found |= Q(area__centre__path__startswith=held.path)
    return found
