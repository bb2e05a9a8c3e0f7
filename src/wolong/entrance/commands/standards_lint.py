"""`wolong lint`: what is wrong with standards, in the form that people, editors or code hosts want."""

import gc
import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wolong.entrance.commands.standards_text import (
    SEVERITIES,
    SUFFIX,
    cannot,
    read_files,
    reason,
    replace_file,
    say,
    texts,
    write,
)
from wolong.language import cited, synonyms
from wolong.language.linting import World, baseline, configuration, fixing, selection, skipped_rules
from wolong.language.linting.github import as_github
from wolong.language.linting.listing import as_lines
from wolong.language.linting.sarif import as_sarif
from wolong.language.linting.spoken import spoken
from wolong.language.many import lint_many
from wolong.language.tree import Diagnostic, Document

MOST_TURNS = 100


class LintFormat(StrEnum):
    """What `wolong lint` writes."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the texts: the command line beats `wolong.toml`."""

    today: date
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    world: World | None
    index: cited.Index
    synonyms: synonyms.Synonyms
    settings: configuration.Configuration


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("lint", help="检查标准文本：结构、措辞、引用、一致、可执行、有效。")(lint_command)


def lint_command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="标准文本，或放着标准文本的目录")],
    form: Annotated[LintFormat, typer.Option("--format", help="输出的格式")] = LintFormat.TEXT,
    select: Annotated[str, typer.Option(help="只看这些代号，逗号隔开，如 WL4,WL203")] = "",
    ignore: Annotated[str, typer.Option(help="不看这些代号，逗号隔开")] = "",
    today: Annotated[str, typer.Option(help="按哪一天判断，如 2026-11-23；不写是今天")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="能机械地改的就改，从不改意思")] = False,
    world: Annotated[str, typer.Option(metavar="FILE", help="办公区数据(JSON)：选中多少对象、采用了哪些标准")] = "",
    known: Annotated[
        str, typer.Option("--baseline", metavar="FILE", help="存量：文件没有时写下，之后只看新出现的")
    ] = "",
    update: Annotated[bool, typer.Option("--update-baseline", help="重新写下存量，再看最要紧的 20 个")] = False,
) -> None:
    """Prints what is wrong; exit 0 without an error, 1 with one, 2 when it could not run."""
    # The run is short and makes few cycles: looking for them in a large shelf costs a tenth of the time.
    gc.disable()
    settings = _settings(paths[0])
    question = Question(
        today=_day(today),
        select=_prefixes(select, "--select") or settings.select,
        ignore=_prefixes(ignore, "--ignore") or settings.ignore,
        world=_world(Path(world) if world else settings.world),
        index=_index(paths),
        synonyms=_synonyms(paths),
        settings=settings,
    )
    files = list(texts(paths))
    if not files:
        say(f"{'、'.join(paths)} 里没有标准文本（{SUFFIX}）")
    documents, found = _look(files, question)
    if fix:
        documents, found = _mend(files, documents, found, question)
    base = Path(known) if known else settings.baseline
    compared = _compared(base, found, documents, renew=update) if base else None
    shown = compared.shown if compared else found
    _show(form, shown, compared, documents)
    say(_summary(shown, documents, compared, question))
    raise typer.Exit(1 if any(one.severity == "error" for one in shown) else 0)


def _look(files: Sequence[tuple[Path, str]], question: Question) -> tuple[list[Document], list[Diagnostic]]:
    documents = read_files(files)
    found = lint_many(
        documents,
        today=question.today,
        world=question.world,
        select=question.select,
        ignore=question.ignore,
        index=question.index,
        synonyms=question.synonyms,
    )
    if question.settings.per_file_ignores:
        silent = {one.file: question.settings.ignored_in(path) for one, (path, _) in zip(documents, files, strict=True)}
        found = [one for one in found if not one.code.startswith(silent.get(one.file, ()) or ("-",))]
    return documents, found


def _mend(
    files: Sequence[tuple[Path, str]], documents: list[Document], found: list[Diagnostic], question: Question
) -> tuple[list[Document], list[Diagnostic]]:
    """Mends until nothing is left to mend: what is mended may leave a remark with nothing to silence."""
    count = 0
    for turn in range(MOST_TURNS):
        before, by_file = count, _by_file(found)
        for (path, _shown), document in zip(files, documents, strict=True):
            own = fixing.mendable(document, by_file.get(document.file, []))
            mended = fixing.mended(document, own)
            better = fixing.tidied(mended) if turn == 0 and document.clauses else mended
            if own or better != document.source:
                replace_file(path, better)
                count += len(own) + sum(
                    one != other for one, other in zip(mended.split("\n"), better.split("\n"), strict=True)
                )
        if count == before:
            break
        documents, found = _look(files, question)
    say(f"改好 {count} 处" if count else "没有能机械地改的")
    return documents, found


def _by_file(found: Sequence[Diagnostic]) -> dict[str, list[Diagnostic]]:
    own: dict[str, list[Diagnostic]] = {}
    for one in found:
        own.setdefault(one.file, []).append(one)
    return own


def _compared(path: Path, found: list[Diagnostic], documents: list[Document], *, renew: bool) -> baseline.Compared:
    """Against the baseline; where there is none yet, what is not shown becomes it."""
    if path.exists() and not renew:
        try:
            return baseline.compare(found, documents, baseline.read(path.read_text("utf-8")))
        except (OSError, UnicodeDecodeError) as hindrance:
            raise cannot(f"读不到存量 {path}：{reason(hindrance)}") from None
        except baseline.BadBaseline as broken:
            raise cannot(f"{path} 不是存量文件：{broken}") from None
    compared = baseline.begin(found)
    try:
        path.write_text(baseline.written(compared.kept, documents), "utf-8")
    except OSError as hindrance:
        raise cannot(f"写不了存量 {path}：{reason(hindrance)}") from None
    return compared


