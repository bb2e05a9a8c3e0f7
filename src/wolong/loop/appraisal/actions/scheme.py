"""A scheme gets its next version; what a period was opened with never changes."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.appraisal import access, queries
from wolong.loop.appraisal.models import Scheme
from wolong.loop.appraisal.rules.scheme import CATERING, PROPERTY, Table, as_json, faults_of

DEFAULTS = (("物业服务考评办法", PROPERTY), ("餐饮服务考评办法", CATERING))


@transaction.atomic
def make_scheme(*, area: OfficeArea, name: str, table: Table, by: Person, at: datetime) -> Scheme:
    """The next version of a scheme, for the periods that are opened from now on.

    The chair makes it. Refuses weights that do not sum to 100, bands with a hole or an overlap, a service in two schemes,
    and a version that changes nothing.
    """
    if not access.is_chair(scope_of(by, on=timezone.localtime(at).date()), area):
        raise Refused(_("考评办法由服务中心负责人制定。"))
    name = name.strip()
    if not name:
        raise Refused(_("请写明考评办法的名称。"))
    if wrong := next(faults_of(table), None):
        raise Refused(wrong)
    mine = {line for chapter in table.chapters for line in chapter.lines}
    for other in queries.current_schemes(area):
        taken = sorted(mine & {line for chapter in other.content.chapters for line in chapter.lines})
        if other.name != name and taken:
            raise Refused(_("“%(line)s”已归入%(other)s。") % {"line": taken[0], "other": other.name})
        if other.name == name and other.table == as_json(table):
            raise Refused(_("内容没有改动。"))
    return keep_scheme(area=area, name=name, table=table, by=by, at=at)


def keep_scheme(*, area: OfficeArea, name: str, table: Table, by: Person | None, at: datetime) -> Scheme:
    """The next version as a row; two who make one at the same moment: the second is told."""
    last = Scheme.objects.filter(area=area, name=name).order_by("-version").first()
    version = last.version + 1 if last else 1
    try:
        with transaction.atomic():
            scheme = Scheme.objects.create(
                area=area, name=name, version=version, table=as_json(table), made_by=by, made_at=at
            )
    except IntegrityError as error:
        raise Refused(_("另一个人刚刚改过这份考评办法，请看过再改。")) from error
    sentence = _("制定%(scheme)s") % {"scheme": scheme}
    write_entry(verb="make_scheme", sentence=sentence, subject=scheme, by=by, at=at, payload=scheme.table)
    return scheme


def schemes_in_use(*, area: OfficeArea, by: Person | None, at: datetime) -> list[Scheme]:
    """The area's schemes; one that never made any starts with the usual ones."""
    known = queries.current_schemes(area)
    if known:
        return known
    return [keep_scheme(area=area, name=name, table=table, by=by, at=at) for name, table in DEFAULTS]
