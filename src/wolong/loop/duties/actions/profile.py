"""The profile of an area: which standards it adopts, which clauses it excludes and why, what it sets itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.loop.duties.actions.derive import derive
from wolong.loop.duties.models import Adoption, Exclusion, Parameter
from wolong.loop.duties.queries.demands import WHOLE_STANDARD, read_sample
from wolong.norms.standards.models import Clause, Edition, Standard
from wolong.norms.standards.queries import check_cycle


@transaction.atomic
def adopt_standard(*, area: OfficeArea, standard: Standard, by: Person, at: datetime) -> Adoption:
    """An area adopts a standard in whatever edition rules on the day; its duties are derived at once.

    Refuses a standard that is adopted already, and one of which no edition rules today.
    """
    return _adopt(area, [standard], by, at)[0]


@transaction.atomic
def adopt_all(*, area: OfficeArea, by: Person, at: datetime) -> list[Adoption]:
    """An area adopts every standard that rules today and is not adopted yet; its duties are derived once."""
    today = timezone.localdate(at)
    ruling = Standard.objects.filter(editions__valid__contains=today).exclude(adoptions__area=area)
    return _adopt(area, ruling.order_by("code"), by, at)


def _adopt(area: OfficeArea, standards: Iterable[Standard], by: Person, at: datetime) -> list[Adoption]:
    _lock(area)
    today = timezone.localdate(at)
    adopted = []
    for standard in standards:
        if Adoption.objects.filter(area=area, standard=standard).exists():
            raise Refused(_("%(area)s已经采用《%(title)s》。") % {"area": area, "title": standard.title})
        if not Edition.objects.in_force_on(today).filter(standard=standard).exists():
            raise Refused(_("《%(title)s》今天没有现行版本，不能采用。") % {"title": standard.title})
        adopted.append(Adoption.objects.create(area=area, standard=standard, adopted_by=by, adopted_at=at))
        sentence = _("采用 %(code)s《%(title)s》") % {"code": standard.code, "title": standard.title}
        write_entry(verb="adopt_standard", sentence=sentence, subject=area, by=by, at=at)
    if adopted:
        derive(area=area, by=by, at=at, on=today)
    return adopted


@transaction.atomic
def drop_standard(*, area: OfficeArea, standard: Standard, reason: str, by: Person, at: datetime) -> None:
    """An area no longer adopts a standard, for a reason; its duties end, with its exclusions and parameters.

    Refuses without a reason, and a standard that is not adopted.
    """
    _lock(area)
    adoption = _adoption(area, standard)
    _need(reason, _("不再采用要写理由。"))
    adoption.delete()
    sentence = _("不再采用 %(code)s《%(title)s》：%(reason)s") % {
        "code": standard.code,
        "title": standard.title,
        "reason": reason,
    }
    write_entry(verb="drop_standard", sentence=sentence, subject=area, by=by, at=at)
    derive(area=area, by=by, at=at, on=timezone.localdate(at))


@transaction.atomic
def exclude_clause(
    *, area: OfficeArea, standard: Standard, clause_number: str, reason: str, by: Person, at: datetime
) -> Exclusion:
    """A clause, with all under it, does not apply in an area, for a reason that stays visible.

    Refuses without a reason, a clause that the ruling edition does not have, and one that is excluded already.
    """
    _lock(area)
    adoption = _adoption(area, standard)
    _need(reason, _("排除条款要写理由。"))
    _known_clause(standard, clause_number, at)
    if adoption.exclusions.filter(clause_number=clause_number).exists():
        raise Refused(_("第 %(number)s 条已经排除了。") % {"number": clause_number})
    exclusion = Exclusion.objects.create(
        adoption=adoption, clause_number=clause_number, reason=reason.strip(), excluded_by=by, excluded_at=at
    )
    sentence = _("排除 %(code)s 第 %(number)s 条：%(reason)s") % {
        "code": standard.code,
        "number": clause_number,
        "reason": reason.strip(),
    }
    write_entry(verb="exclude_clause", sentence=sentence, subject=area, by=by, at=at)
    derive(area=area, by=by, at=at, on=timezone.localdate(at))
    return exclusion


@transaction.atomic
def include_clause(*, area: OfficeArea, standard: Standard, clause_number: str, by: Person, at: datetime) -> None:
    """An excluded clause applies again. Refuses one that is not excluded."""
    _lock(area)
    gone, _rows = _adoption(area, standard).exclusions.filter(clause_number=clause_number).delete()
    if not gone:
        raise Refused(_("第 %(number)s 条没有被排除。") % {"number": clause_number})
    sentence = _("恢复 %(code)s 第 %(number)s 条") % {"code": standard.code, "number": clause_number}
    write_entry(verb="include_clause", sentence=sentence, subject=area, by=by, at=at)
    derive(area=area, by=by, at=at, on=timezone.localdate(at))


@transaction.atomic
def set_parameter(
    *, area: OfficeArea, standard: Standard, clause_number: str, key: str, value: str, by: Person, at: datetime
) -> Parameter:
    """An area sets for a clause (or, with an empty number, a whole standard) how often, how much, by whom.

    Refuses a value that can't be read, an unknown parameter, and a clause that the ruling edition does not have.
    """
    _lock(area)
    adoption = _adoption(area, standard)
    if clause_number != WHOLE_STANDARD:
        _known_clause(standard, clause_number, at)
    _readable(key, value)
    parameter, _is_new = Parameter.objects.update_or_create(
        adoption=adoption,
        clause_number=clause_number,
        key=key,
        defaults={"value": value.strip(), "set_by": by, "set_at": at},
    )
    where = _("第 %(number)s 条") % {"number": clause_number} if clause_number else _("全部条款")
    sentence = _("设定 %(code)s %(where)s：%(key)s = %(value)s") % {
        "code": standard.code,
        "where": where,
        "key": key,
        "value": value.strip(),
    }
    write_entry(verb="set_parameter", sentence=sentence, subject=area, by=by, at=at)
    derive(area=area, by=by, at=at, on=timezone.localdate(at))
    return parameter


@transaction.atomic
def clear_parameter(*, parameter: Parameter, by: Person, at: datetime) -> None:
    """What the clause itself says holds again."""
    area, standard = parameter.adoption.area, parameter.adoption.standard
    _lock(area)
    sentence = _("取消设定 %(code)s %(number)s：%(key)s = %(value)s") % {
        "code": standard.code,
        "number": parameter.clause_number,
        "key": parameter.key,
        "value": parameter.value,
    }
    parameter.delete()
    write_entry(verb="clear_parameter", sentence=sentence, subject=area, by=by, at=at)
    derive(area=area, by=by, at=at, on=timezone.localdate(at))


def _lock(area: OfficeArea) -> None:
    """Two who change one profile follow each other."""
    OfficeArea.objects.select_for_update(no_key=True).get(pk=area.pk)


def _adoption(area: OfficeArea, standard: Standard) -> Adoption:
    found = Adoption.objects.filter(area=area, standard=standard).first()
    if found is None:
        raise Refused(_("%(area)s没有采用《%(title)s》。") % {"area": area, "title": standard.title})
    return found


def _known_clause(standard: Standard, number: str, at: datetime) -> None:
    ruling = Edition.objects.in_force_on(timezone.localdate(at)).filter(standard=standard)
    if not Clause.objects.filter(edition__in=ruling, number=number).exists():
        raise Refused(_("现行版本里没有第 %(number)s 条。") % {"number": number})


def _need(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence)


def _readable(key: str, value: str) -> None:
    if key not in Parameter.Key.values:
        raise Refused(_("没有“%(key)s”这个参数。") % {"key": key})
    if not value.strip():
        raise Refused(_("要写取值。"))
    try:
        if key == Parameter.Key.CYCLE:
            check_cycle(value)
        elif key == Parameter.Key.SAMPLE:
            read_sample(value)
    except ValueError as bad:
        raise Refused(_("“%(value)s”读不懂：%(help)s。") % {"value": value, "help": bad}) from bad
