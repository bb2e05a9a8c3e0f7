"""The estate of the demo story: two office areas with their places, equipment, contracts and service lines."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from wolong.estate.contracts.actions import add_contract, add_line
from wolong.estate.contracts.states import SupplyMode
from wolong.estate.equipment.actions import import_equipment
from wolong.estate.equipment.rules import EquipmentRow
from wolong.estate.places.actions import PlaceRow, add_area, import_places
from wolong.estate.places.models import OfficeArea
from wolong.estate.places.queries import root_of
from wolong.estate.places.states import HIDDEN_KINDS, KIND_OF_LEVEL, Kind, Level
from wolong.ground.people.models import Organization, Person

MAIN, SMALL = "卧龙山办公区", "北京西路办公区"
NO_PHOTO = ("消防控制室", "监控室", "高压配电室")

# One line a floor: building | floor number | rooms. `name:kind` where the name does not end with its kind.
WLS_OUTSIDE = "北大门:大门 南大门:大门 北门岗亭:岗亭 南门岗亭:岗亭 中心绿地:绿地 东侧绿地:绿地 西侧绿地:绿地 垃圾房"
WLS_FLOORS = """
1号楼|-1|地下车库 高压配电室:配电室 生活水泵房:泵房 消防水泵房:泵房 制冷机房:机房 走廊
1号楼|1|大厅 消防控制室 监控室 东侧卫生间:卫生间 西侧卫生间:卫生间 走廊 电梯厅 东侧楼梯间:楼梯间 西侧楼梯间:楼梯间 第一会议室:会议室
1号楼|2|走廊 东侧卫生间:卫生间 西侧卫生间:卫生间 电梯厅 茶水间 201室:办公室 202室:办公室 203室:办公室 204室:办公室 第二会议室:会议室
1号楼|3|走廊 东侧卫生间:卫生间 西侧卫生间:卫生间 电梯厅 茶水间 301室:办公室 302室:办公室 303室:办公室 第三会议室:会议室
1号楼|4|走廊 东侧卫生间:卫生间 西侧卫生间:卫生间 电梯厅 茶水间 401室:办公室 402室:办公室 弱电机房:机房
1号楼|5|走廊 东侧卫生间:卫生间 西侧卫生间:卫生间 电梯厅 茶水间 501室:办公室 502室:办公室 第五会议室:会议室
1号楼|6|走廊 东侧卫生间:卫生间 电梯厅 601室:办公室 602室:办公室 电梯机房:机房 新风机房:机房
1号楼|0|屋面
2号楼|-1|地下车库 低压配电室:配电室 换热机房:机房
2号楼|1|大厅 走廊 卫生间 电梯厅 楼梯间 第一会议室:会议室 101室:办公室
2号楼|2|走廊 卫生间 电梯厅 茶水间 201室:办公室 202室:办公室 第二会议室:会议室
2号楼|3|走廊 卫生间 电梯厅 茶水间 301室:办公室 302室:办公室 303室:办公室
2号楼|4|走廊 卫生间 电梯厅 401室:办公室 402室:办公室 电梯机房:机房
2号楼|0|屋面
3号楼|1|大厅 走廊 卫生间 电梯厅 楼梯间 101室:办公室 102室:办公室 配电室
3号楼|2|走廊 卫生间 电梯厅 茶水间 201室:办公室 202室:办公室 203室:办公室
3号楼|3|走廊 卫生间 电梯厅 茶水间 301室:办公室 302室:办公室 会议室
3号楼|0|屋面
会议中心|1|大厅 走廊 东侧卫生间:卫生间 西侧卫生间:卫生间 报告厅:会议室 贵宾室:会议室 配电室 茶水间
会议中心|2|走廊 卫生间 电梯厅 一号会议室:会议室 二号会议室:会议室 三号会议室:会议室 音控机房:机房
会议中心|0|屋面
后勤楼|1|食堂 厨房 卫生间 走廊 楼梯间 配电室 垃圾房
后勤楼|2|食堂包间:食堂 卫生间 走廊 201室:办公室 202室:办公室
"""
BJX_OUTSIDE = "大门 门岗亭:岗亭 前庭绿地:绿地 垃圾房"
BJX_FLOORS = """
1号楼|-1|配电室 水泵房:泵房 弱电机房:机房
1号楼|1|大厅 走廊 卫生间 电梯厅 楼梯间 消防控制室 食堂 厨房
1号楼|2|走廊 卫生间 电梯厅 茶水间 201室:办公室 会议室
1号楼|3|走廊 卫生间 电梯厅 301室:办公室 302室:办公室
1号楼|0|屋面
"""

# Place | system | kind | short code | number | name | importance | model. The place's full name begins with its building.
WLS_EQUIPMENT = """
1号楼地下1层高压配电室|供配电|变压器|BYQ|2|变压器|A|SCB13-1250/10
1号楼地下1层高压配电室|供配电|配电柜|PDG|6|低压配电柜|A|GGD
1号楼地下1层高压配电室|供配电|发电机|FDJ|1|柴油发电机|A|500 kW
2号楼地下1层低压配电室|供配电|变压器|BYQ|1|变压器|A|SCB13-800/10
2号楼地下1层低压配电室|供配电|配电柜|PDG|4|低压配电柜|B|GGD
3号楼1层配电室|供配电|配电柜|PDG|3|配电柜|B|GGD
会议中心1层配电室|供配电|配电柜|PDG|2|配电柜|B|GGD
后勤楼1层配电室|供配电|配电柜|PDG|2|配电柜|B|GGD
1号楼地下1层生活水泵房|给排水|水箱|SX|2|生活水箱|A|不锈钢 30 m³
1号楼地下1层生活水泵房|给排水|水泵|SB|4|生活水泵|A|CR32-5
2号楼地下1层换热机房|给排水|水泵|SB|2|循环水泵|B|ISG80-160
后勤楼1层厨房|给排水|水泵|SB|1|排污泵|C|WQ15-15
1号楼地下1层制冷机房|空调|冷水机组|LSJ|2|冷水机组|A|LSBLG-650
1号楼地下1层制冷机房|给排水|水泵|SB|3|冷冻水泵|B|ISG125-200
1号楼6层新风机房|空调|新风机组|XFJ|3|新风机组|B|ZK-20
2号楼地下1层换热机房|空调|新风机组|XFJ|2|新风机组|B|ZK-15
会议中心2层音控机房|空调|新风机组|XFJ|2|新风机组|B|ZK-15
1号楼6层电梯机房|电梯|客梯|KTI|4|客梯|A|1000 kg 1.75 m/s
2号楼4层电梯机房|电梯|客梯|KTI|2|客梯|A|1000 kg 1.5 m/s
3号楼3层电梯厅|电梯|客梯|KTI|1|客梯|A|800 kg 1.0 m/s
会议中心2层电梯厅|电梯|客梯|KTI|1|客梯|A|800 kg 1.0 m/s
1号楼1层消防控制室|消防|报警主机|BJZ|1|火灾报警主机|A|JB-QG-GST5000
1号楼地下1层消防水泵房|消防|消防泵|XFB|3|消防泵|A|XBD8/40
1号楼1层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
1号楼2层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
1号楼3层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
1号楼4层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
1号楼5层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
2号楼1层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
2号楼2层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
2号楼3层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
2号楼4层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
3号楼1层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
3号楼2层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
3号楼3层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
会议中心1层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
后勤楼1层厨房|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
1号楼4层弱电机房|弱电|UPS|UPS|2|不间断电源|A|20 kVA
1号楼1层大厅|弱电|摄像机|SXJ|3|摄像机|A|4 MP
1号楼地下1层地下车库|弱电|摄像机|SXJ|4|摄像机|B|4 MP
2号楼1层大厅|弱电|摄像机|SXJ|2|摄像机|B|4 MP
会议中心1层大厅|弱电|摄像机|SXJ|2|摄像机|B|4 MP
北大门|弱电|摄像机|SXJ|2|摄像机|A|4 MP
1号楼1层大厅|弱电|门禁|MJ|2|速通门|B|翼闸
2号楼1层大厅|弱电|门禁|MJ|1|速通门|B|翼闸
3号楼1层大厅|弱电|门禁|MJ|1|门禁控制器|B|四门
北大门|弱电|门禁|MJ|1|车辆道闸|B|直杆
1号楼1层东侧楼梯间|照明|应急照明|YJZ|3|应急照明灯|B|LED 5 W
1号楼1层西侧楼梯间|照明|应急照明|YJZ|3|应急照明灯|B|LED 5 W
2号楼1层楼梯间|照明|应急照明|YJZ|3|应急照明灯|B|LED 5 W
3号楼1层楼梯间|照明|应急照明|YJZ|3|应急照明灯|B|LED 5 W
后勤楼1层楼梯间|照明|应急照明|YJZ|2|应急照明灯|B|LED 5 W
1号楼屋面|空调|冷却塔|LQT|2|冷却塔|B|DBNL3-300
1号楼1层消防控制室|空调|分体空调|FTK|1|分体空调|C|KFR-72
1号楼1层监控室|空调|分体空调|FTK|1|分体空调|C|KFR-72
北门岗亭|空调|分体空调|FTK|1|分体空调|C|KFR-35
1号楼1层大厅|弱电|报警按钮|BJA|1|紧急报警按钮|A|有线
北门岗亭|弱电|报警按钮|BJA|1|紧急报警按钮|A|有线
1号楼地下1层生活水泵房|给排水|消毒器|XDQ|2|紫外线消毒器|A|ZXB-40
"""
BJX_EQUIPMENT = """
1号楼地下1层配电室|供配电|配电柜|PDG|2|低压配电柜|A|GGD
1号楼地下1层水泵房|给排水|水箱|SX|1|生活水箱|A|不锈钢 12 m³
1号楼地下1层水泵房|给排水|水泵|SB|2|生活水泵|A|CR15-4
1号楼地下1层水泵房|消防|消防泵|XFB|2|消防泵|A|XBD5/20
1号楼3层电梯厅|电梯|客梯|KTI|1|客梯|A|800 kg 1.0 m/s
1号楼1层消防控制室|消防|报警主机|BJZ|1|火灾报警主机|A|JB-QB-GST500
1号楼1层走廊|消防|灭火器箱|MHQ|2|灭火器箱|B|MF/ABC4×2
1号楼1层厨房|消防|灭火器箱|MHQ|1|灭火器箱|B|MF/ABC4×2
1号楼1层大厅|弱电|摄像机|SXJ|2|摄像机|B|4 MP
1号楼1层大厅|弱电|门禁|MJ|1|门禁控制器|B|四门
1号楼1层楼梯间|照明|应急照明|YJZ|2|应急照明灯|B|LED 5 W
"""
SIZE_M2 = {
    Kind.LOBBY: 260, Kind.CORRIDOR: 120, Kind.TOILET: 24, Kind.MEETING_ROOM: 90, Kind.OFFICE: 36, Kind.STAIRWELL: 18,
    Kind.SWITCH_ROOM: 60, Kind.PUMP_ROOM: 55, Kind.MONITORING_ROOM: 40, Kind.FIRE_CONTROL_ROOM: 45, Kind.CANTEEN: 420,
    Kind.KITCHEN: 160, Kind.LIFT_HALL: 22, Kind.CAR_PARK: 2400, Kind.PLANT_ROOM: 48, Kind.TEA_ROOM: 12,
    Kind.WASTE_ROOM: 30, Kind.GREEN: 1800, Kind.ROOF: 900, Kind.GATE: 40, Kind.GUARD_POST: 8,
}  # fmt: skip
# Service → (company, monthly fee in yuan, supervising section), by the keys of the story's units.
LINES = {
    "保洁": ("property", 186000, "wls_property"),
    "绿化": ("property", 42000, "wls_property"),
    "会议": ("property", 58000, "wls_property"),
    "安保": ("property", 214000, "wls_security"),
    "消防": ("property", 36000, "wls_security"),
    "供配电": ("property", 48000, "wls_equipment"),
    "给排水": ("property", 31000, "wls_equipment"),
    "空调": ("property", 52000, "wls_equipment"),
    "照明": ("property", 12000, "wls_equipment"),
    "电梯": ("lift", 24000, "wls_equipment"),
    "弱电": ("elv", 28000, "wls_equipment"),
    "监控": ("elv", 15000, "wls_security"),
}
CONTRACTS = {
    "property": ("WLS-HT-01", "卧龙山办公区物业服务合同"),
    "lift": ("WLS-HT-02", "卧龙山办公区电梯维护保养合同"),
    "elv": ("WLS-HT-03", "卧龙山办公区弱电系统维护合同"),
}


@dataclass(frozen=True, slots=True)
class Estate:
    """What was built, for the next chapters of the story."""

    main: OfficeArea
    small: OfficeArea


def build(by: Person, at: datetime, organizations: Mapping[str, Organization]) -> Estate:
    """Both office areas through the rooms' own actions. `organizations`: the units of the story by their keys."""
    today = timezone.localtime(at).date()
    main = add_area(
        name=MAIN,
        code="WLS",
        centre=organizations["wls"],
        area_m2=Decimal(78600),
        by=by,
        at=at,
    )
    small = add_area(
        name=SMALL,
        code="BJX",
        centre=organizations["bjx"],
        area_m2=Decimal(9200),
        by=by,
        at=at,
    )
    for area, outside, floors, equipment in (
        (main, WLS_OUTSIDE, WLS_FLOORS, WLS_EQUIPMENT),
        (small, BJX_OUTSIDE, BJX_FLOORS, BJX_EQUIPMENT),
    ):
        rows, codes = place_rows(area.code, outside, floors)
        import_places(area=area, rows=rows, by=by, at=at)
        pieces = equipment_rows(codes, equipment, today)
        import_equipment(area=area, rows=pieces, by=by, at=at)
    _main_lines(main, organizations, today, by, at)
    _small_lines(small, organizations, today, by, at)
    return Estate(main, small)


