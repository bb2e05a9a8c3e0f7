import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from wolong.ground.pages.registries import panels, thread
from wolong.ground.pages.registries.thread import Bead, Stage

pytestmark = pytest.mark.usefixtures("empty_registries")
INLINE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "wl-act"}


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(name="旧名")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_a_person_may_not_see_is_not_there(desk: Client, db: None) -> None:
    hidden = Group.objects.create(name="别人的")
    absent = desk.get("/groups/999999/")
    foreign = desk.get(f"/groups/{hidden.pk}/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert re.sub(r"\d+", "", text_of(foreign)) == re.sub(r"\d+", "", text_of(absent))
    assert desk.post(f"/groups/{hidden.pk}/rename/", {"name": "偷改"}).status_code == 404


def test_a_thing_shows_its_facts_its_thread_and_what_is_next(desk: Client, group: Group) -> None:
    html = text_of(desk.get(f"/groups/{group.pk}/"))
    assert "等待您改名" in html
    assert "现在叫 旧名" in html
    assert "0.3 mg/m³" in html
    assert "待核" in html
    assert html.count('class="wl-bead"') == 9
    assert '<li class="wl-here" aria-current="step">' in html


def test_no_page_has_inline_style_or_script(desk: Client, group: Group) -> None:
    for path in ("/groups/", f"/groups/{group.pk}/", f"/groups/{group.pk}/rename/", "/gallery/", "/search/?q=x"):
        html = text_of(desk.get(path))
        assert " style=" not in html, path
        assert re.search(r"<script(?![^>]*\bsrc=)", html) is None, path
        assert re.search(r"\son\w+=", html) is None, path


def test_a_failed_panel_says_so_in_its_frame_and_the_page_stays(desk: Client, group: Group) -> None:
    def broken(request: Any, subject: Any) -> panels.PanelContent:
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM auth_group")
        raise AssertionError("unreachable")

    panels.register("group", panels.Panel(key="broken", title="坏的", order=1, render=broken))
    panels.register(
        "group",
        panels.Panel(
            key="good",
            title="好的",
            order=2,
            render=lambda request, subject: panels.PanelContent("pages/_skeleton.html"),
        ),
    )
    panels.register("group", panels.Panel(key="none", title="没有的", order=3, render=lambda request, subject: None))
    panels.register(
        "group", panels.Panel(key="shut", title="不给看", order=4, may=lambda request: False, render=lambda r, s: 1 / 0)
    )
    html = text_of(desk.get(f"/groups/{group.pk}/"))
    assert "这一块没取到" in html
    assert re.search(r"编号 [0-9A-F]{4}", html)
    assert "好的" in html
    assert "没有的" not in html
    assert "不给看" not in html


def test_a_panel_can_be_asked_for_again_alone(desk: Client, group: Group) -> None:
    panels.register(
        "group",
        panels.Panel(
            key="good", title="好的", order=2, render=lambda r, s: panels.PanelContent("pages/_skeleton.html")
        ),
    )
    html = text_of(desk.get(f"/groups/{group.pk}/?panel=good", HTTP_HX_REQUEST="true"))
    assert html.startswith('<section class="wl-panel" id="wl-panel-good">')
    assert desk.get(f"/groups/{group.pk}/?panel=other", HTTP_HX_REQUEST="true").status_code == 404


def test_the_thread_takes_beads_from_chains_and_single_stages(desk: Client, group: Group) -> None:
    thread.register_chain(Group, lambda request, subject: {Stage.CLAUSE: Bead("done", "第 5.1.2 条", "全文", "/x/")})
    thread.register(Stage.DUTY, lambda request, subject: Bead("cutoff", "2 处无人查"), subject=Group)
    thread.register(Stage.DUTY, lambda request, subject: Bead("done", "不该用"), subject=Group)
    thread.register(Stage.PLAN, lambda request, subject: Bead("done", "别的东西"), subject=date)
    html = text_of(desk.get(f"/groups/{group.pk}/"))
    assert '<a href="/x/" title="全文"><b>标准条款</b>' in html
    assert "2 处无人查" in html
    assert "不该用" not in html
    assert "别的东西" not in html


def test_a_thread_that_fails_is_left_out_never_wrong(desk: Client, group: Group) -> None:
    thread.register_chain(Group, lambda request, subject: 1 / 0)
    html = text_of(desk.get(f"/groups/{group.pk}/"))
    assert "wl-bead" not in html
    assert "等待您改名" in html


def test_a_verb_redirects_without_script(desk: Client, group: Group) -> None:
    answer = desk.post(f"/groups/{group.pk}/rename/", {"name": "改好了"})
    assert (answer.status_code, answer["Location"]) == (302, f"/groups/{group.pk}/")
    group.refresh_from_db()
    assert group.name == "改好了"


def test_a_refusal_is_shown_on_top_and_leaves_nothing_behind(desk: Client, group: Group) -> None:
    answer = desk.post(f"/groups/{group.pk}/rename/", {"name": "坏名"})
    assert answer.status_code == 422
    assert "这个名字不行" in text_of(answer)
    assert 'value="坏名"' in text_of(answer)
    group.refresh_from_db()
    assert group.name == "旧名"


def test_errors_of_the_model_stand_beside_their_fields_and_in_the_summary(desk: Client, group: Group) -> None:
    answer = desk.post(f"/groups/{group.pk}/rename/", {"name": "重名"})
    html = text_of(answer)
    assert answer.status_code == 422
    assert "有 2 处要改" in html
    assert '<a href="#id_name">新名：重名了</a>' in html
    assert "别的也错了" in html
    assert 'aria-invalid="true"' in html


def test_a_field_that_is_missing_is_said(desk: Client, group: Group) -> None:
    answer = desk.post(f"/groups/{group.pk}/rename/", {})
    assert answer.status_code == 422
    assert "有 1 处要改" in text_of(answer)


def test_who_may_not_do_it_gets_403(desk: Client, db: None) -> None:
    shut = Group.objects.create(name="不许改")
    assert desk.get(f"/groups/{shut.pk}/rename/").status_code == 403
    assert desk.post(f"/groups/{shut.pk}/rename/", {"name": "x"}).status_code == 403


def test_a_form_without_token_is_refused(group: Group, person: Any, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ground.pages.desk"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post(f"/groups/{group.pk}/rename/", {"name": "x"})
    assert answer.status_code == 403
    assert "页面放太久了" in text_of(answer)


def test_inside_a_page_the_verb_is_a_part_and_swaps_what_changed(desk: Client, group: Group) -> None:
    part = text_of(desk.get(f"/groups/{group.pk}/rename/", **INLINE))
    assert part.startswith('<section class="wl-panel wl-act"')
    answer = desk.post(f"/groups/{group.pk}/rename/", {"name": "改好了"}, **INLINE)
    html = text_of(answer)
    for part_id in ("wl-next", "wl-thread", "wl-left", "wl-history"):
        assert re.search(rf'id="{part_id}"[^>]*hx-swap-oob="true"', html), part_id
    assert "已改名" in html
    refused = desk.post(f"/groups/{group.pk}/rename/", {"name": "坏名"}, **INLINE)
    assert refused.status_code == 422
    assert "<html" not in text_of(refused)


def test_the_swapped_parts_equal_those_of_the_page(desk: Client, group: Group) -> None:
    """Full reload equals old page plus fragment."""
    swapped = text_of(desk.post(f"/groups/{group.pk}/rename/", {"name": "改好了"}, **INLINE))
    page = text_of(desk.get(f"/groups/{group.pk}/"))
    for part in re.findall(r"<section.*?</section>|<nav.*?</nav>", swapped, flags=re.DOTALL):
        assert part.replace(' hx-swap-oob="true"', "") in page


def test_a_detail_page_needs_few_queries(desk: Client, group: Group, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        desk.get(f"/groups/{group.pk}/")
