"""The draw can be replayed: known answers from an independent few lines, and properties."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.plans.drawing import (
    ALGORITHM,
    FORMAT,
    canonical,
    commitment,
    draw_sample,
    population_hash,
    verify_export,
)


def drawn_by_hand(names: list[str], size: int, a: str, b: str) -> list[str]:
    """The algorithm once more, from its description alone."""
    frozen = "[" + ",".join('"' + name + '"' for name in names) + "]"
    digest = hashlib.sha256(frozen.encode("utf-8")).hexdigest()
    key = hashlib.sha256(f'["{a}","{b}","{digest}"]'.encode()).digest()
    names = names[:]
    picked = []
    counter = 0
    while len(picked) < size:
        block = hmac.new(key, counter.to_bytes(8, "big"), hashlib.sha256).hexdigest()
        counter += 1
        number = int(block, 16)
        remaining = len(names) - len(picked)
        if number >= 2**256 // remaining * remaining:
            continue
        place = len(picked) + number % remaining
        names[len(picked)], names[place] = names[place], names[len(picked)]
        picked.append(names[len(picked)])
    return picked


LIFTS = [f"{n} 号电梯" for n in range(1, 13)]


@pytest.mark.parametrize(("size", "a", "b"), [(3, "38", "71"), (1, "四季度", "x"), (12, "", "0"), (0, "1", "2")])
def test_the_sample_is_what_the_description_gives(size: int, a: str, b: str) -> None:
    assert draw_sample(LIFTS, size, a, b) == drawn_by_hand(LIFTS, size, a, b)


def test_known_answers_never_change() -> None:
    assert draw_sample(["a", "b", "c", "d", "e"], 2, "1", "2") == ["b", "a"]
    assert population_hash(["a", "b"]) == hashlib.sha256(b'["a","b"]').hexdigest()
    assert commitment(part="7", salt="s") == hashlib.sha256(b'["s","7"]').hexdigest()


@given(
    st.lists(st.text(max_size=5), unique=True, max_size=40).flatmap(
        lambda names: st.tuples(st.just(names), st.integers(0, len(names)))
    ),
    st.text(max_size=8),
    st.text(max_size=8),
)
def test_a_sample_is_distinct_members_and_repeats(pair: tuple[list[str], int], a: str, b: str) -> None:
    try:
        canonical([*pair[0], a, b])
    except UnicodeEncodeError:
        return
    names, size = pair
    sample = draw_sample(names, size, a, b)
    assert len(sample) == size == len(set(sample))
    assert set(sample) <= set(names)
    assert sample == draw_sample(names, size, a, b)


@given(st.integers(1, 30), st.integers(0, 10_000))
def test_a_smaller_sample_is_the_beginning_of_a_larger_one(size: int, seed: int) -> None:
    population = list(range(30))
    assert draw_sample(population, 30, str(seed), "x")[:size] == draw_sample(population, size, str(seed), "x")


def test_every_member_is_drawn_about_equally_often() -> None:
    counts = dict.fromkeys(range(7), 0)
    for seed in range(2100):
        counts[draw_sample(list(range(7)), 1, str(seed), "")[0]] += 1
    assert all(230 < count < 370 for count in counts.values())


def test_the_split_of_the_seed_matters() -> None:
    assert canonical(["12", "3"]) != canonical(["1", "23"])
    population = list(range(50))
    assert draw_sample(population, 20, "12", "3") != draw_sample(population, 20, "1", "23")


@pytest.mark.parametrize("size", [-1, 6])
def test_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="a sample of"):
        draw_sample(list("abcde"), size, "1", "2")


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown algorithm"):
        draw_sample(list("abc"), 1, "1", "2", "random-1")


def exported() -> dict[str, Any]:
    population = [{"id": n, "label": name} for n, name in enumerate(LIFTS)]
    return {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        "population": population,
        "population_hash": population_hash(population),
        "size": 3,
        "seed_a": {"value": "38", "salt": "s1", "commitment": commitment(part="38", salt="s1"), "by": "li"},
        "seed_b": {"value": "71", "salt": "s2", "commitment": commitment(part="71", salt="s2"), "by": "zhou"},
        "sample": draw_sample(population, 3, "38", "71"),
        "replaces": None,
        "reason": "",
    }


def test_an_honest_export_has_no_fault_after_a_round_trip_through_json() -> None:
    assert verify_export(json.loads(json.dumps(exported()))) == []


def tampered(**changes: Any) -> dict[str, Any]:
    return {**exported(), **changes}


@pytest.mark.parametrize(
    ("export", "fault"),
    [
        (tampered(sample=exported()["population"][:3]), "重算的样本"),
        (tampered(size=2), "重算的样本"),
        (tampered(population=exported()["population"][::-1]), "名录与其校验值不符"),
        (tampered(seed_a={**exported()["seed_a"], "value": "39"}), "承诺值不符"),
        (tampered(seed_b={**exported()["seed_b"], "by": "li"}), "同一人"),
        (tampered(replaces=4), "没有理由"),
        (tampered(algorithm="x"), "不认识的算法"),
        (tampered(format="x"), "不认识的格式"),
        (tampered(size=True), "样本量"),
        (tampered(size=99), "样本量"),
        (tampered(seed_a="38"), "种子一不完整"),
        (tampered(population="abc"), "应是列表"),
        (tampered(population=[1, 1, 2]), "重复的对象"),
        ({"format": FORMAT}, "缺少项目"),
        ([], "不是一份抽样记录"),
        (None, "不是一份抽样记录"),
    ],
)
def test_each_tampering_is_named(export: Any, fault: str) -> None:
    assert any(fault in sentence for sentence in verify_export(export))


ANYTHING = st.one_of(st.none(), st.integers(), st.text(), st.just("\ud800"), st.lists(st.integers(), max_size=3))


@given(st.dictionaries(st.sampled_from(sorted(exported())), ANYTHING, min_size=1))
def test_no_file_makes_the_check_fall_over(changes: dict[str, Any]) -> None:
    assert isinstance(verify_export({**exported(), **changes}), list)
