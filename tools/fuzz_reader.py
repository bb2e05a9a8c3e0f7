"""A long run of hostile texts against the reader and the linter: nothing may raise, hang or lose its mind.

python tools/fuzz_reader.py [SECONDS] [SEED]      600 seconds by default; prints figures, exits 1 at the first failure
"""

import random
import sys
import time
from datetime import date
from pathlib import Path

from wolong.language.canonical import canonical
from wolong.language.linting import lint
from wolong.language.reading import read_bytes, read_text

LIBRARY = Path(__file__).resolve().parents[1] / "library"
TODAY = date(2026, 11, 24)
SLOWEST_S = 5.0
SIGNS = "应不得宜可必须每日周月年次0123456789一二三半.～~±%℃㎡m³/()（）[]｜|:：>＞#*`-—、，,。；;\n\t \x00\ufeff\U0001f600的在后前内时"


def mutated(chance: random.Random, text: str) -> str:
    """Some pieces of a text cut out, doubled, swapped or replaced by signs that mean something to the reader."""
    for _ in range(chance.randint(1, 12)):
        at, size = chance.randrange(len(text) + 1), chance.randint(0, 40)
        piece = text[at : at + size]
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[at + size :]
            case 1:
                text = text[:at] + piece * chance.randint(2, 30) + text[at + size :]
            case 2:
                text = text[:at] + piece[::-1] + text[at + size :]
            case 3:
                text = text[:at] + "".join(chance.choices(SIGNS, k=size)) + text[at:]
            case _:
                text = text[:at] + chance.choice(["---\n", "> ", "## ", "| ", "<!-- wolong: ignore "]) * 3 + text[at:]
    return text


def check(data: bytes) -> None:
    """One input: read, linted and written; the written form is stable and reads to as many requirements."""
    document = read_bytes(data, file="a.md")
    document.as_json()
    lint([document], today=TODAY)
    for requirement in document.requirements:
        for measure in requirement.measures:
            if measure.low is not None and measure.high is not None and measure.low > measure.high:
                raise AssertionError(f"nothing is allowed by {requirement.sentence}")
    if document.source:
        once = canonical(document.source)
        if canonical(once) != once:
            raise AssertionError("writing twice is not writing once")
        if len(read_text(once).requirements) != len(document.requirements):
            raise AssertionError("writing changed what is read")


def main(seconds: float, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - no secret is drawn
    texts = [path.read_text("utf-8") for path in sorted(LIBRARY.rglob("*.md"))]
    begun, tried, slowest = time.monotonic(), 0, 0.0
    while time.monotonic() - begun < seconds:
        text = mutated(chance, chance.choice(texts))
        data = chance.randbytes(chance.randint(0, 3000)) if tried % 10 == 9 else text.encode("utf-8", "replace")
        started = time.monotonic()
        try:
            check(data)
        except Exception as failure:
            Path("fuzz-failure.md").write_bytes(data)
            print(f"after {tried} inputs: {failure!r}; the input is in fuzz-failure.md")
            return 1
        slowest = max(slowest, time.monotonic() - started)
        tried += 1
    print(f"{tried:,} inputs in {seconds:g} s, none failed; slowest {slowest:.2f} s (limit {SLOWEST_S:g} s)")
    return int(slowest > SLOWEST_S)


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:3]]
    sys.exit(main(given[0] if given else 600.0, int(given[1]) if len(given) > 1 else 0))
