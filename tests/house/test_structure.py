"""Imports stand at the top, foreign keys point down, templates are used, migrations are complete."""

import ast
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField

from tests.house.law import ROOT, SOURCE, WINGS, python_files, rooms, shown, tree_of

ORDER = {wing: number for number, wing in enumerate(WINGS)}
IN_ORDER = {
    "ground": [
        "questions",
        "pages",
        "lifecycle",
        "ledger",
        "workdays",
        "people",
        "exchange",
        "files",
        "papers",
        "savedviews",
        "inbox",
    ],
    "norms": ["standards"],
    "estate": ["places", "equipment", "contracts"],
    "loop": [
        "duties",
        "plans",
        "fieldwork",
        "findings",
        "rectification",
        "appraisal",
        "notices",
        "analysis",
        "subscriptions",
    ],
}


def _height(room: str) -> tuple[int, int]:
    _wolong, wing, name = room.split(".")[:3]
    return ORDER[wing], IN_ORDER[wing].index(name)


def test_every_room_has_its_place_in_the_order() -> None:
    assert [room for room in rooms() if room.split(".")[2] not in IN_ORDER[room.split(".")[1]]] == []


def test_no_import_hides_inside_a_function() -> None:
    hidden = []
    for path in python_files():
        if "commands" in path.parts or path.name in {"apps.py", "command_line.py"}:
            continue  # the command line must not load Django for `wolong lint`; apps register when all are there
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden += [
                    f"{shown(path)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                ]
    assert hidden == []


# What a kind of file must not know (docs/house.md). Models and querysets are Django's; HTTP and pages are the views'.
UNKNOWN = {
    "rules": ("django.http", "django.shortcuts", "django.forms", "django.db", "wolong.ground.pages"),
    "states": ("django.http", "django.shortcuts", "django.forms"),
    "models": ("django.http", "django.shortcuts", "django.forms", "wolong.ground.pages"),
    "querysets": ("django.http", "django.shortcuts", "django.forms", "wolong.ground.pages"),
    "queries": ("django.http", "django.shortcuts", "django.forms"),
    "actions": ("django.http", "django.shortcuts", "django.forms", "wolong.ground.pages"),
}


def test_a_file_knows_only_what_its_kind_may_know() -> None:
    faults = []
    for path in python_files():
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if len(parts) < 3 or parts[0] not in WINGS or parts[1] == "pages":
            continue
        for node in ast.walk(tree_of(path)):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            faults += [
                f"{shown(path)} imports {name}"
                for name in names
                if any(name == bad or name.startswith(f"{bad}.") for bad in UNKNOWN.get(parts[2], ()))
            ]
    assert faults == []


def test_every_foreign_key_points_down_the_ladder() -> None:
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("wolong."):
            continue
        home = _height(model.__module__)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model.__module__
                if target.startswith("wolong.") and _height(target) > home:
                    upward.append(f"{model.__name__}.{field.name}")
    assert upward == []


def test_every_at_has_its_by_in_one_constraint_or_is_a_single_fact() -> None:
    """A pair of who and when is filled together: kept by the database where both may be empty."""
    loose = []
    for model in apps.get_models():
        if not model.__module__.startswith("wolong.loop"):
            continue
        names = {f.name: f for f in model._meta.local_fields}
        guarded = " ".join(str(c.condition) for c in model._meta.constraints if hasattr(c, "condition"))
        for name, field in names.items():
            partner = names.get(name.removesuffix("_at") + "_by")
            if name.endswith("_at") and partner is not None and field.null and partner.null:
                stem = name.removesuffix("_at")
                if f"{stem}_at__isnull" not in guarded or f"{stem}_by__isnull" not in guarded:
                    loose.append(f"{model.__name__}.{name}")
    assert loose == []


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes detected" in out.getvalue()


# Templates that a library asks for by a name of its own.
BY_LIBRARY = re.compile(r"^(account/|400|403|404|500|django/forms|pages/(locked_out|csrf))")


def test_every_template_is_used() -> None:
    words = "\n".join(path.read_text(encoding="utf-8") for path in (*python_files(), *SOURCE.rglob("*.html")))
    unused = []
    for path in SOURCE.rglob("templates/**/*.html"):
        name = path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
        if not BY_LIBRARY.match(name) and name not in words:
            unused.append(name)
    assert unused == []


CHINESE = re.compile(r"[\u4e00-\u9fff]")
WRAPPED = re.compile(
    r"\{%\s*(?:blocktranslate|blocktrans)\b.*?\{%\s*end(?:blocktranslate|blocktrans)\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
    r"|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->",
    re.DOTALL,
)


def test_every_chinese_word_of_a_template_can_be_translated() -> None:
    bare = []
    for path in SOURCE.rglob("templates/**/*.html"):
        rest = WRAPPED.sub(lambda match: "\n" * match.group(0).count("\n"), path.read_text(encoding="utf-8"))
        bare += [f"{shown(path)}:{n}" for n, line in enumerate(rest.splitlines(), 1) if CHINESE.search(line)]
    assert bare == []


def test_nothing_in_the_project_points_outside_it() -> None:
    outside = re.compile(r"\.\./shared|/work/|/root/|https?://[\w.]*(?:pypi|npmjs|npmmirror)[\w./]*")
    hits = []
    for path in ROOT.rglob("*"):
        if (
            path.suffix in {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".yaml", ".json", ""}
            and path.is_file()
        ):
            relative = path.relative_to(ROOT)
            if (
                relative.parts[0] in {".git", ".venv", ".tools", "var", "node_modules"}
                or path == ROOT / "tests/house/test_structure.py"
            ):
                continue
            if "__pycache__" in relative.parts or any(
                part.startswith(".") and part != ".ci" for part in relative.parts[:-1]
            ):
                continue
            if outside.search(path.read_text(encoding="utf-8", errors="ignore")):
                hits.append(relative.as_posix())
    assert hits == []
