"""The canteen: one core standard, two ways of supply, and indicators that both share so that they can be compared."""

from pathlib import Path

import pytest

from wolong.language.reading import read_bytes
from wolong.language.tree import Document

FOLDER = Path(__file__).parents[2] / "library" / "服务提供"
CORE, COMMON = "Q/WLS BZ09-001", "Q/WLS BZ09-004"


def canteen(number: str) -> Document:
    path = FOLDER / f"{number.replace('/', '-').replace(' ', '-')}-2026.md"
    return read_bytes(path.read_bytes(), file=path.name)


@pytest.mark.parametrize("profile", ["Q/WLS BZ09-002", "Q/WLS BZ09-003"])
def test_each_way_of_supply_rests_on_the_core_and_the_common_indicators(profile: str) -> None:
    document = canteen(profile)
    assert {CORE, COMMON} <= {reference.number for reference in document.references}
    said = "".join(requirement.sentence for requirement in document.requirements if requirement.modality == "shall")
    assert CORE in said
    assert COMMON in said


def test_the_common_indicators_stand_side_by_side_and_are_the_same() -> None:
    table = next(one for one in canteen(COMMON).requirements if "表 1" in one.sentence)
    ways: dict[str, dict[str, tuple[object, object, object]]] = {}
    for measure in table.measures:
        ways.setdefault(measure.condition or "", {})[measure.property or ""] = (measure.low, measure.high, measure.unit)
    assert set(ways) == {"购买服务方式", "预算经费方式"}
    bought, budget = ways.values()
    assert bought == budget
    assert len(bought) >= 5
