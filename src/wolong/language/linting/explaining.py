"""What a rule says of itself: why, a bad and a good example, how to mend; read from its docstring."""

from dataclasses import dataclass
from textwrap import dedent

from wolong.language.patterns import lazy

PARTS = {"Why": "why", "Bad": "bad", "Good": "good", "Mend": "mend"}
_PART = lazy(r"^(Why|Bad|Good|Mend):[ ]*(.*)$")


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of a docstring. `bad` and `good` are texts of a standard, `summary`, `why` and `mend` are prose."""

    summary: str
    why: str = ""
    bad: str = ""
    good: str = ""
    mend: str = ""

    @classmethod
    def of(cls, docstring: str) -> "Explanation":
        """Prose runs over lines until the next part; an example keeps its lines."""
        first, _, rest = docstring.strip().partition("\n")
        parts: dict[str, list[str]] = {}
        open_part: list[str] = []
        for line in dedent(rest).split("\n"):
            match = _PART.match(line)
            if match:
                open_part = parts.setdefault(PARTS[match[1]], [])
            open_part.append(match[2] if match else line)
        prose = {name: " ".join(line.strip() for line in lines if line.strip()) for name, lines in parts.items()}
        examples = {name: dedent("\n".join(parts.get(name, ()))).strip("\n") for name in ("bad", "good")}
        return cls(first.strip(), prose.get("why", ""), examples["bad"], examples["good"], prose.get("mend", ""))
