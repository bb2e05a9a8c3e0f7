"""Every address of the estate, for every kind of person."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from python_calamine import CalamineWorkbook

from tests.estate.scene import Scene, addresses

ROOMS = ("places", "equipment", "contracts")
OWN = {"contracts", "contract", "line"}  # what a company may open of the estate


def patterns(resolver: URLResolver) -> list[URLPattern]:
    return [one for one in resolver.url_patterns if isinstance(one, URLPattern)]


def test_the_table_of_addresses_is_complete(scene: Scene) -> None:
    """A new address without a line in the table is found out here."""
    rooms = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.app_name in ROOMS]
    known = {get_resolver().resolve(path).view_name for path in addresses(scene).values()}
    there = {f"{room.app_name}:{pattern.name}" for room in rooms for pattern in patterns(room)}
    assert there == known


def test_nobody_sees_anything_without_signing_in(scene: Scene) -> None:
    for path in addresses(scene).values():
        response = Client().get(path)
        assert (response.status_code, response.headers.get("Location", "")[:9]) == (302, "/account/"), path


@pytest.mark.parametrize("who", ["supplier", "crew"])
def test_a_company_opens_its_own_contract_and_nothing_else(
    scene: Scene, browse: Callable[[str], Client], who: str
) -> None:
    client = browse(who)
    for name, path in addresses(scene).items():
        assert client.get(path).status_code in ({200} if name in OWN else {403, 404}), path
        if name not in OWN:
            assert client.post(path, {"number": "x"}).status_code in {403, 404, 405}, path


def test_what_a_company_may_not_open_is_not_there(scene: Scene, browse: Callable[[str], Client]) -> None:
    client = browse("supplier")
    for name, path in addresses(scene).items():
        if name not in OWN and not name.startswith(("line_", "contract_add", "own_add")):
            assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "address", ["/contracts/", "/contracts/?tab=all", "/contracts/?q=电梯", "/contracts/?sort=fee"]
)
def test_a_company_finds_no_trace_of_another(scene: Scene, browse: Callable[[str], Client], address: str) -> None:
    page = browse("supplier").get(address).content.decode()
    for secret in ("HT-FOREIGN", "24,680", "示例电梯公司", "北京西路"):
        assert secret not in page


def test_an_export_of_a_company_holds_its_own_alone(scene: Scene, browse: Callable[[str], Client]) -> None:
    response = browse("supplier").get("/contracts/?tab=all&export=xlsx")
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    cells = str(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())
    assert "18600" in cells
    assert "示例电梯公司" not in cells
    assert "24680" not in cells


def test_a_bulk_action_reaches_no_row_of_another(scene: Scene, browse: Callable[[str], Client]) -> None:
    response = browse("supplier").post("/contracts/", {"bulk": "export", "pick": [scene.foreign_line.pk]})
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert "电梯" not in str(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())


@pytest.mark.parametrize("who", ["tenant", "nobody"])
def test_who_has_no_role_here_sees_nothing(scene: Scene, browse: Callable[[str], Client], who: str) -> None:
    client = browse(who)
    for path in addresses(scene).values():
        assert client.get(path).status_code in {403, 404}, path


def test_another_centre_sees_nothing_of_this_area(scene: Scene, browse: Callable[[str], Client]) -> None:
    client = browse("far")
    for name in ("area", "place", "machine", "contract", "line", "import", "labels", "qr", "place_change"):
        assert client.get(addresses(scene)[name]).status_code == 404, name
    assert "东侧卫生间" not in client.get("/places/").content.decode()
    assert "1号客梯" not in client.get("/equipment/").content.decode()


LOOKERS = [
    "places",
    "area",
    "place",
    "qr",
    "labels",
    "equipment",
    "machine",
    "contracts",
    "contract",
    "line",
    "foreign_line",
]
KEEPERS = [
    "place_add",
    "place_change",
    "place_retire",
    "machine_change",
    "machine_retire",
    "line_add",
    "line_end",
    "upload",
]


@pytest.mark.parametrize("who", ["head", "section", "inspector", "leader", "administrator"])
def test_the_bureau_looks_at_everything_of_its_areas(scene: Scene, browse: Callable[[str], Client], who: str) -> None:
    client = browse(who)
    for name in LOOKERS:
        assert client.get(addresses(scene)[name]).status_code == 200, name


@pytest.mark.parametrize(
    ("who", "status"), [("head", 200), ("section", 200), ("administrator", 200), ("inspector", 403), ("leader", 403)]
)
def test_those_who_keep_an_area_change_it(scene: Scene, browse: Callable[[str], Client], who: str, status: int) -> None:
    client = browse(who)
    for name in KEEPERS:
        assert client.get(addresses(scene)[name]).status_code == status, name


def test_only_an_administrator_sets_up_an_area(scene: Scene, browse: Callable[[str], Client]) -> None:
    assert browse("administrator").get("/places/areas/add/").status_code == 200
    assert browse("head").get("/places/areas/add/").status_code == 403
