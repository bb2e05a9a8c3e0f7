"""The pages of the estate as pages: lists, an import from upload to done, verbs, pictures, and what they cost."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.estate.places.test_imports import GOOD, xlsx
from tests.estate.scene import Scene, addresses
from tests.factories import places as make
from tests.factories.equipment import equipment
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places import tasks
from wolong.estate.places.actions import imports
from wolong.estate.places.models import ImportJob, Place
from wolong.estate.places.states import ImportState, Kind

Browse = Callable[[str], Client]
# Of a warm page, frame included; a list asks no more when it is longer.
MOST_QUERIES = {
    "places": 12,
    "equipment": 12,
    "contracts": 12,
    "place": 16,
    "machine": 16,
    "contract": 16,
    "line": 16,
    "area": 16,
}


def questions(client: Client, path: str) -> list[str]:
    """The statements of one page; savepoints around panels exist only because a test runs in a transaction."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]


@pytest.mark.parametrize("name", MOST_QUERIES)
def test_a_page_asks_few_questions_whatever_its_size(scene: Scene, browse: Browse, name: str) -> None:
    client, path = browse("head"), addresses(scene)[name]
    questions(client, path)
    first = questions(client, path)
    for number in range(30):
        equipment(make.room(scene.floor, Kind.OFFICE, name=f"2{number:02d}室"), name=f"{number}号门禁", kind="门禁")
    second = questions(client, path)
    assert len(second) <= MOST_QUERIES[name], "\n".join(sql[:200] for sql in second)
    assert len(second) <= len(first) + 1  # a panel that was empty has something to ask now


@pytest.mark.parametrize(
    ("address", "shown", "hidden"),
    [
        ("/places/?kind=卫生间", "东侧卫生间", "201室"),
        ("/places/?q=卫生间", "东侧卫生间", "201室"),
        ("/places/?tab=public", "东侧卫生间", "201室"),
        ("/places/?photo=true&tab=rooms", "没有符合筛选的记录", "东侧卫生间"),
        ("/places/?floor=2&sort=-kind", "东侧卫生间", "远处大厅"),
        ("/equipment/?kind=客梯", "1号客梯", "1号门禁"),
        ("/equipment/?importance=A", "没有符合筛选的记录", "1号客梯"),
        ("/contracts/?name=电梯", "HT-FOREIGN", "HT-OWN"),
        ("/contracts/?tab=own", "还没有服务线", "HT-OWN"),
    ],
)
def test_a_list_filters(scene: Scene, browse: Browse, address: str, shown: str, hidden: str) -> None:
    equipment(make.room(scene.floor, Kind.OFFICE, name="201室"), name="1号门禁", kind="门禁", system="弱电")
    page = browse("head").get(address).content.decode()
    table = page[page.index('id="wl-list"') :].partition("wl-panel wl-sheet")[2]
    assert shown in table
    assert hidden not in table


@pytest.mark.parametrize(
    "address",
    [
        "/places/?building=abc&floor=x&kind=?&sort=evil&page=-1&tab=none",
        "/equipment/?system=999999&area=x",
        "/contracts/?area=x&q=%00",
    ],
)
def test_a_hostile_address_breaks_nothing(scene: Scene, browse: Browse, address: str) -> None:
    assert browse("head").get(address).status_code in {200, 400}


def test_a_list_comes_as_a_sheet(scene: Scene, browse: Browse) -> None:
    response = browse("head").get("/places/?export=xlsx")
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert any("1号楼2层东侧卫生间" in str(row) and "WLS-01-F02-001" in str(row) for row in rows)


def test_a_place_says_where_it_is_and_what_stands_there(scene: Scene, browse: Browse) -> None:
    page = browse("inspector").get(scene.room.get_absolute_url()).content.decode()
    for word in ("1号楼2层东侧卫生间", "公共区域", "1号客梯", f"/places/{scene.room.pk}/qr.svg"):
        assert word in page
    assert "停用" not in page.partition("wl-main")[2]