def place_rows(area_code: str, outside: str, floors: str) -> tuple[list[PlaceRow], dict[str, str]]:
    """The rows of an area, and the code of each place by its full name."""
    rows: list[PlaceRow] = []
    codes: dict[str, str] = {}

    def add(full_name: str, code: str, name: str, level: str, kind: str, parent: str, floor: int | None = None) -> str:
        codes[full_name] = code
        rows.append(
            PlaceRow(
                line=len(rows) + 2,
                code=code,
                name=name,
                level=level,
                kind=kind,
                parent_code=parent,
                floor_number=floor,
                area_m2=Decimal(SIZE_M2[Kind(kind)]) if level == Level.ROOM else None,
                is_no_photo=name in NO_PHOTO,
                is_not_public=kind in HIDDEN_KINDS,
            )
        )
        return code

    for number, (name, kind) in enumerate(_rooms(outside), 1):
        add(name, f"{area_code}-00-{number:03d}", name, Level.ROOM, kind, "")
    for line in floors.split("\n"):
        if not line:
            continue
        building, floor_text, rooms = line.split("|")
        floor = int(floor_text)
        number = len({row.code for row in rows if row.level == Level.BUILDING}) + 1
        above = codes.get(building) or add(
            building, f"{area_code}-{number:02d}", building, Level.BUILDING, KIND_OF_LEVEL[Level.BUILDING], ""
        )
        prefix = building
        if floor:
            name = f"{floor}层" if floor > 0 else f"地下{-floor}层"
            code = f"{above}-{'F' if floor > 0 else 'B'}{abs(floor):02d}"
            prefix = building + name
            above = add(prefix, code, name, Level.FLOOR, KIND_OF_LEVEL[Level.FLOOR], above, floor)
        for turn, (name, kind) in enumerate(_rooms(rooms), 1):
            add(prefix + name, f"{above}-{turn:03d}" if floor else f"{above}-WM", name, Level.ROOM, kind, above)
    return rows, codes


