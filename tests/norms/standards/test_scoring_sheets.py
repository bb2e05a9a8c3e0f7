"""A 考核表 is brought, settled row by row by several people, and becomes a draft that another approves."""

import io
import threading
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.entrance.test_home import desk
from tests.factories.people import bureau, centre, company, person
from tests.factories.workbooks import of_layout, with_part, workbook
from tests.language.scoring.layouts import CANTEEN, CLEANING, GREENING, LAYOUTS, SECURITY, Layout
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import now, today
from wolong.norms.standards import actions
from wolong.norms.standards.models import Edition, ScoringRow, ScoringSheet
from wolong.norms.standards.rules.scoring import execution_of, fields_of
from wolong.norms.standards.states import EditionState, RowState, SheetState

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafter() -> Person:
    return person(Role.STANDARDS, bureau())


def brought(by: Person, layout: Layout = CLEANING, data: bytes | None = None) -> ScoringSheet:
    return actions.bring_sheet(
        data=data or of_layout(layout), file_name=f"{layout.key}.xlsx", service=layout.service, by=by, at=now()
    )


def completed(row: ScoringRow) -> dict[str, str]:
    return {"对象": "场所/大厅", "扣分": "1/次,上限5", "整改": "立即", **row.execution}


def settle(sheet: ScoringSheet, by: Person) -> None:
    for row in sheet.rows.filter(state=RowState.OPEN):
        actions.save_row(
            row=row, version=row.version, text=row.text, execution=completed(row), is_confirmed=True, by=by, at=now()
        )


def drafted(sheet: ScoringSheet, by: Person, number: str = "Q/KH 001—2026") -> Edition:
    return actions.draft_from_sheet(
        sheet=sheet,
        number=number,
        title="保洁考核要求",
        level="合同附件",
        effective=today(),
        keeper="甲中心",
        by=by,
        at=now(),
    )


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_a_workbook_reads_as_its_cells_do(drafter: Person, layout: Layout) -> None:
    sheet = brought(drafter, layout)
    assert sheet.state == SheetState.OPEN
    rows = list(sheet.rows.all())
    assert [(row.group, row.execution.get("扣分", "")) for row in rows] == [(one[0], one[3]) for one in layout.expected]
    assert sheet.total == 100
    settle(sheet, drafter)
    edition = drafted(sheet, drafter)
    assert edition.requirements.count() >= len(rows)
    assert edition.state == EditionState.DRAFT


def test_from_the_file_to_the_standard_in_force(drafter: Person) -> None:
    sheet = brought(drafter)
    assert actions.confirm_clear_rows(sheet=sheet, by=drafter, at=now()) == 2
    with pytest.raises(Refused, match="还有 7 条没有确认"):
        drafted(sheet, drafter)
    settle(sheet, drafter)
    edition = drafted(sheet, drafter)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.edition) == (SheetState.DRAFTED, edition)
    assert edition.standard.level == "合同附件"
    assert "同一问题一个月内重复出现的，加倍扣分" in edition.text
    with pytest.raises(Refused, match="起草人不能批准"):
        actions.approve_edition(edition=edition, by=drafter, at=now())
    other = person(Role.CENTRE_HEAD, centre())
    actions.approve_edition(edition=edition, by=other, at=now())
    assert actions.bring_into_force(edition=edition, by=other, at=now()).state == EditionState.IN_FORCE
    with pytest.raises(Refused, match="已经起草过"):
        drafted(sheet, drafter, number="Q/KH 002—2026")
    verbs = set(Entry.objects.filter(subject_kind="standards.scoringsheet").values_list("verb", flat=True))
    assert verbs == {"bring_sheet", "confirm_clear_rows", "confirm_row", "draft_from_sheet"}


