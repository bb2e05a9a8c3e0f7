"""What is done and what comes next on the first afternoon; nothing is remembered, everything is read from the facts."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.access import may_add_area, may_keep_somewhere
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.access import Scope, may_administer
from wolong.ground.people.models import Grant, Organization, Person
from wolong.ground.people.states import OrganizationKind, Role
from wolong.loop.duties.models import Adoption
from wolong.loop.fieldwork.models import Visit
from wolong.loop.plans.models import Plan
from wolong.norms.standards.access import may_approve, may_draft
from wolong.norms.standards.models import Edition, ScoringSheet
from wolong.norms.standards.states import EditionState, SheetState


@dataclass(frozen=True, slots=True)
class Link:
    """A way to do the step; with `post` it is a verb."""

    label: str
    url: str
    icon: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how far it is, who does it and how; `files` are a template and an example, `waits` is what must come first."""

    title: str
    why: str
    count: int
    unit: str
    links: list[Link] = field(default_factory=list)
    whose: str = ""
    files: list[Link] = field(default_factory=list)
    waits: str = ""

    @property
    def is_done(self) -> bool:
        return self.count > 0

    @property
    def ways(self) -> list[Link]:
        """The links that lead somewhere: none while the step still waits for an earlier one."""
        return [] if self.waits and not self.is_done else self.links


def may_open(scope: Scope) -> bool:
    """Whoever has a step of their own to do."""
    return may_administer(scope) or may_keep_somewhere(scope) or may_draft(scope) or may_approve(scope)


