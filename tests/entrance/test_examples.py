"""Every example really imports, in the order of the steps, and brings a new house to its first round."""

import io
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.entrance.test_home import desk
from tests.entrance.test_start import settled
from tests.factories.people import bureau, centre, company, person
from wolong.entrance.start.examples import EXAMPLES
from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.actions import add_area
from wolong.estate.places.models import ImportJob, OfficeArea, Place
from wolong.estate.places.states import ImportState
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.ground.workdays.actions import seed_calendar
from wolong.ground.workdays.queries import now
from wolong.loop.duties.actions import adopt_standard
from wolong.loop.duties.models import Duty
from wolong.loop.plans.actions import compile_month
from wolong.loop.plans.models import CheckItem
from wolong.norms.standards.models import Edition, ScoringSheet, Standard
from wolong.norms.standards.states import EditionState

pytestmark = pytest.mark.django_db


def example(client: Client, kind: str) -> bytes:
    answer: Any = client.get(reverse("start-example", args=[kind]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def given(client: Client, name: str, args: list[str], data: bytes, **more: Any) -> HttpResponse:
    file = SimpleUploadedFile(f"示例{'.zip' if data[:2] == b'PK' and b'.md' in data else '.xlsx'}", data)
    answer = client.post(reverse(name, args=args), {"file": file, **more})
    assert answer.status_code in {200, 302}, answer.content.decode()[:4000]
    return answer  # type: ignore[return-value]


@pytest.fixture
def admin() -> Person:
    return person(Role.ADMINISTRATOR, bureau())


def set_up(admin: Person) -> OfficeArea:
    """The steps up to the standards, with nothing but the examples."""
    client = desk(admin)
    given(client, "start-sheet", ["units"], example(client, "units"))
    shown: Any = given(client, "start-sheet", ["people"], example(client, "people"))
    assert len(shown.context["passwords"]) == 8
    head = settled("sl-zhuren")
    area = add_area(code="JIA", name="甲办公区", centre=head.organization, by=admin, at=now())
    keeper = desk(head)
    for kind in ("places", "equipment"):
        given(keeper, "places:upload", [], example(keeper, kind), kind=kind, area=area.pk)
        job = ImportJob.objects.latest("pk")
        assert job.state == ImportState.READY, job.faults or job.sentence
        keeper.post(reverse("places:confirm", args=[job.pk]))
    given(keeper, "start-sheet", ["lines"], example(keeper, "lines"))
    return area


def test_the_examples_lead_from_nothing_to_a_month_of_checks(admin: Person) -> None:
    area = set_up(admin)
    assert (Place.objects.count(), Equipment.objects.count(), ServiceLine.objects.count()) == (13, 2, 4)
    writer = desk(settled("sl-biaozhun"))
    texts = SimpleUploadedFile("示例.zip", example(writer, "texts"))
    shown: Any = writer.post(reverse("standards:draft_many"), {"files": [texts]})
    assert shown.context["drafted"] == 2, shown.context["texts"]
    given(writer, "standards:bring_sheet", [], example(writer, "sheet"), service="保洁")
    sheet = ScoringSheet.objects.get()
    assert (sheet.total, sheet.rows.count()) == (100, 7)
    head = Person.objects.get(account="sl-zhuren")
    page = desk(head).get(reverse("start")).content.decode()
    assert "审定并实施 2 项" in page
    desk(head).post(reverse("start-approve"))
    assert Edition.objects.filter(state=EditionState.IN_FORCE).count() == 2
    seed_calendar(at=now())
    for standard in Standard.objects.all():
        adopt_standard(area=area, standard=standard, by=head, at=now())
    assert Duty.objects.count() == 4, "two clauses on the room, two on the gate"
    compile_month(area=area, month=now().date().replace(day=1), by=head, at=now())
    assert CheckItem.objects.exists()


def test_an_example_brought_twice_changes_nothing(admin: Person) -> None:
    set_up(admin)
    counts = (Organization.objects.count(), Person.objects.count(), Place.objects.count())
    client = desk(admin)
    for kind in ("units", "people"):
        given(client, "start-sheet", [kind], example(client, kind))
    assert (Organization.objects.count(), Person.objects.count(), Place.objects.count()) == counts


def test_the_pattern_of_a_text_is_a_shipped_standard(admin: Person) -> None:
    client = desk(person(Role.STANDARDS, bureau()))
    assert example(client, "text").decode().startswith("---\n标准号: Q/WLS")
    assert any(settings.LIBRARY.rglob("*.md"))
    assert set(EXAMPLES) == {"units", "people", "places", "equipment", "lines", "sheet", "texts", "text"}


@pytest.mark.parametrize("kind", [*EXAMPLES, "nichts"])
def test_an_example_is_for_who_may_do_the_step(kind: str) -> None:
    for role, unit in ((Role.SUPPLIER_MANAGER, company()), (Role.INSPECTOR, centre())):
        assert desk(person(role, unit)).get(reverse("start-example", args=[kind])).status_code in {403, 404}
    assert desk(person(Role.ADMINISTRATOR, bureau())).get("/start/examples/nichts/").status_code == 404


GOOD = "---\n标准号: Q/JIA {n}—2026\n名称: 甲要求{n}\n层级: 企业\n实施: 2026-01-01\n---\n\n# 甲\n\n## 4 要求\n\n4.1 地面应干净。\n> 检查:查看\n"


def packed(files: dict[str, bytes]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("标准.zip", out.getvalue())


def sent(*files: SimpleUploadedFile) -> Any:
    return desk(person(Role.STANDARDS, bureau())).post(reverse("standards:draft_many"), {"files": list(files)})


def test_good_texts_are_drafted_bad_ones_named_by_line() -> None:
    bad = GOOD.format(n=2).replace("检查:查看", "检查:看看")
    answer = sent(
        SimpleUploadedFile("一.md", GOOD.format(n=1).encode()),
        SimpleUploadedFile("二.md", bad.encode()),
        packed({"夹/三.md": GOOD.format(n=3).encode(), "夹/四.md": GOOD.format(n=4).encode("gb18030"), "五.docx": b"PK",
                "__MACOSX/._三.md": b"\0"}),
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 200
    assert set(Edition.objects.values_list("number", flat=True)) == {"Q/JIA 1—2026", "Q/JIA 3—2026"}
    assert Edition.objects.filter(state=EditionState.DRAFT).count() == 2
    assert "第 13 行" in page
    assert "不是 UTF-8 文字" in page
    assert "不是 .md 文件" in page
    again = sent(
        SimpleUploadedFile("一.md", GOOD.format(n=1).encode()), SimpleUploadedFile("二.md", GOOD.format(n=2).encode())
    )
    assert (again.context["drafted"], again.context["known"]) == (1, 1)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "请"), ([SimpleUploadedFile("a.xlsx", b"PK")], "没有 .md 文件"), ([SimpleUploadedFile("a.zip", b"PK broken")], "打不开"),
        ([SimpleUploadedFile("a.md", b"x" * (8 * 1024 * 1024 + 1))], "超过 8 MB"), ([packed({f"{n}.md": b"x" for n in range(201)})], "一次最多 200"),
        ([packed({"bomb.md": b"0" * (8 * 1024 * 1024 + 1)})], "解开后太大"), ([SimpleUploadedFile("a.md", b"")], ""),
    ],
    ids=["nothing", "no text", "no zip", "big", "many", "bomb", "empty"],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_words(files: list[SimpleUploadedFile], words: str) -> None:
    for file in files:
        file.seek(0)
    answer = sent(*files)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize("role", [Role.SUPPLIER_MANAGER, Role.INSPECTOR])
def test_texts_are_for_who_drafts(role: Role) -> None:
    client = desk(person(role, company() if role == Role.SUPPLIER_MANAGER else centre()))
    file = SimpleUploadedFile("一.md", GOOD.format(n=1).encode())
    assert client.post(reverse("standards:draft_many"), {"files": [file]}).status_code in {403, 404}
    assert not Edition.objects.exists()