def test_what_another_has_changed_is_not_overwritten_in_silence(drafter: Person) -> None:
    row = brought(drafter).rows.first()
    second = person(Role.SECTION_HEAD, centre())
    given: dict[str, Any] = {"execution": row.execution, "is_confirmed": False, "at": now()}
    for text in ("甲改的。", "甲又改的。"):  # the same person, whose page has not heard of its own last change
        actions.save_row(row=row, version=1, text=text, by=drafter, **given)
    with pytest.raises(Refused, match=f"{drafter.name}.*改过这一条"):
        actions.save_row(row=row, version=1, text="乙改的。", by=second, **given)
    row.refresh_from_db()
    assert row.text == "甲又改的。"
    actions.save_row(row=row, version=row.version, text="乙改的。", by=second, **given)
    with pytest.raises(Refused, match="改过这一条"):
        actions.save_row(row=row, version=row.version, text="甲再改的。", by=drafter, **given)


def test_a_row_may_be_left_out_with_a_reason_taken_back_and_split(drafter: Person) -> None:
    sheet = brought(drafter)
    first, second = sheet.rows.all()[:2]
    with pytest.raises(Refused, match="为什么"):
        actions.leave_out_row(row=first, version=1, reason=" ", by=drafter, at=now())
    actions.leave_out_row(row=first, version=1, reason="与另一条重复", by=drafter, at=now())
    twin = actions.split_row(row=second, by=drafter, at=now())
    places = list(sheet.rows.values_list("pk", flat=True))
    assert places.index(twin.pk) == places.index(second.pk) + 1
    settle(sheet, drafter)
    edition = drafted(sheet, drafter)
    assert first.text not in edition.text
    assert edition.text.count(second.text) == 2


@pytest.mark.parametrize(
    ("execution", "words"),
    [
        ({"对象": "大厅"}, "不是对象的种类"), ({"频次": "有空"}, "读不懂"), ({"责任": "保洁 | 等级:A"}, "竖线"), ({}, "没有填：对象"),
        ({"对象": "场所/大厅", "责任": "保洁", "检查": "查看", "频次": "每月", "等级": "A", "扣分": "1/次"}, "没有填：整改"),
    ],
)  # fmt: skip
def test_what_nobody_could_keep_is_not_confirmed(drafter: Person, execution: dict[str, str], words: str) -> None:
    row = brought(drafter).rows.first()
    with pytest.raises(Refused, match=words):
        actions.save_row(
            row=row, version=1, text=row.text, execution=execution, is_confirmed=True, by=drafter, at=now()
        )


def menu() -> bytes:
    return workbook(("菜单", [["本周食堂菜单"], ["餐次", "星期一", "星期二"], ["早餐", "豆浆", "小米粥"]], ()))


def unfinished() -> bytes:
    """A sum that was never computed: the cell has a formula and no value."""
    data = workbook(("表", [["项目", "内容", "分值", "评分细则"], ["甲", "地面干净", "=2+3", "每处扣1分"]], ()))
    return rewritten(data, "xl/worksheets/sheet1.xml", b"<v>0</v>", b"")


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


