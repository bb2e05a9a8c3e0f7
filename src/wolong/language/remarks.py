"""Comments of a file: they are none of its text, but for remarks that silence a rule (<!-- wolong: ignore WL203 why -->)."""

import re

from wolong.language.patterns import lazy
from wolong.language.tree import Ignore

REMARK = lazy(r"<!--\s*wolong\s*[:\uff1a]\s*ignore(?:\s+(?P<code>WL\d*))?\s*(?P<reason>(?:(?!-->|<!--).)*?)\s*-->")
_COMMENT = lazy(r"<!--.*?(?:-->|$)|`[^`]*`")  # none begins in code
_END = lazy(r"^.*?-->")


class Comments:
    """What the lines of one file say in comments, which may go on over lines."""

    def __init__(self) -> None:
        self.ignores: list[Ignore] = []
        self.opened = 0
        """The line of the comment that is open, 0 where none is."""

    def blanked(self, line: str, number: int) -> str:
        """The line with blanks for what stands in a comment."""
        if self.opened:
            end = _END.match(line)
            if end is None:
                return ""
            self.opened = 0
            line = " " * end.end() + line[end.end() :]
        if "<!--" not in line:
            return line
        return _COMMENT.sub(lambda match: self._blank(match, number), line).rstrip()

    def _blank(self, match: re.Match[str], number: int) -> str:
        comment = match.group()
        if comment[0] == "`":
            return comment
        if remark := REMARK.fullmatch(comment):
            self.ignores.append(Ignore(remark["code"] or "", remark["reason"].strip(), number))
        if not comment.endswith("-->"):
            self.opened = number
        return " " * len(comment)
