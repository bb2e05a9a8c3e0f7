"""The synonyms of the field (词表/同义词.tsv), so that 会议室照度 and 会议室光照度 meet."""

from collections.abc import Mapping

FOLDER, NAME = "词表", "同义词.tsv"
COLUMNS = ("标准词", "同义词")

Synonyms = Mapping[str, str]


class BadSynonyms(ValueError):
    """What is wrong with the file, with its line."""


def read_synonyms(text: str) -> Synonyms:
    """Each synonym with the standard word; a word may stand in one line only."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise BadSynonyms(f"第 1 行应是表头：{'、'.join(COLUMNS)}，用制表符隔开")
    found: dict[str, str] = {}
    for at, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        word, _, others = line.partition("\t")
        for other in filter(None, (one.strip() for one in others.split("、"))):
            if other in found or other == word.strip():
                raise BadSynonyms(f"第 {at} 行的“{other}”前面已经有了")
            found[other] = word.strip()
    return found
