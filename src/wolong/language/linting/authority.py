"""The order of authority: who may bind whom, as a standard says it of itself or as its number tells."""

from functools import lru_cache

from wolong.language.numbering import is_mandatory
from wolong.language.tree import Document

# Mandatory national stands above all, as 0; then contract annex, recommended national, industry and local, group, enterprise.
_RANKS = {"合同附件": 1, "国家": 2, "行业": 3, "地方": 3, "团体": 4, "企业": 5}
# What a number says of a standard whose 层级 is not written.
_BY_PREFIX = (("GB", "国家"), ("TSG", "国家"), ("DB", "地方"), ("T/", "团体"), ("Q/", "企业"))


def rank_of(document: Document) -> int:
    """The place in the order of authority, 0 for the highest."""
    return _standing(document.number or "", document.level, document.nature)[0]


def authority_of(document: Document) -> str:
    """What the document is, as the order of authority names it."""
    return _standing(document.number or "", document.level, document.nature)[1]


@lru_cache(maxsize=4096)
def _standing(number: str, level: str | None, nature: str | None) -> tuple[int, str]:
    """Rank and name of an authority: as written, else as the number tells; what says neither is the house's own."""
    level = level or next((one for prefix, one in _BY_PREFIX if number.startswith(prefix)), "企业")
    may_bind = level in ("国家", "行业")
    nature = nature or ("强制" if may_bind and number and is_mandatory(number) else "推荐")
    # TSG and engineering codes bind like GB.
    rank = 0 if may_bind and nature == "强制" else _RANKS.get(level, 5)
    return rank, level if level == "合同附件" else f"{nature + '性' if may_bind else ''}{level}标准"
