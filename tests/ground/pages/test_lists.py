import io
import re
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.ground.pages import desk as own

pytestmark = pytest.mark.usefixtures("empty_registries")
PART = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "wl-list"}


def names(html: str) -> list[str]:
    return re.findall(r'<a class="wl-q" href="/groups/\d+/">([^<]*)</a>', html)


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


@pytest.fixture
def groups(db: None) -> list[Group]:
    return Group.objects.bulk_create(Group(name=name) for name in ["B 二", "A 一", "A 三", "别人的"])


def test_the_htmx_answer_equals_the_same_part_of_the_full_page(desk: Client, groups: list[Group]) -> None:
    address = "/groups/?sort=-name&q=A"
    page = desk.get(address).content.decode()
    part = desk.get(address, **PART).content.decode()
    assert part.startswith('<div id="wl-list"')
    assert without_tokens(part.strip()) in without_tokens(page)


def test_rows_sort_by_the_column_asked_for_and_back(desk: Client, groups: list[Group]) -> None:
    assert names(desk.get("/groups/").content.decode()) == ["A 一", "A 三", "B 二"]
    backwards = desk.get("/groups/?sort=-name").content.decode()
    assert names(backwards) == ["B 二", "A 三", "A 一"]
    assert 'aria-sort="descending"' in backwards
    assert 'href="?sort=name"' in backwards


def test_a_filter_is_a_chip_that_takes_itself_away(desk: Client, groups: list[Group]) -> None:
    html = desk.get("/groups/?name=一&sort=name").content.decode()
    assert names(html) == ["A 一"]
    assert '<a class="wl-chip" href="?sort=name"><span>名称</span>一' in html


def test_a_range_is_one_chip(desk: Client, groups: list[Group]) -> None:
    first = groups[0].pk
    html = desk.get(f"/groups/?number_min={first}&number_max={first}").content.decode()
    assert names(html) == ["B 二"]
    assert f"<span>编号</span>{first} 至 {first}" in html


def test_a_tab_shows_its_count_whatever_is_filtered(desk: Client, groups: list[Group]) -> None:
    html = desk.get("/groups/?tab=a&name=三").content.decode()
    assert names(html) == ["A 三"]
    assert 'aria-current="page">A 组<small>2</small>' in html


def test_search_narrows_by_every_word(desk: Client, groups: list[Group]) -> None:
    assert names(desk.get("/groups/?q=A 三").content.decode()) == ["A 三"]


def test_nothing_found_is_said_as_filtered_and_no_rows_as_empty(desk: Client, groups: list[Group]) -> None:
    assert "没有符合筛选的记录" in desk.get("/groups/?q=没有").content.decode()
    Group.objects.all().delete()
    assert "没有小组" in desk.get("/groups/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "sort=__class__",
        "sort=permissions__content_type__app_label",
        "sort=-",
        "page=99999999999999999999",
        "page=-1",
        "page=²",
        "page=abc",
        "tab=nothing",
        "tab=__all__",
        "kind=garbage",
        "kind=99999999999999999999",
        "number_min=abc&number_max=zzz",
        "number_min=1e999",
        "name=%00",
        "q=%00%00",
        "q=" + "x" * 5000,
        "export=exe",
        "columns=__class__,pk.__class__",
        "columns=,,,",
        "columns=<script>alert(1)</script>,due_on",
        "view=999999999999999999999",
        "view=<script>alert(1)</script>",
        "name[$ne]=1&name=<script>alert(1)</script>",
    ],
)
def test_hostile_parameters_never_break_the_list(desk: Client, groups: list[Group], query: str) -> None:
    answer = desk.get(f"/groups/?{query}")
    # A NUL byte may be turned away at the door, before any page sees it.
    assert answer.status_code == (400 if "%00" in query else 200)
    assert "<script>alert" not in answer.content.decode()


def test_a_filter_that_cannot_be_understood_says_so(desk: Client, groups: list[Group]) -> None:
    html = desk.get("/groups/?kind=garbage").content.decode()
    assert "“garbage”看不懂，没有用" in html
    assert names(html) == ["A 一", "A 三", "B 二"]


def test_a_page_number_beyond_the_end_is_the_last_page(desk: Client, db: None) -> None:
    Group.objects.bulk_create(Group(name=f"组 {number:03}") for number in range(120))
    html = desk.get("/groups/?page=99999999").content.decode()
    assert names(html)[0] == "组 100"
    assert "第 101–120 个，共 120 个" in html
    assert 'rel="next"' not in html


