"""docs/rules: a page for each code, from what the rule says of itself.

python tools/rule_pages.py            writes the pages
"""

from pathlib import Path

from wolong.language.linting import EXPLAINED, severity_of

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
INDEX = "README.md"
GROUPS = {
    "WL1": "Structure",
    "WL2": "Wording",
    "WL3": "References",
    "WL4": "Consistency",
    "WL5": "Executability",
    "WL6": "Validity",
}
HEAD = """# The rules of the linter

Each page says why, shows a bad and a good example, and how to mend it; `wolong rule CODE` says the same in Chinese. The pages are
written by `tools/rule_pages.py` from the rules themselves; a test keeps both alike and tries every example.

An example without front matter stands in an otherwise sound standard; `=====` parts the standards of one shelf.
"""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    written = {f"{code}.md": _page(code) for code in EXPLAINED}
    return {**written, INDEX: _index()}


def _page(code: str) -> str:
    known = EXPLAINED[code]
    parts = [f"# {code}", known.summary, f"Severity: {severity_of(code)}.", f"**Why.** {_sentence(known.why)}"]
    parts += [f"**Bad**\n\n```markdown\n{known.bad}\n```", f"**Good**\n\n```markdown\n{known.good}\n```"]
    return "\n\n".join([*parts, f"**Mend.** {_sentence(known.mend)}"]) + "\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _index() -> str:
    parts = [HEAD]
    for group, name in GROUPS.items():
        codes = sorted(code for code in EXPLAINED if code.startswith(group))
        rows = [f"| [{code}]({code}.md) | {severity_of(code)} | {EXPLAINED[code].summary} |" for code in codes]
        parts += [f"## {group} {name}\n", "| code | severity | rule |\n|---|---|---|\n" + "\n".join(rows) + "\n"]
    return "\n".join(parts)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
