"""People and units from sheets: shown before it is done, all of it or nothing, nobody removed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import people
from wolong.entrance.roster.columns import PASSWORDS, PEOPLE, UNITS
from wolong.entrance.roster.people import SOURCE as ROSTER
from wolong.entrance.roster.units import SOURCE as TREE
from wolong.estate.places import actions
from wolong.estate.places.models import ImportJob
from wolong.estate.places.states import ImportState
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import read_sheet, write_sheet
from wolong.ground.people.models import Grant, Organization, Person
from wolong.ground.people.states import Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEAD = "账号,姓名,单位,岗位,电话,角色,在哪个单位,从哪天起,最后一天"


@pytest.fixture
def admin() -> Person:
    bureau = people.bureau(short_name="省局")
    people.section(
        "物业管理科",
        parent=people.centre("卧龙山办公区服务中心", parent=bureau, short_name="卧龙山中心"),
        short_name="物业科",
    )
    people.section(
        "物业管理科", parent=people.centre("东区服务中心", parent=bureau, short_name="东区中心"), short_name="物业科"
    )
    people.company("示例物业服务有限公司", short_name="示例物业")
    return people.administrator(bureau, account="admin")


def csv(*lines: str, head: str = HEAD) -> str:
    return "\r\n".join([head, *lines]) + "\r\n"


def take(by: Person, data: bytes, kind: str = "people") -> ImportJob:
    job = actions.receive_import(kind=kind, area=None, data=data, file_name="名单.csv", by=by, at=AT)
    return actions.read_import(job=job, at=AT)


def bring(by: Person, data: bytes, kind: str = "people") -> ImportJob:
    job = take(by, data, kind)
    assert job.state == ImportState.READY, (job.sentence, job.faults)
    job = actions.apply_import(job=actions.confirm_import(job=job, by=by, at=AT), at=AT)
    assert job.state == ImportState.DONE, job.sentence
    return job


def faults(by: Person, *lines: str) -> list[tuple[int, str, str]]:
    job = take(by, csv(*lines).encode())
    assert job.state == ImportState.REJECTED
    return [(line, column, sentence) for line, column, _cell, sentence in job.faults]


ROWS = (
    "zhou.gong,周某,卧龙山中心/物业科,巡查员,13800000000,巡查员,,2026-01-01,2099-12-31",
    "zhou.gong,周某,卧龙山中心/物业科,,,考评员,卧龙山中心,,",
    "zhao,赵某,示例物业,经理,,供应商经理,,,",
    "liu,刘某,省局,,,,,,",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_list_in_any_usual_encoding_is_shown_then_written(admin: Person, encoding: str) -> None:
    job = take(admin, csv(*ROWS).encode(encoding))
    assert job.counts == {"new": 3, "changed": 1, "unchanged": 0, "faults": 0, "left_off": 0, "absent": 1}
    assert not Person.objects.filter(account="liu").exists()
    job = actions.apply_import(job=actions.confirm_import(job=job, by=admin, at=AT), at=AT)
    assert job.state == ImportState.DONE
    person = Person.objects.get(account="zhou.gong")
    assert (person.name, str(person.organization), person.post, person.phone) == (
        "周某",
        "物业科",
        "巡查员",
        "13800000000",
    )
    assert person.organization.parent
    assert person.organization.parent.short_name == "卧龙山中心"
    held = {(grant.role, grant.organization.short_name, grant.last_day) for grant in person.grants.all()}
    assert held == {("inspector", "物业科", date(2099, 12, 31)), ("assessor", "卧龙山中心", None)}
    assert not person.has_usable_password()
    assert Entry.objects.filter(subject_kind="people.person", subject_id=person.pk).count() == 3
    assert Entry.objects.get(verb="import_person", subject_id=person.pk).payload == {"sha256": job.sha256}


def test_an_xlsx_does_the_same_and_a_second_time_nothing(admin: Person) -> None:
    given = {"account": "liu", "name": "刘某", "unit": "省局", "role": Role.LEADER, "until": date(2099, 1, 1)}
    data = write_sheet(PEOPLE, [given], name="人员")
    bring(admin, data)
    again = take(admin, data)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 1, "faults": 0, "left_off": 0, "absent": 1} or (
        again.state == ImportState.REJECTED
    )


def test_what_is_exported_comes_back_without_a_change(admin: Person) -> None:
    bring(admin, csv(*ROWS).encode())
    again = take(admin, write_sheet(PEOPLE, list(ROSTER.standing(None)), name="人员"))
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 5, "faults": 0, "left_off": 0}
    units = take(admin, write_sheet(UNITS, list(TREE.standing(None)), name="单位"), "organizations")
    assert units.counts == {"new": 0, "changed": 0, "unchanged": 6, "faults": 0, "left_off": 0}


def test_a_changed_person_is_shown_with_what_stood_and_empty_cells_change_nothing(admin: Person) -> None:
    bring(admin, csv(*ROWS).encode())
    job = take(admin, csv("ZHOU.GONG,周某某,东区中心/物业科,,,,,,").encode())
    (shown,) = [row for row in job.preview if row["what"] == "changed"]
    assert shown["differences"] == [["姓名", "周某", "周某某"], ["单位", "物业科", "物业科"]]
    actions.apply_import(job=actions.confirm_import(job=job, by=admin, at=AT), at=AT)
    person = Person.objects.get(account="zhou.gong")
    assert (person.name, person.post, person.phone) == ("周某某", "巡查员", "13800000000")
    assert person.organization.parent
    assert person.organization.parent.short_name == "东区中心"
    assert person.pinyin_key.startswith("zhou")


def test_whoever_is_not_in_the_list_is_named_and_left_alone(admin: Person) -> None:
    stays = people.person("inspector", admin.organization, name="留下的人", account="stays")
    job = bring(admin, csv(ROWS[3]).encode())
    assert job.counts["absent"] == 2
    assert {row["name"] for row in job.preview if row["what"] == "absent"} == {"留下的人", admin.name}
    stays.refresh_from_db()
    assert stays.is_active
    assert stays.grants.get().is_open


@pytest.mark.parametrize(
    ("lines", "column", "words"),
    [
        (["x,某,省局,,,,,,"], "账号", "2 至 60 个字母"),
        (["张三,某,省局,,,,,,"], "账号", "2 至 60 个字母"),
        (["aa,,省局,,,,,,"], "姓名", "必填"),
        (["aa,某,没有的科,,,,,,"], "单位", "没有单位"),
        (["aa,某,物业科,,,,,,"], "单位", "写成“上级/简称”"),
        (["aa,某,省局,,,皇帝,,,"], "角色", "不在可选项里"),
        (["aa,某,省局,,,供应商经理,,,"], "角色", "只授予在供应商"),
        (["aa,某,示例物业,,,局领导,省局,,"], "角色", "不能担任"),
        (["aa,某,省局,,,巡查员,,2026-12-02,2026-12-01"], "最后一天", "早于第一天"),
        (["aa,某,省局,,,巡查员,,明天,"], "从哪天起", "不是日期"),
        (["aa,某,省局,,,,省局,,"], "角色", "没有写角色"),
        (["aa,某,省局,,,巡查员,,,", "AA,某,省局,,,巡查员,,,"], "角色", "重复"),
        (["aa,甲,省局,,,,,,", "aa,乙,省局,,,巡查员,,,"], "姓名", "第 3 行"),
        (["off,某,省局,,,,,,"], "账号", "已停用"),
        (["held,某,省局,,,巡查员,,2026-01-01,2099-01-01"], "从哪天起", "已有这个授权"),
        (["held,某,示例物业,,,,,,"], "单位", "不能换单位"),
    ],
)
def test_an_error_is_named_by_row_and_cell_and_nothing_is_written(
    admin: Person, lines: list[str], column: str, words: str
) -> None:
    people.person(None, admin.organization, account="off", is_active=False)
    people.person("inspector", admin.organization, account="held")
    before = (Person.objects.count(), Grant.objects.count())
    found = faults(admin, ROWS[3], *lines)
    assert (found[0][1], words in found[0][2]) == (column, True), found
    assert found[0][0] in {3, 4}
    assert (Person.objects.count(), Grant.objects.count()) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (HEAD.encode(), "没有一行"),
        (b"a,b\n1,2\n", "列名"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "不是"),
        (csv('"aa,某,省局').encode(), "引号"),
        (("账号,姓名,单位\n" + "x,y,z\n" * 50_001).encode(), "50000"),
    ],
)
def test_what_is_no_such_list_is_refused(admin: Person, data: bytes, words: str) -> None:
    if not data:
        with pytest.raises(Refused, match=words):
            take(admin, data)
        return
    job = take(admin, data)
    assert job.state == ImportState.REJECTED
    assert words in job.sentence


def test_what_changed_since_it_was_shown_stops_the_whole(admin: Person) -> None:
    job = actions.confirm_import(job=take(admin, csv(*ROWS).encode()), by=admin, at=AT)
    people.person(None, admin.organization, account="Zhao", is_active=False)
    job = actions.apply_import(job=job, at=AT)
    assert job.state == ImportState.REJECTED
    assert not Person.objects.filter(account="liu").exists()


def test_formulas_and_markup_in_cells_stay_words(admin: Person) -> None:
    bring(admin, csv("evil,=1+1<script>,省局,,,,,,").encode())
    client = Client()
    client.force_login(admin)
    page = client.get("/people/").content.decode()
    assert "=1+1&lt;script&gt;" in page


UNIT_HEAD = "简称,全称,性质,上级"


def test_units_are_added_with_those_above_in_any_order_and_renamed(admin: Person) -> None:
    lines = (
        "新科,新的一科,事业单位,新中心",
        "新中心,,事业单位,省局",
        "东区中心,东区机关服务中心,事业单位,",
        "示例电梯,示例电梯有限公司,供应商,",
    )
    job = bring(admin, csv(*lines, head=UNIT_HEAD).encode("gbk"), "organizations")
    assert (job.counts["new"], job.counts["changed"]) == (3, 1)
    made = Organization.objects.get(short_name="新科")
    assert made.parent
    assert made.parent.name == "新中心"
    assert made.path
    assert made.path.startswith(admin.organization.path or "?")
    assert Organization.objects.get(short_name="东区中心").name == "东区机关服务中心"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["新科,,事业单位,没有的"], "没有单位"),
        (["新科,,供应商,省局"], "互为上下级"),
        (["东区中心,,供应商,"], "性质不能改"),
        (["东区中心,,事业单位,卧龙山中心"], "不能换上级"),
        (["物业科,,事业单位,"], "上级/简称"),
        (["甲科,,事业单位,乙科", "乙科,,事业单位,甲科"], "自己的上级"),
        (["甲科,,事业单位,甲科"], "单位"),
        (["甲科,,事业单位,", "甲科,,事业单位,"], "已经出现过"),
    ],
)
def test_a_unit_that_can_not_be_is_named_and_nothing_is_written(admin: Person, lines: list[str], words: str) -> None:
    count = Organization.objects.count()
    job = take(admin, csv(*lines, head=UNIT_HEAD).encode(), "organizations")
    assert job.state == ImportState.REJECTED
    assert any(words in fault[3] for fault in job.faults), job.faults
    assert Organization.objects.count() == count


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_administrator_brings_a_list_on_the_page_and_hands_out_passwords_once(
    admin: Person, tmp_path: Any, settings: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    client = signed_in(admin)
    assert "/places/imports/upload/?kind=people" in client.get("/people/").content.decode()
    file = SimpleUploadedFile("名单.csv", csv(*ROWS).encode("gbk"))
    answer = client.post("/places/imports/upload/", {"kind": "people", "file": file})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "确认后新增 3，修改 1" in page
    assert "不在表里的，不会动" in page
    assert client.post(f"{answer['Location']}confirm/").status_code == 302
    job = ImportJob.objects.get()
    assert f"/roster/{job.pk}/passwords/" in client.get(answer["Location"]).content.decode()
    given = client.post(f"/roster/{job.pk}/passwords/")
    assert given["Content-Type"].endswith("sheet")
    assert "no-store" in given["Cache-Control"]
    rows = {row.values["account"]: row.values["password"] for row in read_sheet(given.content, PASSWORDS).rows}
    assert set(rows) == {"zhou.gong", "zhao", "liu"}
    again = client.post(f"/roster/{job.pk}/passwords/")
    assert again.status_code == 422
    assert "都有密码了" in again.content.decode()
    fresh = Client()
    assert fresh.post("/account/login/", {"login": "zhao", "password": rows["zhao"]}).status_code == 302
    assert fresh.get("/inbox/")["Location"] == "/account/password/"
    kept = Person.objects.get(account="zhao").password
    assert not kept.startswith("pbkdf2")  # hashed anew at the first sign-in
    assert rows["zhao"] not in str(list(Entry.objects.values()))


def test_templates_are_there_to_download(admin: Person) -> None:
    client = signed_in(admin)
    for kind in ("people", "organizations"):
        empty = client.get(f"/places/imports/template/{kind}.xlsx")
        filled = client.get(f"/places/imports/template/{kind}.xlsx?filled=1")
        assert read_sheet(empty.content, PEOPLE if kind == "people" else UNITS).rows == []
        assert read_sheet(filled.content, PEOPLE if kind == "people" else UNITS).rows


def test_nobody_but_the_administrator_brings_people(admin: Person, tmp_path: Any, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path
    job = bring(admin, csv(*ROWS).encode())
    head = people.person("centre_head", Organization.objects.get(short_name="卧龙山中心"))
    company = people.person("supplier_manager", Organization.objects.get(short_name="示例物业"))
    for somebody, none in ((head, 404), (company, 404)):
        client = signed_in(somebody)
        assert client.get(f"/places/imports/{job.pk}/").status_code == none
        assert client.get("/places/imports/template/people.xlsx").status_code == none
        assert client.get(f"/roster/{job.pk}/passwords/").status_code == 403
        file = SimpleUploadedFile("x.csv", csv(*ROWS).encode())
        assert client.post("/places/imports/upload/", {"kind": "people", "file": file}).status_code in {404, 422}
    assert ImportJob.objects.count() == 1


@pytest.mark.slow
def test_many_people_are_brought_by_few_questions(admin: Person, django_assert_max_num_queries: Any) -> None:
    lines = (f"p{n:05d},某{n},卧龙山中心/物业科,巡查员,,巡查员,,2026-01-01," for n in range(2000))
    with django_assert_max_num_queries(60):
        job = bring(admin, csv(*lines).encode("gbk"))
    assert job.counts["new"] == 2000
    assert Grant.objects.filter(role="inspector").count() == 2000
    with django_assert_max_num_queries(60):
        assert signed_in(admin).post(f"/roster/{job.pk}/passwords/").status_code == 200
