"""Rooms talk through their faces only."""

import grimp

from tests.house.law import FACE, WIDE_FACES, rooms


def _room_of(module: str, names: list[str]) -> str | None:
    return next((room for room in names if module == room or module.startswith(f"{room}.")), None)


def test_only_the_face_of_a_room_is_imported_by_others() -> None:
    graph = grimp.build_graph("wolong", exclude_type_checking_imports=True)
    names = rooms()
    faults = []
    for importer in graph.modules:
        home = _room_of(importer, names)
        if importer.startswith("wolong.entrance"):
            continue  # the entrance composes: it may reach into every room
        for imported in graph.find_modules_directly_imported_by(importer):
            room = _room_of(imported, names)
            if room is None or room == home:
                continue
            part = imported.removeprefix(room).lstrip(".").split(".")[0]
            wide = WIDE_FACES.get(room, set())
            if part and wide is not None and part not in FACE | wide:
                faults.append(f"{importer} imports {imported}")
    assert faults == []


def test_no_module_of_the_house_imports_the_entrance() -> None:
    graph = grimp.build_graph("wolong")
    inward = {
        importer
        for module in graph.modules
        if module.startswith("wolong.entrance")
        for importer in graph.find_modules_that_directly_import(module)
        if not importer.startswith("wolong.entrance")
    }
    assert inward == set()