def test_the_qr_code_is_the_address_of_the_place(scene: Scene, browse: Browse) -> None:
    response = browse("inspector").get(f"/places/{scene.room.pk}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content
    assert b"script" not in response.content


def test_labels_come_as_a_page_to_print(scene: Scene, browse: Browse) -> None:
    make.room(scene.floor, Kind.GUARD_POST, name="秘密岗亭", is_not_public=True)
    response = browse("head").get(f"/places/{scene.building.pk}/labels.pdf")
    assert response["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    shown = "".join(text.split())
    assert "东侧卫生间" in shown
    assert "秘密岗亭" not in shown
    picked = browse("head").post("/places/", {"bulk": "labels", "pick": [scene.room.pk]})
    assert picked["Content-Type"] == "application/pdf"


def upload(client: Client, scene: Scene, data: bytes, kind: str = "places") -> ImportJob:
    file = SimpleUploadedFile("场所.xlsx", data)
    response = client.post("/places/imports/upload/", {"kind": kind, "area": scene.area.pk, "file": file})
    assert response.status_code == 302, response.content.decode()[-2000:]
    return ImportJob.objects.get(pk=int(response["Location"].rstrip("/").rpartition("/")[2]))


def test_a_sheet_goes_from_upload_to_done(scene: Scene, browse: Browse) -> None:
    client = browse("section")
    rows = [
        [cell.replace("WLS-01", "WLS-09").replace("1号楼", "9号楼") if isinstance(cell, str) else cell for cell in row]
        for row in GOOD
    ]
    job = upload(client, scene, xlsx(rows))
    page = client.get(job.get_absolute_url()).content.decode()
    assert "确认后新增 5" in page
    assert not Place.objects.filter(code="WLS-09").exists()
    assert client.post(f"/places/imports/{job.pk}/confirm/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.confirmed_by) == (ImportState.DONE, scene.persons["section"])
    assert Place.objects.filter(code="WLS-09").exists()
    assert "已导入" in client.get(job.get_absolute_url()).content.decode()
    assert client.post(f"/places/imports/{job.pk}/confirm/").status_code == 422


def test_faults_are_shown_and_come_as_a_sheet(scene: Scene, browse: Browse) -> None:
    client = browse("head")
    job = upload(client, scene, xlsx([["X", "门", "房间", "厕所"], ["X", "门", "房间", "大门", "没有"]]))
    page = client.get(job.get_absolute_url()).content.decode()
    assert "D2" in page
    assert "什么都没有写入" in page
    assert client.post(f"/places/imports/{job.pk}/confirm/").status_code == 422
    sheet = client.get(f"/places/imports/{job.pk}/errors.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert "不在可选项里" in str(rows)


def test_a_large_sheet_is_left_to_the_worker_and_shows_progress(
    scene: Scene, browse: Browse, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[int] = []
    monkeypatch.setattr(imports, "is_small_file", lambda _size: False)
    monkeypatch.setattr(tasks.read_import, "defer", lambda **given: told.append(given["job_id"]))
    client = browse("head")
    with django_capture_on_commit_callbacks(execute=True):
        job = upload(client, scene, xlsx(GOOD))
    assert told == [job.pk]
    assert job.state == ImportState.WAITING
    address = f"{job.get_absolute_url()}?part=progress"
    assert "every 1s" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.READY)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_sheet_does_not_go_into_an_area_of_others(scene: Scene, browse: Browse) -> None:
    file = SimpleUploadedFile("x.xlsx", xlsx(GOOD))
    response = browse("section").post(
        "/places/imports/upload/", {"kind": "places", "area": scene.other.pk, "file": file}
    )
    assert response.status_code == 422
    assert not ImportJob.objects.filter(area=scene.other).exists()


@pytest.mark.parametrize("kind", ["places", "equipment"])
@pytest.mark.parametrize("filled", ["", "?filled=1"])
def test_a_template_is_a_sheet(scene: Scene, browse: Browse, kind: str, filled: str) -> None:
    data = browse("head").get(f"/places/imports/template/{kind}.xlsx{filled}").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "编码*"
    own = {"places": "WLS-01-F02-001', '东侧卫生间', '房间', '卫生间', 'WLS-01-F02', ''", "equipment": "1号客梯"}
    assert (own[kind] in str(rows)) == bool(filled)


def test_a_place_is_added_changed_and_retired_on_its_pages(scene: Scene, browse: Browse) -> None:
    client = browse("section")
    added = {"code": "NEW", "level": "room", "name": "茶水间", "kind": "茶水间", "area_m2": "12"}
    assert client.post(f"/places/{scene.floor.pk}/add/", added).status_code == 302
    place = Place.objects.get(code="NEW")
    changed = {"name": "西侧茶水间", "kind": "茶水间", "parent": scene.floor.pk, "is_no_photo": "on"}
    assert client.post(f"/places/{place.pk}/change/", changed).status_code == 302
    place.refresh_from_db()
    assert (place.full_name, place.is_no_photo) == ("1号楼2层西侧茶水间", True)
    assert client.post(f"/places/{place.pk}/retire/", {"on": "2026-11-23", "reason": "改建"}).status_code == 302
    refused = client.post(f"/places/{place.pk}/retire/", {"on": "2026-11-23", "reason": "改建"})
    assert refused.status_code == 422
    assert "已经停用" in refused.content.decode()


def test_equipment_is_added_changed_and_retired_on_its_pages(scene: Scene, browse: Browse) -> None:
    client = browse("section")
    card = {
        "code": "E-9", "name": "2号客梯", "system": scene.machine.system_id, "kind": "客梯", "place": scene.room.code,
        "importance": "A",
    }  # fmt: skip
    assert "没有编码为" in client.post("/equipment/add/", {**card, "place": "NONE"}).content.decode()
    assert client.post("/equipment/add/", card).status_code == 302
    piece = Equipment.objects.get(code="E-9")
    assert client.post(f"/equipment/{piece.pk}/change/", {**card, "name": "3号客梯"}).status_code == 302
    assert client.post(f"/equipment/{piece.pk}/retire/", {"on": "2026-11-23", "reason": "报废"}).status_code == 302
    piece.refresh_from_db()
    assert (piece.name, str(piece.retired_on)) == ("3号客梯", "2026-11-23")


def test_a_contract_and_its_lines_on_their_pages(scene: Scene, browse: Browse) -> None:
    client = browse("head")
    section = scene.persons["section"].organization
    facts = {
        "area": scene.area.pk, "supplier": scene.company.pk, "number": "HT-9", "name": "绿化合同", "since": "2026-01-01",
        "until": "2027-12-31",
    }  # fmt: skip
    assert client.post("/contracts/add/", facts).status_code == 302
    contract = Contract.objects.get(number="HT-9")
    service = {
        "name": "绿化",
        "supervisor": section.pk,
        "since": "2026-01-01",
        "until": "2027-12-31",
        "monthly_fee_yuan": "100",
    }
    assert client.post(f"/contracts/{contract.pk}/lines/add/", service).status_code == 302
    line = ServiceLine.objects.get(contract=contract)
    assert line.performer == scene.company
    assert client.post(f"/contracts/lines/{line.pk}/end/", {"on": "2026-12-31", "reason": "到期"}).status_code == 302
    own = {"name": "餐饮", "performer": section.pk, "supervisor": section.pk, "mode": "own", "since": "2026-01-01"}
    assert client.post(f"/contracts/own/add/?area={scene.area.pk}", own).status_code == 302
    assert ServiceLine.objects.get(name="餐饮").performer == section


def test_the_search_finds_a_place_by_name_and_code_and_nothing_for_a_company(scene: Scene, browse: Browse) -> None:
    assert "1号楼2层东侧卫生间" in browse("inspector").get("/search/?q=东侧").content.decode()
    assert "1号客梯" in browse("inspector").get("/search/?q=客梯").content.decode()
    page = browse("supplier").get("/search/?q=合同").content.decode()
    assert "物业服务合同" in page
    assert "电梯维保合同" not in page
    assert "东侧卫生间" not in browse("supplier").get("/search/?q=卫生间").content.decode()