def equipment_rows(codes: Mapping[str, str], text: str, today: date) -> list[EquipmentRow]:
    """One row a piece, coded as WLS-01-B01-KT-LSJ-0001: place without its room, system, kind, number."""
    rows: list[EquipmentRow] = []
    numbers: Counter[str] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    for line in text.strip().split("\n"):
        place, system, kind, short, count, name, importance, model = line.split("|")
        building = codes[place].split("-")[1]
        for _turn in range(int(count)):
            stem = f"{codes[place].rsplit('-', 1)[0]}-{SYSTEM_CODE[system]}-{short}"
            numbers[stem] += 1
            named[building, name] += 1
            age = AGE_A.get(place, 2 + (len(rows) * 7) % 15)
            rows.append(
                EquipmentRow(
                    line=len(rows) + 2,
                    code=f"{stem}-{numbers[stem]:04d}",
                    name=f"{_building_of(place)}{named[building, name]}号{name}",
                    system=system,
                    kind=kind,
                    place_code=codes[place],
                    model=model,
                    maker=MAKER[system],
                    installed_on=date(today.year - age, 1 + len(rows) % 12, 1 + len(rows) % 28),
                    inspection_due_on=today + timedelta(days=20 + len(rows) * 11 % 330)
                    if system in INSPECTED
                    else None,
                    importance=importance,
                )
            )
    return rows


