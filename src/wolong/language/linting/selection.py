"""Where in `wolong.toml` the words stand that a sentence about it names."""

import re

from wolong.language.patterns import lazy

_SECTION = lazy(r"^\s*\[+\s*(?P<name>[^\]]*?)\s*\]+")
_KEY = lazy(r"""^\s*(?P<key>"[^"]*"|'[^']*'|[^\s=#\["']+)\s*=""")


def line_of(text: str, name: str) -> int | None:
    """The first line that opens a section of this name or gives a key of this name a value."""
    for number, line in enumerate(text.splitlines(), start=1):
        section, key = _SECTION.match(line), _KEY.match(line)
        words = section["name"] if section else key["key"] if key else ""
        if words and name in {words.strip("\"'"), words.split(".")[0].strip(), words.rpartition(".")[2].strip("\"' ")}:
            return number
    return None


def placed(message: str, text: str) -> str:
    """The sentence with the line of what it names, where that can be told."""
    names = re.findall(r"“([^”]+)”|没有 \[([^\]]+)\]|的 ([a-z-]+) 应", message)
    for name in (one for group in names for one in group if one):
        line = line_of(text, name)
        if line is not None:
            return f"{message}（第 {line} 行）"
    return message
