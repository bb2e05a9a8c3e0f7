"""The kinds of unit and the few roles, named after real ones."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    ADMINISTRATIVE = "administrative", _("行政机构")
    INSTITUTION = "institution", _("事业单位")
    QUASI = "quasi", _("参公单位")
    SUPPLIER = "supplier", _("供应商")
    TENANT = "tenant", _("使用单位")


class Role(TextChoices):
    LEADER = "leader", _("局领导")
    STANDARDS = "standards", _("标准管理员")
    CENTRE_HEAD = "centre_head", _("中心负责人")
    SECTION_HEAD = "section_head", _("科室主管")
    INSPECTOR = "inspector", _("巡查员")
    ASSESSOR = "assessor", _("考评员")
    SUPPLIER_MANAGER = "supplier_manager", _("供应商经理")
    SUPPLIER_CREW = "supplier_crew", _("供应商作业员")
    TENANT_LIAISON = "tenant_liaison", _("使用单位联络员")
    STAFF = "staff", _("普通职工")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class TokenScope(TextChoices):
    """What a token of the API may do at most; never more than its owner."""

    READ = "read", _("读取：标准、提案、场所、设备、职责、偏离、巡查、问题、整改、公示")
    READ_SCORES = "read_scores", _("读取：考评得分、分析报告")
    LOG_FINDINGS = "log_findings", _("登记问题")
    ISSUE_ORDERS = "issue_orders", _("下发整改通知单")
    ANSWER_ORDERS = "answer_orders", _("签收、答复整改通知单")


SUPPLIER_ROLES = frozenset({Role.SUPPLIER_MANAGER, Role.SUPPLIER_CREW})
# Who of the bureau sees everything within the unit of the grant; the others see what concerns them.
OVERSIGHT_ROLES = frozenset(
    {
        Role.LEADER,
        Role.STANDARDS,
        Role.CENTRE_HEAD,
        Role.SECTION_HEAD,
        Role.INSPECTOR,
        Role.ASSESSOR,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
