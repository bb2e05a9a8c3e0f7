"""One small office area with a cleaning company, a lift company and two standards."""

import datetime as dt
from dataclasses import dataclass

from tests.factories.contracts import line
from tests.factories.equipment import equipment
from tests.factories.people import centre, company, person, section
from tests.factories.places import area, building, floor, room
from tests.factories.standards import ClauseFactory, EditionFactory, RequirementFactory, StandardFactory
from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.loop.duties import actions
from wolong.norms.standards.models import Requirement, Standard

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)


@dataclass
class Town:
    """What the tests speak of."""

    area: OfficeArea
    centre: Organization
    property_section: Organization
    cleaner: Organization
    lifts: Organization
    cleaning_line: ServiceLine
    lift_line: ServiceLine
    halls: list[Place]
    toilet: Place
    lift: Equipment
    cleaning: Standard
    hall_rule: Requirement
    toilet_rule: Requirement
    lift_rule: Requirement
    log_rule: Requirement
    keeper: Person
    head: Person

    def derive(self, on: dt.date = TODAY) -> actions.Derived:
        return actions.derive(area=self.area, by=self.keeper, at=AT, on=on)

    def adopt(self) -> None:
        actions.adopt_all(area=self.area, by=self.keeper, at=AT)


def build_town() -> Town:
    home = centre()
    place = area(centre=home)
    care = section("物业管理科", parent=home)
    cleaner, lifts = company("示例物业公司"), company("示例电梯公司")
    one = building(place, "1号楼", code="B1")
    ground = floor(one, 1, code="B1-1")
    halls = [room(ground, "大厅", name="东大厅"), room(ground, "大厅", name="西大厅")]
    toilet = room(ground, "卫生间", name="东卫生间")
    lift = equipment(room(ground, "电梯厅", name="电梯厅"), "电梯", "客梯", name="1号客梯")
    cleaning = StandardFactory.create(
        code="Q/WLS BZ06-003", title="公共区域清洁服务规范", position="服务提供/物业服务/保洁"
    )
    edition = EditionFactory.create(standard=cleaning)
    rules = [
        RequirementFactory.create(clause=ClauseFactory(edition=edition, number=number, text=text), **more)
        for number, text, more in (
            ("5.1.1", "大厅地面每日清扫应不少于 2 次。", {}),
            (
                "5.1.2",
                "卫生间应无异味。",
                {"selectors": "场所/卫生间", "doer": "", "cycle_months": 3, "cycle_label": "每季度"},
            ),
            ("5.2.1", "电梯轿厢应每日清洁。", {"selectors": "设备/电梯", "doer": "电梯"}),
            ("5.2.2", "应建立保洁记录。", {"selectors": "记录/保洁记录", "doer": "保洁", "checker": "中心负责人"}),
        )
    ]
    return Town(
        area=place,
        centre=home,
        property_section=care,
        cleaner=cleaner,
        lifts=lifts,
        cleaning_line=line(place, "保洁", cleaner, supervisor=care),
        lift_line=line(place, "电梯", lifts),
        halls=halls,
        toilet=toilet,
        lift=lift,
        cleaning=cleaning,
        hall_rule=rules[0],
        toilet_rule=rules[1],
        lift_rule=rules[2],
        log_rule=rules[3],
        keeper=person(Role.STANDARDS, home),
        head=person(Role.CENTRE_HEAD, home),
    )