def _show(
    form: LintFormat, shown: list[Diagnostic], compared: baseline.Compared | None, documents: list[Document]
) -> None:
    if form is LintFormat.JSON:
        write(as_lines(shown))
    elif form is LintFormat.SARIF:
        version = importlib.metadata.version("wolong")
        kept = compared.kept if compared else None
        run = as_sarif(shown, version=version, explained=spoken(), kept=kept)
        write(json.dumps(run, ensure_ascii=False, indent=2))
    elif form is LintFormat.GITHUB:
        write(as_github(shown))
    else:
        write(_as_text(shown, documents))


def _settings(first: str) -> configuration.Configuration:
    try:
        path = configuration.find(Path(first))
        # A link that leads to itself is a RuntimeError before Python 3.13.
    except (OSError, ValueError, RuntimeError) as broken:
        raise cannot(f"读不到 {first}：{reason(broken)}") from None
    if path is None:
        return configuration.Configuration()
    try:
        return configuration.load(path)
    except configuration.BadConfiguration as broken:
        raise cannot(selection.placed(str(broken), path.read_text("utf-8", "replace"))) from None


def _index(paths: Sequence[str]) -> cited.Index:
    path = _companion(paths, cited.NAME)
    try:
        return cited.read_index(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError) as broken:
        raise cannot(f"{path} 不是标准索引：{broken}") from None


def _synonyms(paths: Sequence[str]) -> synonyms.Synonyms:
    path = _companion(paths, f"{synonyms.FOLDER}/{synonyms.NAME}")
    try:
        return synonyms.read_synonyms(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError) as broken:
        raise cannot(f"{path} 不是词表：{broken}") from None


def _companion(paths: Sequence[str], name: str) -> Path | None:
    """A file that goes with the texts: in a given folder, or in one of the folders above."""
    for given in paths:
        here = Path(given).resolve()
        for folder in (here, *here.parents):
            if (folder / name).is_file():
                return folder / name
    return None


def _world(path: Path | None) -> World | None:
    if path is None:
        return None
    try:
        return World.from_json(json.loads(path.read_text("utf-8")))
    except OSError as hindrance:
        raise cannot(f"读不到 {path}：{reason(hindrance)}") from None
    except (ValueError, RecursionError):
        wanted = '{"selectors": {"场所/大厅": 3}, "adopted": ["Q/WLS BZ06-003—2026"]}'
        raise cannot(f"{path} 不是办公区数据，应如 {wanted}") from None


def _day(text: str) -> date:
    if not text:
        return date.today()  # noqa: DTZ011 - a laptop's own day; the server passes its own
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise cannot(f"--today 应如 2026-11-23，不是“{text}”") from None


def _prefixes(text: str, option: str) -> tuple[str, ...]:
    prefixes = tuple(piece.strip().upper() for piece in text.replace("\uff0c", ",").split(",") if piece.strip())
    for prefix in prefixes:
        if not configuration.is_prefix(prefix):
            raise cannot(f"{option} 里的“{prefix}”不是代号，应如 WL4 或 WL203")
    return prefixes


def _as_text(found: list[Diagnostic], documents: list[Document]) -> str:
    """One diagnostic after the other, with the line of the source under it."""
    sources = {document.file: document.source_lines for document in documents}
    pieces: list[str] = []
    for one in found:
        clause = f" 第 {one.clause} 条" if one.clause else ""
        severity = SEVERITIES[one.severity]
        pieces.append(f"{one.file}:{one.line}:{one.column}: {one.code} {severity}{clause}：{one.message}")
        excerpt = _excerpt(sources.get(one.file, []), one.line)
        if excerpt:
            pieces.append(f"    {excerpt}")
        pieces.append(f"    → {one.help}")
        pieces.extend(f"    见 {place.file}:{place.line}:{place.column}: {place.message}" for place in one.related)
    return "\n".join(pieces)


def _excerpt(lines: list[str], line: int) -> str:
    if not 0 < line <= len(lines):
        return ""
    text = lines[line - 1].strip()
    return text if len(text) <= 100 else text[:99] + "…"


def _times(counts: Mapping[str, int]) -> str:
    return "、".join(f"{code} {times} 个" for code, times in counts.items())


def _summary(
    found: list[Diagnostic], documents: list[Document], compared: baseline.Compared | None, question: Question
) -> str:
    counts = [f"{sum(one.severity == name for one in found)} 个{word}" for name, word in SEVERITIES.items()]
    pieces = [f"{len(documents)} 个文件：{'，'.join(counts)}"]
    if compared is not None:
        pieces.append(
            f"存量 {len(compared.kept)} 个"
            + (f"，消失 {compared.gone} 个（{_times(compared.vanished)}）" if compared.gone else "")
        )
    skipped = skipped_rules(world=question.world)
    if skipped:
        lacking = "没有办公区数据" if question.world is None else "办公区数据里没有对象"
        pieces.append(f"{lacking}，略过 {'、'.join(skipped)}")
    own = _by_file(found)
    mendable = sum(len(fixing.mendable(one, own.get(one.file, []))) for one in documents)
    if mendable:
        pieces.append(f"{mendable} 个可用 --fix 改好")
    return "；".join(pieces)
