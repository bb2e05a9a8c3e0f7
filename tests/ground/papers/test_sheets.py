"""A sheet is read whole or its faults are named by row and cell; what is no sheet is refused."""

import io
import zipfile
import zlib
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import CellError, Column, read_sheet, write_sheet, write_template
from wolong.ground.papers.sheets.columns import letter_of

COLUMNS = [
    Column(key="code", title="编号", required=True, note="全局唯一", example="WLS-1F-01", longest=20),
    Column(key="name", title="名称", required=True, example="大厅"),
    Column(key="kind", title="种类", kind="choice", choices={"大厅": "hall", "卫生间": "toilet"}, example="大厅"),
    Column(key="floor", title="楼层", kind="integer", lowest=-5, highest=40, example="1"),
    Column(key="area", title="面积", kind="decimal", lowest=0, example="120.5"),
    Column(key="since", title="启用日期", kind="date", example="2020-01-01"),
    Column(key="hidden", title="不公开", kind="flag", example="否"),
]
TITLES = [str(column.title) for column in COLUMNS]


def sheet(*rows, titles=TITLES, change=None, **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, titles)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)
        if change:
            change(book, page)
    return out.getvalue()


def repack(data: bytes, **parts) -> bytes:
    """The same parcel with some parts rewritten: `sheet=lambda xml: ...` on xl/worksheets/sheet1.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name.rsplit("/", 1)[-1].split(".")[0].rstrip("0123456789"))
            new.writestr(name, change(old.read(name)) if change else old.read(name))
    return out.getvalue()


def cells(found) -> list[str]:
    return [error.cell for error in found.errors]


def test_each_kind_of_cell_is_understood() -> None:
    row = ("WLS-1F-01", " 一层大厅\u3000", "卫生间", 1, 120.5, datetime(2020, 1, 2), "是")
    found = read_sheet(sheet(row, default_date_format="yyyy-mm-dd"), COLUMNS)
    assert found.is_clean
    assert [row.number for row in found.rows] == [2]
    assert found.rows[0].values == {
        "code": "WLS-1F-01",
        "name": "一层大厅",
        "kind": "toilet",
        "floor": 1,
        "area": Decimal("120.5"),
        "since": date(2020, 1, 2),
        "hidden": True,
    }


def test_numbers_and_days_written_as_people_write_them() -> None:
    found = read_sheet(
        sheet(
            ("A1", "甲", "", "12", "1,234.50", "2026年11月3日", "√"),
            ("A2", "乙", "", "-1", "３５", "2026/1/2", "否"),
            (3, "丙", "", "", "", "20260102", "无"),
        ),
        COLUMNS,
    )
    assert found.is_clean
    assert [row.values["area"] for row in found.rows] == [Decimal("1234.50"), Decimal(35), None]
    assert [row.values["floor"] for row in found.rows] == [12, -1, None]
    assert [row.values["since"] for row in found.rows] == [date(2026, 11, 3), date(2026, 1, 2), date(2026, 1, 2)]
    assert found.rows[2].values["code"] == "3"


def test_every_fault_is_named_by_its_cell() -> None:
    found = read_sheet(
        sheet(
            ("", "甲", "", "", "", "", ""),
            ("A2", "乙", "操场", "一", "-3", "明天", "也许"),
            ("A3", "丙", "", 1.5, "12,34", "2026-13-01", ""),
            ("x" * 21, "丁", "", 99, "", "", ""),
            ("A5", "戊", "大厅", 1, 1, "2026-01-01", "是"),
        ),
        COLUMNS,
    )
    assert cells(found) == ["A2", "C3", "D3", "E3", "F3", "G3", "D4", "E4", "F4", "A5", "D5"]
    assert str(found.errors[0]) == "A2 编号：必填，不能为空"
    assert "大厅、卫生间" in found.errors[1].sentence
    assert [row.number for row in found.rows] == [6]


def test_columns_may_stand_in_any_order_and_optional_ones_be_missing() -> None:
    found = read_sheet(sheet(("甲", "A1"), titles=["名称*", "编号 *"]), COLUMNS)
    assert found.rows[0].values["code"] == "A1"
    assert found.rows[0].values["floor"] is None


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (["名称"], "缺少：编号"),
        ([*TITLES, "备注"], "不认识：备注"),
        ([*TITLES, "编号"], "重复：编号"),
        (["编号", "", "名称"], "不认识"),
        ([], "没有列名"),
    ],
)
def test_other_columns_are_refused(titles: list[str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_sheet(sheet(titles=titles), COLUMNS)


def test_a_value_beyond_the_named_columns_is_a_fault() -> None:
    assert cells(read_sheet(sheet(("A1", "甲", "", "", "", "", "", "多出来的")), COLUMNS)) == ["H2"]


def test_merged_cells_are_a_fault_at_their_first_cell() -> None:
    found = read_sheet(sheet(("A1", "甲"), change=lambda _, page: page.merge_range("B3:B5", "乙")), COLUMNS)
    assert "B3" in cells(found)
    assert "B3:B5" in str(found.errors[0])


def test_a_formula_with_a_result_counts_as_its_result() -> None:
    found = read_sheet(sheet(("A1", "甲"), change=lambda _, page: page.write_formula("E2", "=1+1", None, 2)), COLUMNS)
    assert found.is_clean
    assert found.rows[0].values["area"] == 2


def test_a_formula_without_a_result_is_a_fault_and_not_an_empty_cell() -> None:
    data = sheet(("A1", "甲"), change=lambda _, page: page.write_formula("E2", "=70+7", None, 77))
    bare = repack(data, sheet=lambda xml: xml.replace(b"<v>77</v></c>", b"</c>"))
    found = read_sheet(bare, COLUMNS)
    assert cells(found) == ["E2"]
    assert "公式" in found.errors[0].sentence


def test_an_error_of_excel_is_a_fault() -> None:
    found = read_sheet(sheet(("A1", "#REF!")), COLUMNS)
    assert cells(found) == ["B2"]


def test_empty_rows_and_the_example_are_passed_over() -> None:
    template = write_template(COLUMNS, name="场所")
    assert read_sheet(template, COLUMNS).rows == []
    found = read_sheet(sheet(("", " "), ("A1", "甲"), ()), COLUMNS)
    assert cells(found) == ["A2", "B2"]
    assert [row.number for row in found.rows] == [3]


def test_what_was_written_is_read_back() -> None:
    rows = [
        {
            "code": "=1+1",
            "name": "甲",
            "kind": "hall",
            "floor": 3,
            "area": Decimal("1.25"),
            "since": date(2026, 1, 2),
            "hidden": False,
        },
        {
            "code": "A2",
            "name": "https://example.invalid",
            "kind": None,
            "floor": None,
            "area": None,
            "since": None,
            "hidden": None,
        },
    ]
    found = read_sheet(write_sheet(COLUMNS, rows, name="场所"), COLUMNS)
    assert found.is_clean
    assert [row.values for row in found.rows] == rows


def test_the_template_helps_whoever_fills_it_in() -> None:
    long = Column(key="unit", title="单位", kind="choice", choices={f"示例单位{n}": n for n in range(100)})
    with zipfile.ZipFile(io.BytesIO(write_template([*COLUMNS, long], name="场所"))) as parcel:
        page = parcel.read("xl/worksheets/sheet1.xml").decode()
        notes = parcel.read("xl/comments1.xml").decode()
        book = parcel.read("xl/workbook.xml").decode()
    assert "大厅,卫生间" in page
    assert "可选项" in page
    assert "全局唯一" in notes
    assert 'state="hidden"' in book
    assert "填写说明" in book


def test_the_first_visible_sheet_is_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        hidden = book.add_worksheet("旧")
        page = book.add_worksheet("新")
        page.activate()
        page.set_first_sheet()
        hidden.hide()
        hidden.write(0, 0, "不是这里")
        page.write_row(0, 0, TITLES)
        page.write_row(1, 0, ["A1", "甲"])
    assert len(read_sheet(out.getvalue(), COLUMNS).rows) == 1


def test_an_upload_is_read_like_bytes() -> None:
    assert len(read_sheet(SimpleUploadedFile("a.xlsx", sheet(("A1", "甲"))), COLUMNS).rows) == 1


def _lying_bomb() -> bytes:
    """A part that says it is 10 bytes long and unpacks to 200 MB."""
    data = bytearray(repack(sheet(("A1", "甲")), theme=lambda _: b"0" * (200 * 1024 * 1024)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        while at >= 0:
            if int.from_bytes(data[at + offset : at + offset + 4], "little") > 10**8:
                data[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
            at = data.find(mark, at + 4)
    return bytes(data)


def _far_cell(_, page) -> None:
    page.write("XFD1048576", "远")


DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
BAD = {
    "nothing": (lambda: b"", "不是 .xlsx"),
    "text of another kind": ("编号，名称\nA1,甲".encode, "列名和模板不一样"),
    "text with signs that are none": (lambda: b"\x01\x02\x03" * 40, "不是 .xlsx"),
    "quotes without end": (lambda: b'"A1,\n', "引号不成对"),
    "cut off": (lambda: sheet(("A1", "甲"))[:-200], "不是 .xlsx"),
    "an old or locked book": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "密码"),
    "a zip of something else": (lambda: _zip({"a.txt": b"x"}), "不是 .xlsx"),
    "no zip inside": (lambda: b"PK\x03\x04" + b"\0" * 100, "不是 .xlsx"),
    "a macro": (lambda: _zip({"xl/vbaProject.bin": b"x"}, sheet(("A1", "甲"))), "宏"),
    "over 30 MB": (lambda: b"PK" + b"0" * (31 * 1024 * 1024), "30 MB"),
    "200 MB unpacked": (lambda: repack(sheet(), theme=lambda _: b"0" * (200 * 1024 * 1024)), "100 MB"),
    "200 MB that say they are 10 bytes": (_lying_bomb, "100 MB"),
    "3000 parts": (lambda: _zip({f"xl/{n}": b"" for n in range(3000)}), "100 MB"),
    "a far cell": (lambda: sheet(("A1", "甲"), change=_far_cell), "1048575 行"),
    "too wide": (lambda: sheet(titles=[f"列{n}" for n in range(300)]), "300 列"),
    "entities in the sheet": (
        lambda: repack(sheet(), sheet=lambda xml: xml.replace(b"<worksheet", DTD + b"<worksheet", 1)),
        "XML",
    ),
    "entities in the book": (
        lambda: repack(sheet(), workbook=lambda xml: xml.replace(b"<workbook", DTD + b"<workbook", 1)),
        "不是 .xlsx",
    ),
    "broken xml": (lambda: repack(sheet(("A1", "甲")), sheet=lambda xml: xml[:300]), "不是 .xlsx"),
}


def _zip(parts: dict[str, bytes], onto: bytes = b"") -> bytes:
    out = io.BytesIO(onto)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_sheet_is_refused_with_the_reason(name: str) -> None:
    make, words = BAD[name]
    with pytest.raises(Refused, match=words):
        read_sheet(make(), COLUMNS)


def test_a_locked_part_is_refused() -> None:
    data = bytearray(sheet(("A1", "甲")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(Refused, match="密码"):
        read_sheet(bytes(data), COLUMNS)


def test_a_damaged_part_is_refused() -> None:
    data = sheet(*[(f"A{n}", zlib.crc32(bytes([n % 256]))) for n in range(500)])
    middle = data.find(b"sheetData") if b"sheetData" in data else len(data) // 2
    broken = data[:middle] + bytes(255 - byte for byte in data[middle : middle + 60]) + data[middle + 60 :]
    with pytest.raises(Refused, match=r"不是 .xlsx"):
        read_sheet(broken, COLUMNS)


def test_more_than_50_000_rows_are_refused() -> None:
    data = sheet(*[("A", "甲")] * 50_001, constant_memory=True)
    with pytest.raises(Refused, match="50001 行"):
        read_sheet(data, COLUMNS)


def test_20_000_rows_are_read() -> None:
    rows = (
        {"code": f"A{n}", "name": "甲", "kind": "hall", "floor": 1, "area": 2, "hidden": True} for n in range(20_000)
    )
    data = write_sheet(COLUMNS, rows, name="场所")
    found = read_sheet(data, COLUMNS)
    assert len(found.rows) == 20_000


def test_only_the_first_500_faults_are_listed_and_the_rest_counted() -> None:
    found = read_sheet(sheet(*[("A", "")] * 600), COLUMNS)
    assert len(found.errors) == 500
    assert found.errors_left_off == 100


def test_a_caller_adds_faults_that_only_it_can_know() -> None:
    found = read_sheet(sheet(("A1", "甲")), COLUMNS)
    found.fault(2, "name", "没有这栋楼")
    found.fault(3, "", "和第 2 行重复")
    assert found.errors == [CellError(2, "B", "名称", "没有这栋楼"), CellError(3, "", "", "和第 2 行重复")]
    assert [error.cell for error in found.errors] == ["B2", "第 3 行"]
    assert not found.is_clean


@given(st.integers(min_value=0, max_value=16383))
def test_a_letter_leads_back_to_its_column(index: int) -> None:
    number = 0
    for letter in letter_of(index):
        number = number * 26 + ord(letter) - 64
    assert number == index + 1
