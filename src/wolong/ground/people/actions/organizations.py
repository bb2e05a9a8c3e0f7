"""Units: added where they belong in the tree, renamed, never moved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind
from wolong.ground.questions.pinyin import pinyin_key


@transaction.atomic
def add_organization(
    *,
    name: str,
    kind: str,
    by: Person | None,
    at: datetime,
    short_name: str = "",
    parent: Organization | None = None,
) -> Organization:
    """Add a unit below its parent, or as a root.

    By an administrator. Refuses an empty name, an unknown kind, a second unit of one name under one parent, and a
    company inside the bureau or a bureau's unit inside a company: rights follow the tree.
    """
    require_administrator(by, at)
    name = _checked_name(name, parent)
    if kind not in OrganizationKind.values:
        raise Refused(_("没有“%(kind)s”这种单位性质。") % {"kind": kind})
    if parent is not None and (kind == OrganizationKind.SUPPLIER) != parent.is_supplier:
        raise Refused(_("供应商和本局单位不能互为上下级。"))
    organization = Organization.objects.create(
        name=name, short_name=short_name.strip() or name, kind=kind, parent=parent, pinyin_key=pinyin_key(name)
    )
    organization.path = f"{parent.path if parent is not None else '/'}{organization.pk}/"
    organization.save(update_fields=["path"])
    write_entry(
        verb="add_organization",
        sentence=_("添加单位 %(name)s") % {"name": name},
        subject=organization,
        by=by,
        at=at,
        payload={"name": name, "kind": str(kind), "parent": parent.pk if parent else None},
    )
    return organization


@transaction.atomic
def change_organization(
    *, organization: Organization, name: str, short_name: str, by: Person | None, at: datetime
) -> Organization:
    """Rename a unit; what was written under the old name keeps it.

    By an administrator. Refuses an empty name and one that a sister unit has.
    """
    require_administrator(by, at)
    name = _checked_name(name, organization.parent, but=organization)
    before = organization.name
    organization.name, organization.short_name = name, short_name.strip() or name
    organization.pinyin_key = pinyin_key(name)
    organization.save(update_fields=["name", "short_name", "pinyin_key"])
    write_entry(
        verb="change_organization",
        sentence=_("单位 %(before)s 改名为 %(name)s") % {"before": before, "name": name},
        subject=organization,
        by=by,
        at=at,
        payload={"before": before, "name": name, "short_name": organization.short_name},
    )
    return organization


def _checked_name(name: str, parent: Organization | None, but: Organization | None = None) -> str:
    name = name.strip()
    if not name:
        raise Refused(_("单位名称不能为空。"))
    twins = Organization.objects.filter(name=name, parent=parent)
    if but is not None:
        twins = twins.exclude(pk=but.pk)
    if twins.exists():
        raise Refused(_("同一上级下已有单位“%(name)s”。") % {"name": name})
    return name
