"""考评办法: what makes one usable; bands without a hole."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.appraisal.rules.scheme import (
    BANDS,
    CATERING,
    PARTS,
    PROPERTY,
    Band,
    Chapter,
    Table,
    as_json,
    faults_of,
    faults_of_bands,
    faults_of_chapters,
    faults_of_parts,
    from_json,
    grade_of,
    stretched,
)

CLEANING = Chapter("保洁", Decimal(100), ("保洁",))


@pytest.mark.parametrize("table", [PROPERTY, CATERING])
def test_the_usual_schemes_have_no_fault_and_survive_json(table: Table) -> None:
    assert list(faults_of(table)) == []
    assert from_json(as_json(table)) == table


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"chapters": (replace(CLEANING, weight=Decimal(99)),)}, "合计是 99，应为 100"),
        ({"chapters": ()}, "合计是 0"),
        ({"chapters": (replace(CLEANING, weight=Decimal(50)), Chapter("保洁", Decimal(50), ("绿化",)))}, "出现了两次"),
        ({"chapters": (replace(CLEANING, weight=Decimal(50)), Chapter("绿化", Decimal(50), ("保洁",)))}, "归到了两章"),
        ({"chapters": (replace(CLEANING, lines=()),)}, "没有归入任何服务"),
        ({"chapters": (CLEANING, Chapter("空", Decimal(0), ("绿化",)))}, "大于 0"),
        ({"parts": (replace(PARTS[0], share=Decimal(49)), *PARTS[1:])}, "合计是 99，应为 100"),
        ({"parts": (replace(PARTS[0], share=Decimal(0)), replace(PARTS[1], share=Decimal(80)), PARTS[2])}, "日常巡查"),
        ({"bands": (*BANDS[:-1],)}, "0 至 60 分没有等次"),
        ({"bands": (BANDS[0], replace(BANDS[1], low=Decimal(95)), BANDS[-1])}, "重叠"),
        ({"bands": (replace(BANDS[0], pay=Decimal(90)), *BANDS[1:])}, "还低"),
        ({"bands": (replace(BANDS[0], low=Decimal(101)), BANDS[-1])}, "谁也得不到"),
        ({"bands": ()}, "至少要有一个等次"),
        ({"repeat": Decimal("0.5")}, "倍数"),
    ],
)  # fmt: skip
def test_a_fault_is_said_in_words(change: dict[str, object], words: str) -> None:
    table = replace(replace(PROPERTY, chapters=(CLEANING,)), **change)  # type: ignore[arg-type]
    assert any(words in fault for fault in faults_of(table)), list(faults_of(table))


LOWS = st.lists(st.decimals("0.01", 100, places=2), unique=True, max_size=8).map(lambda found: sorted(found)[::-1])


@given(lows=LOWS, score=st.decimals(0, 100, places=2))
def test_bands_that_pass_cover_every_score_exactly_once(lows: list[Decimal], score: Decimal) -> None:
    bands = [Band(f"第{n}等", low, Decimal(100 - n)) for n, low in enumerate([*lows, Decimal(0)])]
    assert list(faults_of_bands(bands)) == []
    tops = [Decimal("100.01"), *(band.low for band in bands)]
    holding = [band for band, top in zip(bands, tops, strict=False) if band.low <= score < top]
    assert holding == [grade_of(bands, score)]


BANDS_OF_ANY_KIND = st.lists(
    st.builds(Band, st.sampled_from(["甲", "乙", "丙", "丁"]), st.decimals(-5, 105, places=1), st.decimals(0, 100, places=0)),
    max_size=5,
)  # fmt: skip


@given(bands=BANDS_OF_ANY_KIND, score=st.decimals(0, 100, places=2))
def test_bands_leave_no_hole_and_do_not_overlap_or_their_fault_is_said(bands: list[Band], score: Decimal) -> None:
    if list(faults_of_bands(bands)):
        return
    tops = [Decimal("Infinity"), *(band.low for band in bands)]
    assert len([band for band, top in zip(bands, tops, strict=False) if band.low <= score < top]) == 1
    better = [band.pay for band in bands if band.low > score]
    assert all(pay >= grade_of(bands, score).pay for pay in better)


@given(st.lists(st.decimals(0, 100, places=1), min_size=3, max_size=3))
def test_shares_are_accepted_exactly_when_they_sum_to_a_hundred(shares: list[Decimal]) -> None:
    parts = [replace(part, share=share) for part, share in zip(PARTS, shares, strict=True)]
    assert (not list(faults_of_parts(parts))) == (sum(shares) == 100 and shares[0] > 0)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_weights_are_accepted_exactly_when_they_sum_to_a_hundred(weights: list[int]) -> None:
    chapters = [Chapter(f"第{n}章", Decimal(weight), (f"服务{n}",)) for n, weight in enumerate(weights)]
    assert (not list(faults_of_chapters(chapters))) == (sum(weights) == 100)


@given(st.lists(st.decimals("0.01", 100, places=2), min_size=1, max_size=12))
def test_stretched_weights_sum_to_a_hundred(weights: list[Decimal]) -> None:
    found = stretched(weights)
    assert sum(found) == 100
    assert all(weight > -1 for weight in found)


def test_a_contract_for_one_chapter_has_a_sheet_of_a_hundred() -> None:
    assert stretched([Decimal(25)]) == [Decimal(100)]
    assert stretched([Decimal(25), Decimal(20), Decimal(15), Decimal(5), Decimal(10)]) == [
        Decimal("33.33"), Decimal("26.67"), Decimal("20.00"), Decimal("6.67"), Decimal("13.33"),
    ]  # fmt: skip
