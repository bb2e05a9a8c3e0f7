"""Patterns that are compiled when they are first asked: a run that meets none of their words does not wait for them."""

import re
from typing import cast

_VERBS = ("match", "search", "fullmatch", "sub", "split", "findall", "finditer")


class _Lazy:
    """Stands for a compiled pattern until somebody asks it something."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, verb: str) -> object:
        if verb not in _VERBS:
            raise AttributeError(verb)
        compiled = re.compile(self.pattern, self.flags)
        # From now on its verbs are the compiled pattern's own, so that asking costs nothing more.
        self.__dict__.update({name: getattr(compiled, name) for name in _VERBS})
        return self.__dict__[verb]


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled at its first use; what is wrong with it is raised then."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
