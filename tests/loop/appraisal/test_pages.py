"""The pages of appraisal: who sees what, and what a form answers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests.factories.appraisal import AFTER, checked, contracted, found, opened, presented, sheet_of
from tests.factories.findings import World, at, world
from tests.loop.rectification.desk import desk
from wolong.loop.appraisal import actions
from wolong.loop.appraisal.models import Period, Scheme, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def after() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_sheet_opens_down_to_each_finding(here: World, after: None) -> None:
    sheet, finding = sheet_of(presented(here)), here.line.findings.get()
    page = text_of(desk(here.head).get(sheet.get_absolute_url()))
    for words in ("98.00 分是怎么来的", "优秀", finding.title, finding.get_absolute_url(), "30,000.00", "叁万元整",
                  "不是行政处罚", "未检查", "30 % 不计入", "数据 01-04"):  # fmt: skip
        assert words in page, words


def test_an_open_quarter_shows_todays_interim_and_its_months(here: World) -> None:
    sheet = sheet_of(opened(here))
    checked(here)
    found(here)
    with time_machine.travel(at("2026-11-24"), tick=False):
        page = text_of(desk(here.head).get(sheet.get_absolute_url()))
        october = text_of(desk(here.head).get(f"{sheet.get_absolute_url()}?month=2026-10"))
        odd = desk(here.head).get(f"{sheet.get_absolute_url()}?month=2031-99")
    assert "98.00 分是怎么来的" in page
    assert "截至今天" in page
    assert "未检查不等于满分" in october
    assert odd.status_code == 200


def test_a_company_sees_its_own_sheet_and_no_other(here: World, after: None) -> None:
    other = world("BJX", name="北京西路办公区", bureau=here.centre.parent)
    contracted(other)
    mine, theirs = sheet_of(presented(here)), sheet_of(presented(other))
    manager = desk(here.manager)
    assert "98.00" in text_of(manager.get(mine.get_absolute_url()))
    listed = text_of(manager.get(f"{reverse('appraisal:list')}?tab=all"))
    assert "示例物业公司BJX" not in listed
    for name in ("sheet", "data", "paper", "state", "confirm"):
        assert manager.get(reverse(f"appraisal:{name}", args=[theirs.pk])).status_code == 404
    for address in (mine.period.get_absolute_url(), reverse("appraisal:schemes"), mine.scheme.get_absolute_url()):
        assert manager.get(address).status_code in (403, 404)


def test_the_chair_presents_answers_and_closes_on_the_pages(here: World, after: None) -> None:
    period = opened(here)
    found(here)
    chair, manager = desk(here.centre_head), desk(here.manager)
    assert "等待您提出结果" in text_of(chair.get(period.get_absolute_url()))
    assert chair.post(reverse("appraisal:present", args=[period.pk])).status_code == 302
    sheet, finding = sheet_of(period), here.line.findings.get()
    assert "等待您确认结果" in text_of(manager.get(sheet.get_absolute_url()))
    stated = manager.post(reverse("appraisal:state", args=[sheet.pk]), {"finding": finding.pk, "text": "有告示"})
    assert stated.status_code == 302
    statement = Statement.objects.get()
    assert "等待您答复" in text_of(chair.get(sheet.get_absolute_url()))
    decide = reverse("appraisal:decide", args=[statement.pk])
    assert manager.get(decide).status_code == 403
    assert chair.post(decide, {"verdict": "uphold", "reply": ""}).status_code == 422
    assert chair.post(decide, {"verdict": "uphold", "reply": "属实"}).status_code == 302
    assert "陈述已采纳，不扣分" in text_of(manager.get(sheet.get_absolute_url()))
    assert manager.post(reverse("appraisal:confirm", args=[sheet.pk])).status_code == 302
    assert chair.post(reverse("appraisal:close", args=[period.pk])).status_code == 302
    assert Period.objects.get().state == "closed"
    refused = chair.post(reverse("appraisal:close", args=[period.pk]))
    assert refused.status_code == 422
    assert "已经结账" in text_of(refused)


def test_a_finding_of_another_sheet_cannot_be_picked(here: World, after: None) -> None:
    sheet = sheet_of(presented(here))
    elsewhere = found(here, when=at("2027-01-02"))
    answer = desk(here.manager).post(
        reverse("appraisal:state", args=[sheet.pk]), {"finding": elsewhere.pk, "text": "不服"}
    )
    assert answer.status_code == 422
    assert not Statement.objects.exists()


def test_who_has_something_to_do_finds_it_among_the_things_to_do(here: World, after: None) -> None:
    period = presented(here)
    page = text_of(desk(here.manager).get("/"))
    assert "考评结果，或作陈述" in page
    actions.confirm_sheet(sheet=sheet_of(period), by=here.manager, at=AFTER)
    assert "可以结账了" in text_of(desk(here.centre_head).get("/"))


def test_the_exported_data_and_the_paper(here: World, after: None) -> None:
    sheet = sheet_of(presented(here))
    head = desk(here.head)
    data = json.loads(head.get(reverse("appraisal:data", args=[sheet.pk])).content)
    assert data["result"]["score"] == "98.00"
    paper = head.get(reverse("appraisal:paper", args=[sheet.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_replaying_on_the_page_says_whether_it_is_the_same(here: World, after: None) -> None:
    sheet = sheet_of(presented(here))
    assert "重算，结果一致" in text_of(desk(here.head).get(f"{sheet.get_absolute_url()}?replay=1"))


def rows_of(scheme: Scheme, **changes: str) -> dict[str, str]:
    """The form of a scheme as the page shows it, with changes."""
    table = scheme.content
    given = {f"share_{part.key}": str(part.share) for part in table.parts} | {"repeat": "2"}
    for number, one in enumerate(table.chapters):
        given |= {f"chapter_{number}_name": one.name, f"chapter_{number}_weight": str(one.weight)}
        given[f"chapter_{number}_lines"] = "、".join(one.lines)
    for number, band in enumerate(table.bands):
        given |= {f"band_{number}_name": band.name, f"band_{number}_low": str(band.low)}
        given[f"band_{number}_pay"] = str(band.pay)
    return {**given, **changes}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"chapter_0_weight": "14"}, "合计是 99"),
        ({"band_5_low": "10"}, "没有等次"),
        ({"band_1_low": "95"}, "重叠"),
        ({"chapter_0_lines": ""}, "没有填全"),
        ({"chapter_0_weight": "NaN"}, ""),
        ({"chapter_0_weight": "1e400"}, ""),
        ({"chapter_1_lines": "前台"}, "归到了两章"),
        ({"repeat": ""}, ""),
        ({}, "没有改动"),
    ],
)
def test_a_wrong_scheme_is_answered_in_words_and_nothing_is_stored(
    here: World, changes: dict[str, str], words: str
) -> None:
    scheme = sheet_of(opened(here)).scheme
    address = reverse("appraisal:revise_scheme", args=[scheme.pk])
    answer = desk(here.centre_head).post(address, rows_of(scheme, **changes))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Scheme.objects.filter(name=scheme.name).count() == 1


def test_a_revised_scheme_is_the_next_version(here: World) -> None:
    scheme = sheet_of(opened(here)).scheme
    address = reverse("appraisal:revise_scheme", args=[scheme.pk])
    changes = {"chapter_0_weight": "14", "chapter_1_weight": "11"}
    assert desk(here.centre_head).post(address, rows_of(scheme, **changes)).status_code == 302
    assert desk(here.head).get(address).status_code == 403
    newest = Scheme.objects.filter(name=scheme.name).order_by("-version").first()
    assert newest is not None
    assert newest.version == 2
    assert "14" in text_of(desk(here.head).get(newest.get_absolute_url()))


def test_opening_a_quarter_on_the_page(here: World) -> None:
    with time_machine.travel(at("2026-11-24"), tick=False):
        chair = desk(here.centre_head)
        address = reverse("appraisal:open")
        assert "2026 年第 3 季度" in text_of(chair.get(address))
        assert chair.post(address, {"area": here.area.pk, "day": "2019-01-01"}).status_code == 422
        assert chair.post(address, {"area": here.area.pk, "day": "2026-10-01"}).status_code == 302
        assert chair.post(address, {"area": here.area.pk, "day": "2026-10-01"}).status_code == 422
        assert desk(here.head).get(address).status_code == 403
    assert Period.objects.count() == 1
