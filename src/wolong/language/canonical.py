"""The canonical text of a standard, as `wolong fmt` writes it: one way to write what reads the same."""

import re

from wolong.language.execution import KEYS as EXECUTION_KEYS
from wolong.language.folding import fold, lines_of
from wolong.language.front import KEYS as FRONT_KEYS
from wolong.language.lines import split_pairs
from wolong.language.marks import fence_after
from wolong.language.patterns import lazy

_FRONT_KEY = lazy(r"^(?P<key>[^\s#:\uff1a\-\[\]{}\"'][^:\uff1a]{0,30}?)\s*[:\uff1a]\s*(?P<rest>.*)$")


def canonical(text: str) -> str:
    """The same reading, written canonically: LF, no trailing blanks, single blank lines, front matter and execution lines in order.

    Writing a canonical text again changes nothing.
    """
    lines = [line.rstrip() for line in lines_of(text.removeprefix("\ufeff"))]
    head, body = _parted(lines)
    # Apart: a fence that is left open in the front matter does not reach into the body.
    written = [*(_single_blanks(_front(head)) if head else []), *_single_blanks(_body(body))]
    return "\n".join(written).strip("\n") + "\n" if any(written) else ""


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The front matter with its two rules, and the rest."""
    first = next((at for at, line in enumerate(lines) if line), None)
    if first is None or lines[first].strip() != "---":
        return [], lines
    for at in range(first + 1, len(lines)):
        if lines[at].strip() in ("---", "..."):
            return lines[first : at + 1], lines[at + 1 :]
    return [], lines


def _front(lines: list[str]) -> list[str]:
    """Known keys in their order; where a line is not understood, everything stays as it was."""
    groups: list[tuple[str, list[str]]] = []
    for line in lines[1:-1]:
        match = _FRONT_KEY.match(line)
        if match:
            groups.append((match["key"].strip(), [f"{match['key'].strip()}: {match['rest']}".rstrip()]))
        elif groups and line:
            groups[-1][1].append(line)
        elif line:
            return ["---", *lines[1:-1], "---", ""]
    names = [name for name, _lines in groups]
    if len(set(names)) < len(names) or any(name not in FRONT_KEYS for name in names):
        return ["---", *lines[1:-1], "---", ""]
    ordered = sorted(groups, key=lambda group: FRONT_KEYS.index(group[0]))
    return ["---", *(line for _name, group in ordered for line in group), "---", ""]


def _body(lines: list[str]) -> list[str]:
    written: list[str] = []
    quote: list[str] = []
    fence = ""
    for line in [*lines, ""]:
        fence = fence_after(line, fence)
        bare = "" if fence else fold(line).strip()
        # A bare > ends an execution line as a blank line does.
        if bare.startswith(">") and bare != ">":
            quote.append(line)
            continue
        if quote:
            written += _quote(quote)
            quote = []
        written.append(line)
    return written[:-1]


def _quote(lines: list[str]) -> list[str]:
    """An execution line on one line, its keys in order; any other quote as it was."""
    bare = [re.sub(r"^\s*[>\uff1e]\s?", "", line) for line in lines]
    pairs = [pair for line in bare for pair in split_pairs(line)]
    known = [key for key, _value in pairs]
    if (
        not pairs
        or len(set(known)) < len(known)
        or any(key not in EXECUTION_KEYS or value is None for key, value in pairs)
    ):
        return lines
    indent = re.match(r"\s*", lines[0])
    ordered = sorted(pairs, key=lambda pair: EXECUTION_KEYS.index(pair[0]))
    words = [key if value is True else f"{key}:{value}" for key, value in ordered]
    return [f"{indent.group() if indent else ''}> {' | '.join(words)}"]


def _single_blanks(lines: list[str]) -> list[str]:
    """No two blank lines in a row, but inside of a fence."""
    written: list[str] = []
    fence = ""
    for line in lines:
        fence = fence_after(line, fence)
        if line or fence or (written and written[-1]):
            written.append(line)
    return written