def test_the_sheet_holds_what_the_list_holds_and_no_formula(desk: Client, groups: list[Group]) -> None:
    Group.objects.create(name='=HYPERLINK("http://x","点")')
    Group.objects.create(name="+1\x08号")
    answer = desk.get("/groups/?export=xlsx&sort=name")
    assert answer["Content-Disposition"].startswith("attachment")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["等级", "名称", "编号", "期限", "状态"]
    cells = [row[1] for row in rows[1:]]
    assert sorted(cells) == sorted(["A 一", "A 三", "B 二", '=HYPERLINK("http://x","点")', "+1号"])
    assert rows[1][3] == own.TODAY

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def heads(html: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)', html)


def test_the_address_chooses_the_columns_and_whatever_it_does_not_know_chooses_nothing(
    desk: Client, groups: list[Group]
) -> None:
    everything = ["等级", "名称", "编号", "期限", "状态"]
    assert heads(desk.get("/groups/").content.decode()) == everything
    assert heads(desk.get("/groups/?columns=nonsense").content.decode()) == everything
    some = desk.get("/groups/?columns=due_on,severity,nonsense&tab=all").content.decode()
    assert heads(some) == ["等级", "名称", "期限"], "in the list's own order, and the name of the row always stays"
    assert 'href="?columns=due_on%2Cseverity%2Cnonsense&amp;tab=a"' in some, "a tab keeps the columns"
    assert re.search(r'value="severity" checked', some)
    assert re.search(r'value="state">', some)


def test_boxes_of_the_menu_become_one_short_address(desk: Client, groups: list[Group]) -> None:
    answer = desk.get("/groups/?q=A&columns=name&columns=pk")
    assert (answer.status_code, answer["Location"]) == (302, "?q=A&columns=name%2Cpk")
    boxes = "&".join(f"columns={key}" for key in ("name", "severity", "pk", "due_on", "state"))
    assert desk.get(f"/groups/?tab=a&{boxes}")["Location"] == "?tab=a"


def sheet_of(answer: Any) -> list[list[Any]]:
    data = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_the_sheet_holds_the_chosen_columns(desk: Client, groups: list[Group]) -> None:
    assert sheet_of(desk.get("/groups/?export=xlsx&columns=pk,due_on"))[0] == ["名称", "编号", "期限"]
    picked = desk.post("/groups/?columns=state", {"bulk": "export", "pick": [groups[1].pk]})
    assert sheet_of(picked)[0] == ["名称", "状态"]


def test_a_bulk_action_touches_only_rows_that_the_person_may_see(desk: Client, groups: list[Group]) -> None:
    own.reminded.clear()
    answer = desk.post("/groups/", {"bulk": "remind", "pick": [*(group.pk for group in groups), "x", "9" * 30]})
    assert answer.status_code == 302
    assert sorted(own.reminded) == ["A 一", "A 三", "B 二"]


def test_a_refused_bulk_action_says_why(desk: Client, groups: list[Group]) -> None:
    bad = Group.objects.create(name="拒绝")
    answer = desk.post("/groups/", {"bulk": "remind", "pick": [bad.pk]})
    assert answer.status_code == 422
    assert "这个不能催办" in answer.content.decode()


def test_only_picked_rows_are_exported(desk: Client, groups: list[Group]) -> None:
    answer = desk.post("/groups/", {"bulk": "export", "pick": [groups[1].pk, groups[3].pk]})
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["A 一"]


def test_the_anonymous_are_sent_to_sign_in(desk: Client, groups: list[Group]) -> None:
    desk.logout()
    answer = desk.get("/groups/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    assert desk.get("/groups/", **PART)["HX-Redirect"] == "/account/login/"


def test_a_list_page_needs_few_queries(desk: Client, groups: list[Group], django_assert_max_num_queries: Any) -> None:
    desk.get("/groups/")
    with django_assert_max_num_queries(7):
        desk.get("/groups/?tab=a&name=一&sort=name")


def test_the_answers_are_not_mixed_up_by_a_cache(desk: Client, groups: list[Group]) -> None:
    answer = desk.get("/groups/")
    assert "HX-Request" in answer["Vary"]
    assert "private" in answer["Cache-Control"]
