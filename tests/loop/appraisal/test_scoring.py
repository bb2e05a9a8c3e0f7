"""The sum of a sheet: by table, by property, and by a stranger's own program."""

import json
import subprocess
import sys
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loop.appraisal import stranger
from tests.loop.appraisal.sheets import EXAMPLE, chapter, hit, inputs
from wolong.loop.appraisal.rules.scoring import hash_of, score

Json = dict[str, Any]


def chapter_score(*findings: Json, weight: str = "15") -> str | None:
    got: str | None = score(inputs(chapter("保洁", weight, *findings)))["chapters"][0]["got"]
    return got


def test_the_example_adds_up() -> None:
    found = score(EXAMPLE)
    assert [one["got"] for one in found["chapters"]] == ["13.5", "9", "20.5", "18", "11", "4.5", None]
    assert (found["checked_weight"], found["daily"]) == ("90", "85.00")
    assert (found["score"], found["grade"]) == ("86.99", "良好")


@pytest.mark.parametrize(
    ("findings", "got"),
    [
        ([], "15"),
        ([hit(1)], "14.5"),
        ([hit(n) for n in range(3)], "13.5"),
        ([hit(n) for n in range(9)], "13"),  # the clause's cap
        ([hit(n, cap=None) for n in range(40)], "0"),  # no cap: the chapter is lost, and no more
        ([hit(1, repeat=True)], "14"),
        ([hit(n, repeat=True) for n in range(9)], "13"),  # doubled, still under the cap
        ([hit(1, per="", points="3"), hit(2, per="", points="3")], "13"),  # all or nothing, once, under the cap of 2
        ([hit(1, per="", points="3", cap=None), hit(2, per="", points="3", cap=None)], "12"),
        ([hit(1, left_out="属实")], "15"),
        ([hit(1), hit(2, ordinal=2)], "14"),
        ([hit(1, points="0")], "15"),
        ([hit(1, cap="1"), *[hit(n, cap="2") for n in range(2, 9)]], "13"),  # the widest cap
    ],
)
def test_what_a_clause_takes(findings: list[Json], got: str) -> None:
    assert chapter_score(*findings) == got


def test_a_chapter_that_nobody_checked_has_no_score_and_its_weight_goes_to_the_others() -> None:
    found = score(inputs(chapter("保洁", "60", hit(1)), chapter("绿化", "40", itemised=0)))
    assert [one["got"] for one in found["chapters"]] == ["59.5", None]
    assert (found["checked_weight"], found["daily"]) == ("60", "99.17")


def test_without_any_check_there_is_neither_score_nor_grade_nor_payment() -> None:
    paying = {"term": "第 9.2 条", "fees": [{"line": "保洁", "monthly_yuan": "100", "months": "3"}], "without_fee": []}
    found = score(inputs(chapter("保洁", "100", itemised=0), payment=paying))
    assert (found["score"], found["grade"], found["payment"]) == (None, None, None)


def test_a_part_that_was_not_looked_at_gives_its_share_to_the_others() -> None:
    found = score(inputs(chapter("保洁", "100", hit(1, points="10", cap=None)), other_parts={"joint": "70"}))
    assert found["score"] == "82.50"  # (90 × 50 + 70 × 30) ÷ 80
    assert [part["counted_share"] for part in found["parts"]] == ["62.5", "37.5", None]


def test_a_grave_finding_caps_the_grade_and_with_it_the_payment() -> None:
    paying = {"term": "第 9.2 条", "fees": [{"line": "保洁", "monthly_yuan": "100", "months": "3"}], "without_fee": []}
    grave = [{"id": 1, "number": "WT-1", "title": "困人", "why": "open"}]
    found = score(inputs(chapter("保洁", "100"), grave=grave, payment=paying))
    assert (found["score"], found["uncapped_grade"], found["grade"]) == ("100.00", "优秀", "不合格")
    assert found["payment"]["due"] == "210.00"


@pytest.mark.parametrize(
    ("taken", "grade"),
    [("5", "优秀"), ("5.01", "良好"), ("15", "良好"), ("15.01", "合格"), ("25", "合格"), ("25.01", "一般"),
     ("35", "一般"), ("35.01", "较差"), ("40", "较差"), ("40.01", "不合格"), ("100", "不合格")],
)  # fmt: skip
def test_each_edge_belongs_to_the_band_above(taken: str, grade: str) -> None:
    assert score(inputs(chapter("保洁", "100", hit(1, points=taken, cap=None))))["grade"] == grade


POINTS = st.decimals(0, 20, places=2).map(str)
FINDINGS = st.builds(
    lambda n, clause, points, per, cap, repeat, left: hit(
        n, clause=clause, points=points, per=per, cap=cap, repeat=repeat, left_out=left
    ),
    st.integers(1, 10**6), st.sampled_from(["5.1.1", "5.1.2", "5.2.1"]), POINTS, st.sampled_from(["处", "次", "项", ""]),
    st.none() | POINTS, st.booleans(), st.none() | st.just("属实"),
)  # fmt: skip
CHAPTERS = st.lists(
    st.builds(
        lambda weight, findings, itemised: chapter("章", weight, *findings, itemised=itemised),
        st.decimals("0.01", 100, places=2).map(str), st.lists(FINDINGS, max_size=8), st.integers(0, 3),
    ),
    min_size=1, max_size=7,
)  # fmt: skip
OTHERS = st.dictionaries(st.sampled_from(["joint", "satisfaction"]), st.decimals(0, 100, places=2).map(str))


