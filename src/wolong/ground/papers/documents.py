"""A4 forms as PDF: a room's typst template, its data as JSON, the shared form, and a QR code that leads back."""

import io
import json
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

import segno
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.utils import get_app_template_dirs

from wolong.ground.papers.presses import typst

FORMS = Path(__file__).parent / "typst"
FONT_PACKAGE = "manimgx_fonts_cjk"


class CannotPrint(Exception):
    """A template or a picture in it is wrong; nothing that the person who prints can mend."""


def render_pdf(
    template: str, data: Mapping[str, Any], *, link: str = "", files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of `templates/<template>` (e.g. `rectification/order.typ`) with `data` as `json("data.json")`.

    The template imports `form.typ`. `link` becomes `qr.svg`, the way back to the page; `files` are pictures by the path
    that the template and the data call them (`photos/1.jpg`). Nothing outside of these can be read by a template.
    """
    with tempfile.TemporaryDirectory(prefix="wolong-paper-") as folder:
        root = _laid_out(Path(folder), template, data, link, files or {})
        pdf = _compiled(template, root, format="pdf")
    if not isinstance(pdf, bytes):
        raise CannotPrint(f"{template}: no pages")
    return pdf


def render_pictures(template: str, data: Mapping[str, Any], *, dots_per_inch: int = 200) -> list[bytes]:
    """Each page of a template as a PNG: charts for papers that cannot draw."""
    with tempfile.TemporaryDirectory(prefix="wolong-paper-") as folder:
        root = _laid_out(Path(folder), template, data, "", {})
        pages = _compiled(template, root, format="png", ppi=dots_per_inch)
    found = pages if isinstance(pages, list) else [pages]
    return [page for page in found if page is not None]


def _laid_out(root: Path, template: str, data: Mapping[str, Any], link: str, files: Mapping[str, bytes]) -> Path:
    """Everything that a template may read, in a folder of its own."""
    for own in FORMS.glob("*.typ"):
        (root / own.name).write_bytes(own.read_bytes())
    (root / "main.typ").write_bytes(_template(template).read_bytes())
    (root / "data.json").write_text(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False), encoding="utf-8")
    if link:
        (root / "qr.svg").write_bytes(qr_svg(link))
    for name, content in files.items():
        path = _inside(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def _compiled(template: str, root: Path, **how: Any) -> Any:
    try:
        return typst().compile(root / "main.typ", root=root, font_paths=_fonts(), **how)
    except typst().TypstError as error:
        raise CannotPrint(f"{template}: {error.message} {error.hints}") from error


def qr_svg(text: str) -> bytes:
    """A QR code as SVG: level M, so that a stain or a staple does not matter, with the quiet zone that scanners need."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=True, svgns=True)
    return out.getvalue()


def _template(name: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / name
        if path.is_file():
            return path
    raise CannotPrint(f"no template {name}")


def _inside(root: Path, name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.suffix == ".typ" or name == "data.json":
        raise CannotPrint(f"a file may not be called {name!r}")
    return root / path


@cache
def _fonts() -> Any:
    """The shipped CJK font, and those of the installation's own folders (仿宋, 小标宋); never what a machine happens to have."""
    spec = find_spec(FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise CannotPrint(f"{FONT_PACKAGE} is not installed")
    own = [str(folder) for folder in getattr(settings, "FONT_FOLDERS", [])]
    return typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(Path(spec.origin).parent), *own]
    )