def steps_for(request: HttpRequest) -> list[Step]:
    """All steps in their order, with the links that this person may follow."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    area = OfficeArea.objects.visible_to(scope).order_by("pk").first()
    return [*_people_steps(scope), *_estate_steps(scope, area), *_standard_steps(scope)]


def _sheet(kind: str, label: str) -> Link:
    return Link(label, reverse("start-sheet", args=[kind]), "file-import")


def _example(kind: str) -> Link:
    return Link(_("示例"), reverse("start-example", args=[kind]), "file-spreadsheet")


def _files(kind: str) -> list[Link]:
    return [Link(_("模板"), reverse("start-template", args=[kind]), "file-download"), _example(kind)]


def _estate_files(kind: str, area: OfficeArea | None) -> list[Link]:
    if area is None:
        return []
    template = f"{reverse('places:template', args=[kind])}?area={area.pk}"
    return [Link(_("模板"), template, "file-download"), _example(kind)]


def _people_steps(scope: Scope) -> list[Step]:
    is_mine = may_administer(scope)
    whose = "" if is_mine else _("由系统管理员做")
    units = [_sheet("units", _("用表格导入")), Link(_("逐个添加"), reverse("people:add_organization"), "plus")]
    people = [_sheet("people", _("用表格导入")), Link(_("逐个添加"), reverse("people:add_person"), "plus")]
    count = max(Organization.objects.count() - 1, 0)
    return [
        Step(
            _("单位"), _("本局、服务中心、科室和服务公司(供应商)；谁看得到什么按单位来。公司也在这里建，性质选“供应商”。"),
            count, _("个"), units if is_mine else [], whose, files=_files("units") if is_mine else [],
        ),
        Step(
            _("人员和角色"),
            _("每人一个账号和一次性密码，本人登录后改掉。至少要有标准管理员、中心负责人、科室主管和巡查员；"
              "角色写在巡查员、主管所在的科室，中心负责人写在中心。"),
            Person.objects.filter(grants__isnull=False).exclude(grants__role=Role.ADMINISTRATOR).distinct().count(), _("人"),
            people if is_mine else [], whose, files=_files("people") if is_mine else [],
            waits="" if count else _("人员要写明单位，先做“单位”。"),
        ),
    ]  # fmt: skip


def _estate_steps(scope: Scope, area: OfficeArea | None) -> list[Step]:
    keeps = may_keep_somewhere(scope)
    whose = "" if keeps else _("由管办公区的中心做(中心负责人或科室主管)")
    upload = reverse("places:upload")
    links = {
        "places": [Link(_("用表格导入"), f"{upload}?kind=places", "file-import")],
        "equipment": [Link(_("用表格导入"), f"{upload}?kind=equipment", "file-import")],
        "lines": [_sheet("lines", _("用表格导入")), Link(_("逐个登记"), reverse("contracts:list"), "plus")],
    }
    no_area = "" if area else _("先添加办公区：场所、设备和合同都在它下面。")
    rooms = Place.objects.filter(parent__isnull=False).count()
    suppliers = Organization.objects.filter(kind=OrganizationKind.SUPPLIER).exists()
    no_company = "" if suppliers else _("还没有服务公司：先在“单位”里建，性质选“供应商”。")
    return [
        Step(
            _("办公区"), _("一个集中办公区，由哪个中心管；代号如 ABC，以后不改。"), OfficeArea.objects.count(), _("个"),
            [Link(_("添加办公区"), reverse("places:add_area"), "plus")] if may_add_area(scope) else [],
            "" if may_add_area(scope) else _("由系统管理员做"),
        ),
        Step(
            _("场所"), _("楼、层、房间；标准里说“查卫生间”，就是这里类型为卫生间的房间。"), rooms, _("处"),
            links["places"] if keeps else [], whose, files=_estate_files("places", area) if keeps else [], waits=no_area,
        ),
        Step(
            _("设备"), _("电梯、配电柜、灭火器……；标准里说“查电梯”，就是这里系统为电梯的设备。没有也可以先往下做。"),
            Equipment.objects.count(), _("台"), links["equipment"] if keeps else [], whose,
            files=_estate_files("equipment", area) if keeps else [],
            waits=no_area or ("" if rooms else _("设备要写明位置，先做“场所”。")),
        ),
        Step(
            _("合同与服务线"), _("一条服务线是一项服务(保洁、安保、电梯……)：谁承担、哪个科室主管。没有的，职责会显示“没人做”。"),
            ServiceLine.objects.count(), _("条"), links["lines"] if keeps else [], whose,
            files=_files("lines") if keeps else [], waits=no_area or no_company,
        ),
    ]  # fmt: skip


def _standard_steps(scope: Scope) -> list[Step]:
    texts: list[Link] = []
    files: list[Link] = []
    if may_draft(scope):
        texts = [
            Link(_("起草随附的标准"), reverse("start-draft"), "books", post=True),
            Link(_("从考核表来"), reverse("standards:bring_sheet"), "file-import"),
            Link(_("传自己的(几份 .md)"), reverse("standards:draft_many"), "files"),
        ]
        files = [
            Link(_("考核表示例"), reverse("start-example", args=["sheet"]), "file-spreadsheet"),
            Link(_("标准文本的模板"), reverse("start-example", args=["text"]), "file-download"),
            Link(_("几份标准的示例"), reverse("start-example", args=["texts"]), "file-zip"),
        ]
    sheets = ScoringSheet.objects.filter(state__in=[SheetState.CHOOSING, SheetState.OPEN]).count()
    if texts and sheets:
        texts.append(Link(_("接着整理 %(n)d 张考核表") % {"n": sheets}, reverse("standards:sheets"), "progress"))
    ruling = Edition.objects.exclude(state=EditionState.DRAFT).count()
    return [
        Step(
            _("标准"),
            _("三条路，可以并用：用随附的标准；把现在用的考核表(xlsx)变成条款；传自己写好的文本。都先成为草案，由另一个人审定。"),
            Edition.objects.count(), _("份"), texts,
            "" if texts else _("由标准管理员、中心负责人或科室主管做"), files=files,
        ),
        _approval_step(scope, ruling),
        *_loop_steps(scope, ruling),
    ]  # fmt: skip


def _approval_step(scope: Scope, ruling: int) -> Step:
    mine = waiting_for(scope).count()
    waiting = Edition.objects.filter(state=EditionState.DRAFT)
    own = waiting.filter(drafted_by=scope.person).count()
    links, whose, waits = [], "", ""
    if mine and may_approve(scope):
        links = [Link(_("审定并实施 %(n)d 项") % {"n": mine}, reverse("start-approve"), "checks", post=True)]
    elif own:
        waits = _(
            "%(n)d 份草案是您起草的，起草的人不能审定：请另一位标准管理员、中心负责人或局领导登录后打开这一页。"
        ) % {"n": own}
    elif not waiting.exists() and not ruling:
        waits = _("还没有草案，先做“标准”。")
    else:
        whose = _("由起草人以外的标准管理员、中心负责人或局领导做")
    return Step(
        _("审定"), _("审定的人不能是起草的人；审定后到实施那天起有效。"), ruling, _("份"), links, whose, waits=waits
    )


def _adopting(keeps: bool) -> list[Link]:
    whole = [Link(_("全部采用"), reverse("duties:adopt-all"), "checks")] if keeps else []
    return [*whole, Link(_("办公区的标准清单"), reverse("duties:profile"), "list-check")]


def _planning(keeps: bool) -> list[Link]:
    now = [Link(_("现在就编"), reverse("plans:compile"), "calendar-plus")] if keeps else []
    return [*now, Link(_("计划"), reverse("plans:list"), "calendar")]


def _loop_steps(scope: Scope, ruling: int) -> list[Step]:
    adopted = Adoption.objects.count()
    plans = Plan.objects.count()
    keeps = may_keep_somewhere(scope)
    inspectors = Grant.objects.filter(role=Role.INSPECTOR).exists()
    in_force = Edition.objects.filter(state=EditionState.IN_FORCE).exists()
    no_standard = (
        "" if in_force else (_("标准已审定，还没到实施那天。") if ruling else _("还没有现行的标准，先做“审定”。"))
    )
    return [
        Step(
            _("采用"), _("办公区采用哪些标准；采用后，每条“应”在每个场所、设备上就有了职责：谁做、谁查。"), adopted, _("次"),
            _adopting(keeps),
            "" if keeps else _("由管办公区的中心做"), waits=no_standard,
        ),
        Step(
            _("第一个月计划"), _("系统按职责和巡查员的工时编出这个月的巡查；每月自动编，也可以现在就编。"), plans, _("份"),
            _planning(keeps), "" if keeps else _("由管办公区的中心做"),
            waits=(_("还没有采用标准，没有要查的。") if not adopted else "" if inspectors else _("还没有巡查员：先在“人员和角色”里给一个人“巡查员”。")),
        ),
        Step(
            _("第一次巡查"), _("巡查员在手机上打开本站，登录后点“今天的巡查”，到场开始。"), Visit.objects.count(), _("次"),
            [Link(_("今天的巡查"), reverse("fieldwork:today"), "walk")] if scope.has(Role.INSPECTOR) else [],
            "" if scope.has(Role.INSPECTOR) else _("由巡查员做"), waits="" if plans else _("还没有编出计划。"),
        ),
    ]  # fmt: skip


def waiting_for(scope: Scope) -> Any:
    """The drafts that this person may approve: another's, and the newest of their standard."""
    newer = Edition.objects.filter(
        ~Q(pk=OuterRef("pk")), standard=OuterRef("standard"), effective_on__gt=OuterRef("effective_on")
    )
    drafts = Edition.objects.filter(state=EditionState.DRAFT).exclude(drafted_by=scope.person)
    return drafts.filter(~Exists(newer)).order_by("effective_on", "pk")
