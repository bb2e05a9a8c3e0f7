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
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Adoption
from wolong.loop.plans.models import Plan
from wolong.norms.standards.access import may_approve, may_draft
from wolong.norms.standards.models import Edition
from wolong.norms.standards.states import EditionState


@dataclass(frozen=True, slots=True)
class Link:
    """A way to do the step; with `post` it is a verb."""

    label: str
    url: str
    icon: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how far it is, who does it, and how."""

    title: str
    why: str
    count: int
    unit: str
    links: list[Link] = field(default_factory=list)
    whose: str = ""

    @property
    def is_done(self) -> bool:
        return self.count > 0


def may_open(scope: Scope) -> bool:
    """Whoever has a step of their own to do."""
    return may_administer(scope) or may_keep_somewhere(scope) or may_draft(scope) or may_approve(scope)


def steps_for(request: HttpRequest) -> list[Step]:
    """All steps in their order, with the links that this person may follow."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return [*_people_steps(scope), *_estate_steps(scope), *_standard_steps(scope)]


def _sheet(kind: str, label: str) -> Link:
    return Link(label, reverse("start-sheet", args=[kind]), "file-import")


def _people_steps(scope: Scope) -> list[Step]:
    is_mine = may_administer(scope)
    whose = "" if is_mine else _("由系统管理员做")
    units = [_sheet("units", _("用表格导入")), Link(_("逐个添加"), reverse("people:add_organization"), "plus")]
    people = [_sheet("people", _("用表格导入")), Link(_("逐个添加"), reverse("people:add_person"), "plus")]
    return [
        Step(
            _("单位"), _("本局、服务中心、科室和服务公司；谁看得到什么按单位来。"),
            max(Organization.objects.count() - 1, 0), _("个"), units if is_mine else [], whose,
        ),
        Step(
            _("人员和角色"), _("每人一个账号和一次性密码；至少要有标准管理员、中心负责人、科室主管和巡查员。"),
            Person.objects.filter(grants__isnull=False).exclude(grants__role=Role.ADMINISTRATOR).distinct().count(), _("人"),
            people if is_mine else [], whose,
        ),
    ]  # fmt: skip


def _estate_steps(scope: Scope) -> list[Step]:
    whose = "" if may_keep_somewhere(scope) else _("由管办公区的中心做")
    upload = reverse("places:upload")
    area = [Link(_("添加办公区"), reverse("places:add_area"), "plus")]
    places = [Link(_("用表格导入"), f"{upload}?kind=places", "file-import")]
    equipment = [Link(_("用表格导入"), f"{upload}?kind=equipment", "file-import")]
    lines = [_sheet("lines", _("用表格导入")), Link(_("逐个登记"), reverse("contracts:list"), "plus")]
    return [
        Step(
            _("办公区"), _("由哪个中心管；以后的场所、合同和计划都在它下面。"), OfficeArea.objects.count(), _("个"),
            area if may_add_area(scope) else [], "" if may_add_area(scope) else _("由系统管理员做"),
        ),
        Step(
            _("场所"), _("楼、层、房间；标准里的“场所/卫生间”从这里选。"),
            Place.objects.filter(parent__isnull=False).count(), _("处"), [] if whose else places, whose,
        ),
        Step(
            _("设备"), _("电梯、配电柜、灭火器……；标准里的“设备/电梯”从这里选。"),
            Equipment.objects.count(), _("台"), [] if whose else equipment, whose,
        ),
        Step(
            _("合同与服务线"), _("哪项服务由谁做、由哪个科室管；没有的，职责会显示“没人做”。"),
            ServiceLine.objects.count(), _("条"), [] if whose else lines, whose,
        ),
    ]  # fmt: skip


def _standard_steps(scope: Scope) -> list[Step]:
    drafts = waiting_for(scope).count()
    texts = []
    if may_draft(scope):
        texts = [
            Link(_("起草随附的标准"), reverse("start-draft"), "books", post=True),
            Link(_("写自己的标准"), reverse("standards:draft"), "plus"),
        ]
    approve = []
    if drafts and may_approve(scope):
        approve = [Link(_("审定并实施 %(n)d 项") % {"n": drafts}, reverse("start-approve"), "checks", post=True)]
    return [
        Step(
            _("标准"), _("随附的标准可以直接用，也可以写自己的；起草后由另一个人审定。"), Edition.objects.count(), _("份"),
            texts, "" if texts else _("由标准管理员做"),
        ),
        Step(
            _("审定"), _("审定的人不能是起草的人。"), Edition.objects.exclude(state=EditionState.DRAFT).count(), _("份"),
            approve, "" if approve else _("由起草人以外的标准管理员或负责人做"),
        ),
        Step(
            _("采用"), _("办公区采用哪些标准；采用后就有了职责。"), Adoption.objects.count(), _("次"),
            [Link(_("办公区的标准清单"), reverse("duties:profile"), "list-check")],
        ),
        Step(
            _("第一个月计划"), _("每月自动编排巡查，也可以现在就编。"), Plan.objects.count(), _("份"),
            [Link(_("计划"), reverse("plans:list"), "calendar")],
        ),
    ]  # fmt: skip


def waiting_for(scope: Scope) -> Any:
    """The drafts that this person may approve: another's, and the newest of their standard."""
    newer = Edition.objects.filter(
        ~Q(pk=OuterRef("pk")), standard=OuterRef("standard"), effective_on__gt=OuterRef("effective_on")
    )
    drafts = Edition.objects.filter(state=EditionState.DRAFT).exclude(drafted_by=scope.person)
    return drafts.filter(~Exists(newer)).order_by("effective_on", "pk")