# A lift older than 15 years is looked after more closely, so the story has one.
AGE_A = {"3号楼3层电梯厅": 17}
SYSTEM_CODE = {"供配电": "GD", "给排水": "GS", "空调": "KT", "电梯": "DT", "消防": "XF", "弱电": "RD", "照明": "ZM"}
INSPECTED = {"电梯", "消防"}
MAKER = {
    "供配电": "示例电气公司",
    "给排水": "示例水泵公司",
    "空调": "示例空调公司",
    "电梯": "示例电梯制造公司",
    "消防": "示例消防设备公司",
    "弱电": "示例安防设备公司",
    "照明": "示例照明公司",
}


def _rooms(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split():
        name, _colon, kind = part.partition(":")
        yield name, kind or name


def _building_of(full_name: str) -> str:
    return next(
        (name for name in ("1号楼", "2号楼", "3号楼", "会议中心", "后勤楼") if full_name.startswith(name)), full_name
    )


def _main_lines(
    area: OfficeArea, organizations: Mapping[str, Organization], today: date, by: Person, at: datetime
) -> None:
    since, until = date(today.year - 1, 1, 1), date(today.year + 1, 12, 31)
    contracts = {
        name: add_contract(
            area=area,
            supplier=organizations[name],
            number=f"{number}-{since.year}",
            name=title,
            since=since,
            until=until,
            signed_on=since - timedelta(days=12),
            by=by,
            at=at,
        )
        for name, (number, title) in CONTRACTS.items()
    }
    for service, (unit, fee, section) in LINES.items():
        add_line(
            area=area,
            name=service,
            performer=organizations[unit],
            supervisor=organizations[section],
            contract=contracts[unit],
            monthly_fee_yuan=Decimal(fee),
            since=since,
            until=until,
            by=by,
            at=at,
        )


def _small_lines(
    area: OfficeArea, organizations: Mapping[str, Organization], today: date, by: Person, at: datetime
) -> None:
    since, until = date(today.year, 1, 1), date(today.year + 1, 12, 31)
    property_company = organizations["property"]
    contract = add_contract(
        area=area,
        supplier=property_company,
        number=f"BJX-HT-01-{since.year}",
        name="北京西路办公区物业服务合同",
        since=since,
        until=until,
        signed_on=since - timedelta(days=9),
        by=by,
        at=at,
    )
    for service, fee in (("保洁", 21000), ("安保", 26000)):
        add_line(
            area=area,
            name=service,
            performer=property_company,
            supervisor=organizations["bjx_general"],
            contract=contract,
            monthly_fee_yuan=Decimal(fee),
            since=since,
            until=until,
            by=by,
            at=at,
        )
    add_line(
        area=area,
        name="餐饮",
        performer=organizations["bjx_catering"],
        supervisor=organizations["bjx_general"],
        mode=SupplyMode.OWN,
        root=root_of(area),
        since=since,
        by=by,
        at=at,
    )
