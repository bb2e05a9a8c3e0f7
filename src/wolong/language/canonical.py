"""The canonical text of a standard, as `wolong fmt` writes it: one way to write what reads the same."""

from wolong.language.folding import fold, lines_of
from wolong.language.front import KEY_LINE, KEYS, front_rules
from wolong.language.lines import in_order
from wolong.language.marks import fence_after


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
    begin, last = front_rules(lines)
    return ([], lines) if last is None else (lines[begin - 1 : last + 1], lines[last + 1 :])


def _front(lines: list[str]) -> list[str]:
    """Known keys in their order; where a line is not understood, everything stays as it was."""
    groups: list[tuple[str, list[str]]] = []
    for line in lines[1:-1]:
        match = KEY_LINE.match(line)
        if match:
            groups.append((match["key"].strip(), [f"{match['key'].strip()}: {match['rest'].strip()}".rstrip()]))
        elif groups and line:
            groups[-1][1].append(line)
        elif line:
            return ["---", *lines[1:-1], "---", ""]
    names = [name for name, _lines in groups]
    if len(set(names)) < len(names) or any(name not in KEYS for name in names):
        return ["---", *lines[1:-1], "---", ""]
    ordered = sorted(groups, key=lambda group: KEYS.index(group[0]))
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
            better = in_order(quote)
            written += quote if better is None else [better]
            quote = []
        written.append(line)
    return written[:-1]


def _single_blanks(lines: list[str]) -> list[str]:
    """No two blank lines in a row, but inside of a fence."""
    written: list[str] = []
    fence = ""
    for line in lines:
        fence = fence_after(line, fence)
        if line or fence or (written and written[-1]):
            written.append(line)
    return written
