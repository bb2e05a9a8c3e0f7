"""The draw of a spot check, so that anyone can re-run it years later. Pure: no Django, no database, no clock.

A population is frozen as canonical JSON and hashed; the seed has two parts by two people, each bound by a commitment
that is shown before the other part is given; an HMAC-SHA256 counter feeds a Fisher-Yates shuffle, without modulo bias.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

ALGORITHM = "hmac-sha256-fisher-yates-1"
FORMAT = "wolong-draw-1"
BLOCK_VALUES = 1 << 256
HEX64 = re.compile(r"[0-9a-f]{64}")
SEED_KEYS = ("value", "salt", "commitment", "by")


def canonical(value: Any) -> bytes:
    """One spelling of a JSON value: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def population_hash(population: Sequence[Any]) -> str:
    """SHA-256 of the frozen list, in its order."""
    return hashlib.sha256(canonical(list(population))).hexdigest()


def commitment(*, part: str, salt: str) -> str:
    """What is shown of a seed part before both are given; the salt keeps a short part from being guessed."""
    return hashlib.sha256(canonical([salt, part])).hexdigest()


class _Stream:
    """Numbers from HMAC-SHA256 over a counter."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._counter = 0

    def below(self, bound: int) -> int:
        """The next number in [0, bound), each equally likely: blocks beyond the last whole multiple are thrown away."""
        limit = BLOCK_VALUES - BLOCK_VALUES % bound
        while True:
            block = hmac.digest(self._key, self._counter.to_bytes(8, "big"), "sha256")
            self._counter += 1
            number = int.from_bytes(block, "big")
            if number < limit:
                return number % bound


def draw_sample(
    population: Sequence[Any], size: int, seed_a: str, seed_b: str, algorithm: str = ALGORITHM
) -> list[Any]:
    """The sample in the order drawn: the same for the same list, size, seed parts and algorithm, for ever.

    The key is SHA-256 of the canonical JSON of `[seed_a, seed_b, population_hash]`, so that two strata of one plan,
    with the same seed, are shuffled differently. Raises ValueError on an unknown algorithm or an impossible size.
    """
    if algorithm != ALGORITHM:
        raise ValueError(f"unknown algorithm {algorithm}")
    if not 0 <= size <= len(population):
        raise ValueError(f"a sample of {size} from {len(population)}")
    stream = _Stream(hashlib.sha256(canonical([seed_a, seed_b, population_hash(population)])).digest())
    order = list(population)
    for here in range(size):
        there = here + stream.below(len(order) - here)
        order[here], order[there] = order[there], order[here]
    return order[:size]


def verify_export(export: Any) -> list[str]:
    """What is wrong with an exported draw, as sentences; an empty list: it was drawn as it says."""
    if not isinstance(export, Mapping):
        return ["文件不是一份抽样记录。"]
    faults = _faults_of_shape(export)
    if faults:
        return faults
    if population_hash(export["population"]) != export["population_hash"]:
        faults.append("名录与其校验值不符：名录被改过，或校验值被改过。")
    for name, label in (("seed_a", "种子一"), ("seed_b", "种子二")):
        seed = export[name]
        if commitment(part=seed["value"], salt=seed["salt"]) != seed["commitment"]:
            faults.append(f"{label}与其事先公布的承诺值不符。")
    if export["seed_a"]["by"] == export["seed_b"]["by"]:
        faults.append("两段种子由同一人提供。")
    if export["replaces"] is not None and not str(export["reason"]).strip():
        faults.append("这是一次重抽，但没有理由。")
    drawn = draw_sample(
        export["population"],
        export["size"],
        export["seed_a"]["value"],
        export["seed_b"]["value"],
        export["algorithm"],
    )
    if drawn != export["sample"]:
        faults.append("重算的样本与记录的样本不同。")
    return faults


def _faults_of_shape(export: Mapping[Any, Any]) -> list[str]:
    needed = ("format", "algorithm", "population", "population_hash", "size", "seed_a", "seed_b", "sample", "replaces")
    missing = [name for name in (*needed, "reason") if name not in export]
    if missing:
        return [f"缺少项目：{'、'.join(missing)}。"]
    if export["format"] != FORMAT:
        return [f"不认识的格式：{str(export['format'])[:40]}。"]
    if export["algorithm"] != ALGORITHM:
        return [f"不认识的算法：{str(export['algorithm'])[:40]}。"]
    if not isinstance(export["population"], list) or not isinstance(export["sample"], list):
        return ["名录和样本应是列表。"]
    return [*_faults_of_population(export), *_faults_of_seeds(export)]


def _faults_of_population(export: Mapping[Any, Any]) -> list[str]:
    population, size = export["population"], export["size"]
    faults = []
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= len(population):
        faults.append("样本量应是 0 到名录数之间的整数。")
    if not isinstance(export["population_hash"], str) or not HEX64.fullmatch(export["population_hash"]):
        faults.append("名录校验值应是 64 位十六进制数。")
    try:
        if len({canonical(entry) for entry in population}) != len(population):
            faults.append("名录里有重复的对象。")
    except (ValueError, TypeError, RecursionError):
        faults.append("名录里有无法写成规范 JSON 的值。")
    return faults


def _faults_of_seeds(export: Mapping[Any, Any]) -> list[str]:
    faults = []
    for name, label in (("seed_a", "种子一"), ("seed_b", "种子二")):
        seed = export[name]
        if not isinstance(seed, Mapping) or not all(_is_text(seed.get(key)) for key in SEED_KEYS):
            faults.append(f"{label}不完整：应有种子、盐值、承诺值和提供人。")
    return faults


def _is_text(value: Any) -> bool:
    """A string that UTF-8 can write: half a surrogate pair cannot be hashed."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)
