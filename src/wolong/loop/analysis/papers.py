"""半年分析报告 as an official paper: what came of the last one, figures in sentences, charts and tables, why, what is done."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import paper_day
from wolong.ground.papers.official import Block, Cell, Chart, Heading, Paper, Signature, Table, Text
from wolong.loop.analysis.models import Problem, Report
from wolong.loop.analysis.rules.halves import percent
from wolong.loop.analysis.states import ReportState

LONGEST_NAME = 16
SHOWN = 8
Json = dict[str, Any]


def report_paper(report: Report, context: Json, problems: Sequence[Problem], *, printed_by: str) -> Paper:
    """The blocks of a report, for PDF and Word alike."""
    is_draft = report.state == ReportState.DRAFT
    day = report.issued_at or report.computed_at
    blocks = [
        *_came(report, context),
        *_overview(report, context, is_draft=is_draft),
        *_where(report.figures),
        *_when(report.figures),
        *_unseen(report.figures),
        *_hours(report.figures),
        *_why(report, problems),
        *_comments(report, context),
    ]
    return Paper(
        title=_("%(area)s %(half)s\n标准执行情况分析报告") % {"area": report.area.name, "half": report},
        number=f"WLS-FX {report.first_on:%Y}-{report.pk}",
        unit=report.area.centre.name,
        day=f"{paper_day(day)}" + (_("（征求意见稿）") if is_draft else ""),
        printed=f"{timezone.localtime():%Y-%m-%d %H:%M} {printed_by}",
        secret=_("内部资料"),
        blocks=blocks,
        signatures=(Signature(_("编写")), Signature(_("审核")), Signature(_("印发"), is_seal=True)),
    )


def _number(value: Any) -> Cell:
    return Cell("—" if value is None else f"{value}", is_number=True)


def _came(report: Report, context: Json) -> Iterator[Block]:
    """First of all: what was promised half a year ago, and whether it worked."""
    yield Heading(_("上个半年的措施落实情况"))
    earlier = context["earlier"]
    if earlier is None:
        yield Text(_("上个半年没有印发过分析报告，本报告提出的措施，下一份报告从它们写起。"))
        return
    if not context["came"]:
        yield Text(_("%(half)s的报告没有提出措施。") % {"half": earlier})
        return
    yield Text(_("%(half)s的报告提出 %(n)d 项措施，落实情况如下。") % {"half": earlier, "n": len(context["came"])})
    yield _acts(report, context["came"], last=_("措施与结果"))


def _overview(report: Report, context: Json, *, is_draft: bool) -> Iterator[Block]:
    yield Heading(_("总体情况"))
    if is_draft:
        computed = timezone.localtime(report.computed_at)
        yield Text(_("本稿数字算于 %(at)s，印发时重算一次，之后不再变动。") % {"at": f"{computed:%Y-%m-%d %H:%M}"})
    yield Text("".join(str(one) for one in context["sentences"]))
    now, before = report.figures["totals"], report.figures["before"]["totals"]
    rows = (
        (_("检查项次"), "checks"), (_("发现问题（个）"), "findings"), (_("其中 A 级（个）"), "grave"),
        (_("90 天内重复（个）"), "repeats"), (_("已闭环（个）"), "closed"),
        (_("从发现到闭环，中位数（天）"), "median_days"), (_("逾期未改（张）"), "overdue"),
    )  # fmt: skip
    yield Table(
        (_("指标"), _("本半年"), _("上一个半年")),
        [(Cell(label), _number(now.get(key)), _number(before.get(key))) for label, key in rows],
        (5, 2, 2),
    )


def _where(figures: Json) -> Iterator[Block]:
    yield Heading(_("问题在哪里"))
    total = figures["totals"]["findings"]
    if not total:
        yield Text(_("这半年没有发现问题。没有检查的，不能看作没有问题。"))
        return
    yield Heading(_("按条款"), 2)
    rows = figures["by_clause"][:SHOWN]
    yield Chart(_("哪些条款最常不合格？"), [(row["label"], row["count"]) for row in rows])
    yield Table(
        (_("条款"), _("要求"), _("次数"), _("A 级"), _("重复")),
        [
            (Cell(row["label"]), Cell(row["sentence"], is_to_verify=row.get("to_verify", False)),
             _number(row["count"]), _number(row["grave"]), _number(row["repeats"]))
            for row in rows
        ],
        (3.2, 7, 1.3, 1.3, 1.3),
    )  # fmt: skip
    more = len(figures["by_clause"]) - len(rows)
    if more > 0:
        yield Text(_("另有 %(n)d 条条款有问题，见系统中的清单。") % {"n": more}, is_quiet=True)
    for title, question, key, name in (
        (_("按服务"), _("哪项服务问题多？"), "by_line", _("服务")),
        (_("按系统"), _("哪个系统的设备问题多？"), "by_system", _("系统")),
        (_("按责任单位"), _("哪家单位问题多？"), "by_company", _("单位")),
        (_("按场所"), _("哪里问题多？"), "by_place", _("场所")),
    ):
        if figures.get(key):
            yield Heading(title, 2)
            yield from _counted(question, figures[key], name, total)


def _counted(question: str, rows: Sequence[Json], name: str, total: int) -> Iterator[Block]:
    yield Chart(question, [(_cut(row["name"]), row["count"]) for row in rows])
    yield Table(
        (name, _("问题（个）"), _("占全部问题（%）")),
        [(Cell(row["name"]), _number(row["count"]), _number(percent(row["count"], total))) for row in rows],
        (6, 2, 2.4),
    )


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _when(figures: Json) -> Iterator[Block]:
    yield Heading(_("趋势与整改用时"))
    months = [(_month(row["month"]), row["count"]) for row in figures["by_month"]]
    if months:
        yield Heading(_("每月发现的问题"), 2)
        if len(months) > 1:
            yield Chart(_("每月多少问题？"), months, shape="line")
        yield Table((_("月份"), _("问题（个）")), [(Cell(month), _number(count)) for month, count in months], (2, 1))
    closed = figures["totals"]["closed"]
    yield Heading(_("整改用时"), 2)
    spans = figures.get("by_days", [])
    if not closed or not spans:
        yield Text(_("这半年的问题还没有闭环的。"))
    else:
        yield Chart(_("问题多少天闭环？"), [(row["name"], row["count"]) for row in spans])
        yield Table(
            (_("从发现到闭环"), _("问题（个）"), _("占已闭环（%）")),
            [(Cell(row["name"]), _number(row["count"]), _number(percent(row["count"], closed))) for row in spans],
            (4, 2, 2.4),
        )
    words = {"repeats": figures["totals"]["repeats"], "overdue": figures["totals"]["overdue"]}
    yield Text(_("重复发生 %(repeats)d 个（90 天内同一条款、同一对象），逾期未改的整改通知单 %(overdue)d 张。") % words)


def _month(month: str) -> str:
    return _("%(n)d 月") % {"n": int(month[5:])}


def _unseen(figures: Json) -> Iterator[Block]:
    """What the figures above cannot know."""
    gap, left = figures["gap"], figures.get("omitted", {})
    yield Heading(_("没有看到的"))
    if gap["percent"] is None:
        yield Text(_("这个办公区还没有采用标准，无从计算监督缺口。"))
        return
    yield Text(
        _("监督缺口指数 %(percent)s %%：%(required)d 条“应”中 %(open)d 条没有按期由他人逐项检查；"
          "其中只有概查的 %(overall)d 条，只有自查的 %(own)d 条。概查和自查不算数。")
        % {"percent": gap["percent"], "required": gap["required"], "open": gap["open"],
           "overall": gap.get("only_overall", 0), "own": gap.get("only_self", 0)}
    )  # fmt: skip
    rows = gap.get("rows", [])
    if rows:
        words = {"n": gap["unseen"], "shown": len(rows)}
        yield Text(_("有人做、有人负责查却没有查到的 %(n)d 条，最重的 %(shown)d 条是：") % words)
        yield Table(
            (_("条款"), _("等级"), _("要求"), _("应查"), _("查了")),
            [
                (Cell(row["label"]), Cell(row["severity"]), Cell(row["sentence"], is_to_verify=row["to_verify"]),
                 _number(row["needed"]), _number(row["itemised"]))
                for row in rows
            ],
            (3.2, 1.2, 7, 1.3, 1.3),
        )  # fmt: skip
    if left.get("checks"):
        yield Text(_("各月计划在工时之内排不下 %(checks)d 项次，还要 %(hours)s 小时。") % left)


def _hours(figures: Json) -> Iterator[Block]:
    rows = figures.get("hours_by_line", [])
    yield Heading(_("检查花了多少工时"))
    if not rows:
        yield Text(_("这半年没有巡查工时。"))
        return
    yield Chart(_("工时花在哪里？（小时）"), [(row["name"], row["hours"]) for row in rows])
    yield Table(
        (_("服务"), _("小时"), _("检查项次"), _("问题"), _("每个问题用时（小时）")),
        [
            (Cell(row["name"]), _number(row["hours"]), _number(row["checks"]), _number(row["findings"]),
             _number(round(row["hours"] / row["findings"], 1) if row["findings"] else None))
            for row in rows
        ],
        (4, 2, 2, 2, 3),
    )  # fmt: skip


def _why(report: Report, problems: Sequence[Problem]) -> Iterator[Block]:
    yield Heading(_("为什么，怎么办"))
    if not problems:
        yield Text(_("没有要逐条问的突出问题。"))
        return
    yield Text(_("三次以上、A 级或重复的条款逐条问了为什么；每个答案对应一项措施。常不合格不等于条款应当放宽。"))
    yield _acts(report, problems, last=_("怎么办"))


def _acts(report: Report, problems: Sequence[Problem], *, last: str) -> Table:
    known = {(row["standard"], row["number"]): row.get("to_verify", False) for row in report.figures["by_clause"]}
    return Table(
        (_("条款与要求"), _("次数"), _("为什么"), last),
        [
            (Cell(f"{one.label} {one.sentence}", is_to_verify=known.get((one.standard_id, one.clause_number), False)),
             _number(one.failures), Cell(_reason(one)), Cell(_act(one)))
            for one in problems
        ],
        (4.6, 1.1, 4, 4),
    )  # fmt: skip


def _reason(problem: Problem) -> str:
    return f"{problem.get_why_display()}：{problem.remark}" if problem.why else _("还没有回答")


def _act(problem: Problem) -> str:
    """The act that an answer opened, and how far it has come."""
    order, proposal = problem.order, problem.proposal
    if order is not None:
        words = _("%(number)s：%(demand)s责任单位 %(owner)s，期限 %(due)s，%(state)s。") % {
            "number": order.number, "demand": _stopped(order.demand), "owner": order.owner,
            "due": f"{order.due_on:%Y-%m-%d}", "state": order.get_state_display(),
        }  # fmt: skip
        return words + (_("验证：%(verdict)s") % {"verdict": order.verdict} if order.verdict else "")
    if proposal is not None:
        return _("修订提案，%(state)s。") % {"state": proposal.get_state_display()}
    return _("还没有")


def _stopped(words: str) -> str:
    return words if words.endswith(("。", "！", "？")) else f"{words}。"


def _comments(report: Report, context: Json) -> Iterator[Block]:
    yield Heading(_("评语"))
    yield Text(report.comment or _("（未写）"))
    if report.comment and context["commented"]:
        yield Text(context["commented"], is_quiet=True)
    yield Text(
        _("数字由系统从检查记录算出，每个数字在系统中都能打开它的清单；标“待核”的限值尚未与出处核对。"), is_quiet=True
    )
