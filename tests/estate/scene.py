"""A small estate with its people: who keeps it, who looks on, and a company with its own contract."""

from dataclasses import dataclass, field

from tests.factories import contracts, people, places
from tests.factories.equipment import equipment
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import ImportJob, OfficeArea, Place
from wolong.estate.places.states import Kind
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role


@dataclass(slots=True)
class Scene:
    area: OfficeArea
    other: OfficeArea
    building: Place
    floor: Place
    room: Place
    machine: Equipment
    company: Organization
    contract: Contract
    line: ServiceLine
    foreign_contract: Contract
    foreign_line: ServiceLine
    job: ImportJob
    persons: dict[str, Person] = field(default_factory=dict)


def make_scene() -> Scene:
    bureau = people.bureau()
    centre, far = people.centre(parent=bureau), people.centre("北京西路办公区服务中心", parent=bureau)
    section = people.section(parent=centre)
    area, other = places.area(centre=centre), places.area("北京西路办公区", "BJX", centre=far)
    building = places.building(area, code="WLS-01")
    floor = places.floor(building, 2, code="WLS-01-F02")
    room = places.room(floor, Kind.TOILET, name="东侧卫生间", code="WLS-01-F02-001")
    places.room(places.floor(places.building(other)), Kind.LOBBY, name="远处大厅")
    company, rival = people.company(), people.company("示例电梯公司")
    contract = contracts.contract(area, company, number="HT-OWN")
    foreign = contracts.contract(area, rival, number="HT-FOREIGN", name="电梯维保合同")
    persons = {
        "head": people.person(Role.CENTRE_HEAD, centre),
        "section": people.person(Role.SECTION_HEAD, section),
        "inspector": people.person(Role.INSPECTOR, section),
        "leader": people.person(Role.LEADER, bureau),
        "far": people.person(Role.CENTRE_HEAD, far),
        "administrator": people.administrator(bureau),
        "supplier": people.person(Role.SUPPLIER_MANAGER, company),
        "crew": people.person(Role.SUPPLIER_CREW, company),
        "tenant": people.person(Role.TENANT_LIAISON, people.OrganizationFactory(kind="tenant")),
        "nobody": people.person(at=section),
    }
    return Scene(
        area=area,
        other=other,
        building=building,
        floor=floor,
        room=room,
        machine=equipment(room, name="1号客梯"),
        company=company,
        contract=contract,
        line=contracts.line(area, "保洁", company, contract=contract, supervisor=section, monthly_fee_yuan="18600.00"),
        foreign_contract=foreign,
        foreign_line=contracts.line(area, "电梯", rival, contract=foreign, monthly_fee_yuan="24680.00"),
        job=places.ImportJobFactory(area=area, uploaded_by=persons["head"]),
        persons=persons,
    )


def addresses(scene: Scene) -> dict[str, str]:
    """Every address of the three rooms, filled in with what belongs to the scene's area."""
    place, job = scene.room.pk, scene.job.pk
    return {
        "places": "/places/",
        "area_add": "/places/areas/add/",
        "area": f"/places/areas/{scene.area.pk}/",
        "area_change": f"/places/areas/{scene.area.pk}/change/",
        "imports": "/places/imports/",
        "upload": "/places/imports/upload/",
        "template_places": "/places/imports/template/places.xlsx",
        "template_equipment": "/places/imports/template/equipment.xlsx",
        "import": f"/places/imports/{job}/",
        "import_confirm": f"/places/imports/{job}/confirm/",
        "import_errors": f"/places/imports/{job}/errors.xlsx",
        "place": f"/places/{place}/",
        "place_add": f"/places/{scene.floor.pk}/add/",
        "place_change": f"/places/{place}/change/",
        "place_retire": f"/places/{place}/retire/",
        "qr": f"/places/{place}/qr.svg",
        "labels": f"/places/{place}/labels.pdf",
        "equipment": "/equipment/",
        "equipment_add": "/equipment/add/",
        "machine": f"/equipment/{scene.machine.pk}/",
        "machine_change": f"/equipment/{scene.machine.pk}/change/",
        "machine_retire": f"/equipment/{scene.machine.pk}/retire/",
        "contracts": "/contracts/",
        "contract_add": "/contracts/add/",
        "own_add": "/contracts/own/add/",
        "contract": f"/contracts/{scene.contract.pk}/",
        "line_add": f"/contracts/{scene.contract.pk}/lines/add/",
        "line_term_add": f"/contracts/{scene.contract.pk}/terms/add/",
        "line": f"/contracts/lines/{scene.line.pk}/",
        "line_end": f"/contracts/lines/{scene.line.pk}/end/",
        "foreign_contract": f"/contracts/{scene.foreign_contract.pk}/",
        "foreign_line_add": f"/contracts/{scene.foreign_contract.pk}/lines/add/",
        "foreign_term_add": f"/contracts/{scene.foreign_contract.pk}/terms/add/",
        "foreign_line": f"/contracts/lines/{scene.foreign_line.pk}/",
        "foreign_line_end": f"/contracts/lines/{scene.foreign_line.pk}/end/",
    }