BAD = {
    "menu": (menu, "没有找到写着“考核内容”"),
    "empty": (lambda: workbook(("空", [], ())), "空的"),
    "csv": ("考核内容,分值\n地面干净,5\n".encode, "不是 .xlsx 表格，是文字文件"),
    "csv of Excel": (lambda: "考核内容,分值\n地面干净,5\n".encode("gb18030"), "不是 .xlsx 表格，是文字文件"),
    "word": (lambda: with_part(workbook(("a", [["b"]], ())), "word/document.xml", b"<a/>"), "Word 文件"),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "有密码，或是旧的 .xls"),
    "macro": (lambda: with_part(of_layout(CLEANING), "xl/vbaProject.bin", b"\0"), "有宏"),
    "broken": (lambda: of_layout(CLEANING)[:900], "损坏"),
    "nothing": (lambda: b"", "不是 .xlsx"),
    "too big": (lambda: b"PK" + b"\0" * (5 * 1024 * 1024), "超过 5 MB"),
    "too long": (lambda: workbook(("长", [["项目", "内容", "分值"], *[["甲", "乙", 1]] * 2001], ())), "超过 2000 行"),
    "wide": (lambda: workbook(("宽", [["内容", "分值"] * 40], ())), "超过 60 列"),
    "formula": (unfinished, "公式没有计算结果"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_sheet_of_points_is_refused_in_words(drafter: Person, name: str) -> None:
    make, words = BAD[name]
    upload = SimpleUploadedFile("表.xlsx", make())
    answer = desk(drafter).post(reverse("standards:bring_sheet"), {"file": upload, "service": "保洁"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert words in said or (name == "nothing" and "空" in said)
    assert not ScoringSheet.objects.exists()


def test_of_several_sheets_one_is_picked_and_the_others_say_why_not(drafter: Person) -> None:
    data = workbook(
        ("封面", [["保洁考核"], ["二〇二六年"]], ()),
        (SECURITY.key, SECURITY.cells, SECURITY.merged),
        (GREENING.key, GREENING.cells, GREENING.merged),
    )
    client = desk(drafter)
    answer = client.post(
        reverse("standards:bring_sheet"), {"file": SimpleUploadedFile("两张.xlsx", data), "service": "安保"}
    )
    sheet = ScoringSheet.objects.get()
    assert answer.url == sheet.get_absolute_url()
    assert sheet.state == SheetState.CHOOSING
    page = client.get(reverse("standards:choose_tab", args=[sheet.pk])).content.decode()
    assert "封面" in page
    assert "没有找到写着“考核内容”" in page
    assert client.post(reverse("standards:choose_tab", args=[sheet.pk]), {"tab": "封面"}).status_code == 422
    assert client.post(reverse("standards:choose_tab", args=[sheet.pk]), {"tab": SECURITY.key}).status_code == 302
    assert sheet.rows.count() == len(SECURITY.expected)
    with pytest.raises(Refused, match="已经在整理"):
        brought(drafter, data=data)
    actions.drop_sheet(sheet=sheet, by=drafter, at=now())
    assert brought(drafter, data=data).pk != sheet.pk


def posted(row: ScoringRow, **more: Any) -> dict[str, Any]:
    row.refresh_from_db()
    fields = {key: value for key, value in fields_of(completed(row)).items() if value is not None}
    return {"version": row.version, "text": row.text, **fields, **more}


def test_the_form_says_what_to_look_at_keeps_every_change_and_goes_on_to_the_next(drafter: Person) -> None:
    sheet = brought(drafter)
    row, following = sheet.rows.all()[:2]
    client = desk(drafter)
    page = client.get(row.get_absolute_url()).content.decode()
    for words in ("表上的原样", "1.大厅地面干净", "请看一眼", "分值 30 分由它们共用", "第 1 条，共 9 条，9 条待确认"):
        assert words in page
    kept = client.post(
        row.get_absolute_url(), posted(row, cap="12"), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="wl-reading"
    )
    assert "已存" in kept.content.decode()
    row.refresh_from_db()
    assert (row.execution["扣分"], row.state) == ("0.5/处,上限12", RowState.OPEN)
    answer = client.post(row.get_absolute_url(), posted(row))
    assert answer.url == following.get_absolute_url()
    row.refresh_from_db()
    assert row.state == RowState.CONFIRMED


def test_a_conflict_is_told_and_ones_own_words_may_still_win(drafter: Person) -> None:
    row = brought(drafter).rows.first()
    other = desk(person(Role.SECTION_HEAD, centre()))
    mine, theirs = posted(row, text="我的话。"), posted(row, text="别人的话。", then="keep")
    assert other.post(row.get_absolute_url(), theirs).status_code == 302
    client = desk(drafter)
    told = client.post(row.get_absolute_url(), mine, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="wl-reading")
    assert "改过这一条" in told.content.decode()
    assert "别人的话" in told.content.decode()
    whole = client.post(row.get_absolute_url(), mine)
    assert whole.status_code == 422
    assert "我的话" in whole.content.decode()
    row.refresh_from_db()
    assert row.text == "别人的话。"
    assert client.post(row.get_absolute_url(), {**mine, "then": "over"}).status_code == 302
    row.refresh_from_db()
    assert row.text == "我的话。"


@pytest.mark.parametrize(
    "bad",
    [{"version": "x"}, {"text": ""}, {"text": "字" * 2001}, {"objects": ["场所/月球"]}, {"points": "-1"}, {"points": "NaN"},
     {"posts": "甲|责任:乙"}, {"sample": "101"}, {"cycle": "随时"}, {"per": ""}, {"claim": "a" * 61}],
)  # fmt: skip
def test_hostile_fields_change_nothing_and_are_named(drafter: Person, bad: dict[str, Any]) -> None:
    row = brought(drafter).rows.first()
    answer = desk(drafter).post(row.get_absolute_url(), posted(row, **bad))
    assert answer.status_code == 422
    row.refresh_from_db()
    assert (row.version, row.state) == (1, RowState.OPEN)


def test_the_words_of_a_sheet_are_shown_never_run(drafter: Person) -> None:
    rows = [
        ["项目", "内容", "分值", "评分细则"],
        ["<b>甲</b>", "<script>alert(1)</script>地面干净 | 责任:乙", 5, "每处扣1分"],
    ]
    sheet = brought(drafter, data=workbook(("<i>表", rows, ())))
    client = desk(drafter)
    for address in (sheet.get_absolute_url(), sheet.rows.get().get_absolute_url()):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
    settle(sheet, drafter)
    requirement = drafted(sheet, drafter).requirements.get()
    assert requirement.execution["责任"] == "保洁"


@pytest.mark.parametrize("role", [Role.SUPPLIER_MANAGER, Role.INSPECTOR, Role.STAFF])
def test_a_sheet_is_for_who_drafts(drafter: Person, role: Role) -> None:
    sheet = brought(drafter)
    row = sheet.rows.first()
    client = desk(person(role, company() if role == Role.SUPPLIER_MANAGER else centre()))
    for name, args in [
        ("sheets", []), ("bring_sheet", []), ("sheet", [sheet.pk]), ("sheet_file", [sheet.pk]), ("draft_sheet", [sheet.pk]),
        ("confirm_sheet", [sheet.pk]), ("drop_sheet", [sheet.pk]), ("sheet_row", [row.pk]), ("leave_out_row", [row.pk]), ("split_row", [row.pk]),
    ]:  # fmt: skip
        address = reverse(f"standards:{name}", args=args)
        assert client.get(address).status_code in {403, 404}, name
        assert client.post(address, {"reason": "x", "version": 1}).status_code in {403, 404, 405}, name
    sheet.refresh_from_db()
    assert (sheet.state, sheet.rows.count()) == (SheetState.OPEN, 9)


def test_the_file_comes_back_letter_by_letter(drafter: Person) -> None:
    data = of_layout(CANTEEN)
    sheet = brought(drafter, CANTEEN, data)
    assert desk(drafter).get(reverse("standards:sheet_file", args=[sheet.pk])).content == data


def test_form_and_line_say_the_same() -> None:
    line = {
        "对象": "场所/大厅、设备/电梯/客梯[使用年限>15]、岗位/保洁员、记录/清运记录", "责任": "保洁", "监督": "物业管理科", "检查": "查看",
        "频次": "每季度抽查 20%", "等级": "B", "扣分": "0.5/处,上限3", "整改": "3个工作日", "赔偿": "500元/次", "证据": "照片、签字",
    }  # fmt: skip
    assert execution_of(fields_of(line)) == line
    assert execution_of(fields_of({})) == {}


@pytest.mark.django_db(transaction=True)
def test_two_who_draft_at_once_make_one_draft() -> None:
    drafter = person(Role.STANDARDS, bureau())
    sheet = brought(drafter)
    settle(sheet, drafter)
    answers: list[str] = []

    def draft(number: str) -> None:
        try:
            drafted(sheet, drafter, number)
            answers.append("drafted")
        except Refused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=draft, args=[f"Q/KH 00{n}—2026"]) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["drafted", "refused"]
    assert Edition.objects.count() == 1


def test_the_list_offers_to_go_on(drafter: Person) -> None:
    sheet = brought(drafter)
    client: Client = desk(drafter)
    assert sheet.title in client.get(reverse("standards:sheets")).content.decode()
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "还有 9 条没有确认，其中 7 条要看一眼" in page
    assert client.post(reverse("standards:confirm_sheet", args=[sheet.pk])).status_code == 302
    assert sheet.rows.filter(state=RowState.CONFIRMED).count() == 2