@given(chapters=CHAPTERS, others=OTHERS)
def test_a_stranger_gets_the_same_figure_and_it_lies_within_the_scale(chapters: list[Json], others: Json) -> None:
    given_inputs = inputs(*chapters, other_parts=others)
    found = score(given_inputs)
    assert stranger.figure(given_inputs) == (found["score"], found["grade"])
    assert found["score"] is None or 0 <= Decimal(found["score"]) <= 100
    assert score(json.loads(json.dumps(given_inputs))) == found


@given(chapters=CHAPTERS, others=OTHERS, more=FINDINGS, data=st.data())
def test_one_more_finding_never_raises_a_score(
    chapters: list[Json], others: Json, more: Json, data: st.DataObject
) -> None:
    before = score(inputs(*chapters, other_parts=others))["score"]
    after = deepcopy(chapters)
    after[data.draw(st.integers(0, len(after) - 1))]["findings"].append(more)
    now = score(inputs(*after, other_parts=others))["score"]
    assert (before is None) == (now is None)
    assert before is None or Decimal(now) <= Decimal(before)


GRAVE = st.lists(st.just({"id": 1, "number": "WT-1", "title": "困人", "why": "open"}), max_size=2)


@given(chapters=CHAPTERS, grave=GRAVE, more=FINDINGS, data=st.data())
def test_one_more_finding_never_gives_a_better_grade_or_more_money(
    chapters: list[Json], grave: list[Json], more: Json, data: st.DataObject
) -> None:
    paying = {"term": "第 9.2 条", "fees": [{"line": "保洁", "monthly_yuan": "100", "months": "3"}], "without_fee": []}
    before = score(inputs(*chapters, grave=grave, payment=paying))
    after = deepcopy(chapters)
    after[data.draw(st.integers(0, len(after) - 1))]["findings"].append(more)
    now = score(inputs(*after, grave=[*grave, *data.draw(GRAVE)], payment=paying))
    names = [band["name"] for band in inputs()["scheme"]["bands"]]
    if before["score"] is not None:
        assert names.index(now["grade"]) >= names.index(before["grade"])
        assert Decimal(now["payment"]["due"]) <= Decimal(before["payment"]["due"])


@given(chapters=CHAPTERS, others=OTHERS, random=st.randoms())
def test_the_order_of_findings_and_the_passing_of_time_change_nothing(
    chapters: list[Json], others: Json, random: Any
) -> None:
    one = inputs(*chapters, other_parts=others)
    before = json.dumps(one, sort_keys=True)
    first = score(one)
    assert score(one) == first
    assert json.dumps(one, sort_keys=True) == before  # nobody's inputs are touched
    other = deepcopy(one)
    for each in other["chapters"]:
        random.shuffle(each["findings"])
    assert (score(other)["score"], score(other)["grade"]) == (first["score"], first["grade"])


@given(chapters=CHAPTERS, others=OTHERS)
def test_counted_shares_and_weights_sum_to_the_whole(chapters: list[Json], others: Json) -> None:
    found = score(inputs(*chapters, other_parts=others))
    shares = [Decimal(part["counted_share"]) for part in found["parts"] if part["counted_share"] is not None]
    assert not shares or abs(sum(shares) - 100) <= Decimal("0.01") * len(shares)
    checked = [Decimal(one["weight"]) for one in found["chapters"] if one["got"] is not None]
    assert Decimal(found["checked_weight"]) == sum(checked)


@given(chapters=CHAPTERS, data=st.data())
def test_a_change_anywhere_in_the_inputs_changes_their_hash(chapters: list[Json], data: st.DataObject) -> None:
    one = inputs(*chapters)
    other = deepcopy(one)
    place: Any = other
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key]:
            break
        place = place[key]
    place[key] = f"{place[key]}!"
    assert hash_of(other) != hash_of(one)


@given(chapters=CHAPTERS)
def test_any_change_of_the_inputs_changes_their_hash(chapters: list[Json]) -> None:
    one = inputs(*chapters)
    other = deepcopy(one)
    other["chapters"][0]["itemised"] += 1
    assert hash_of(one) != hash_of(other)
    assert hash_of(one) == hash_of(json.loads(json.dumps(one)))


def test_the_stranger_runs_alone_on_an_exported_file(tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps({"inputs": EXAMPLE, "inputs_sha256": hash_of(EXAMPLE)}), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", stranger.__file__, file], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["86.99", "良好", "True"]
    assert "wolong" not in Path(stranger.__file__).read_text().replace("wolong-appraisal", "")
