"""考评表 as an A4 form: chapters with what each clause took, the result, cells to sign, and the way back."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.papers.documents import render_pdf
from wolong.loop.appraisal.figures import Row, sum_of
from wolong.loop.appraisal.models import Sheet
from wolong.loop.appraisal.rules.money import in_words
from wolong.loop.appraisal.rules.scheme import decimal_of


def sheet_pdf(sheet: Sheet, data: dict[str, Any], *, link: str, printed_by: str, with_money: bool) -> bytes:
    """The PDF of one sheet from its exported data; `link` becomes the QR code back to it."""
    inputs, result = data["inputs"], data["result"]
    rows = [
        {"level": level, "name": row.name, "how": row.how, "amount": _("未检查") if row.is_unchecked else row.amount}
        for level, row in _flat(sum_of(inputs, result), 0)
    ]
    payment = result["payment"] if with_money else None
    return render_pdf(
        "appraisal/sheet.typ",
        {
            "number": f"{sheet.period.first_on:%Y}-{sheet.pk}",
            "unit": sheet.period.area.centre.name,
            "printed": f"{timezone.localtime():%Y-%m-%d %H:%M} {printed_by}",
            "link": link,
            "area": sheet.period.area.name,
            "scored": sheet.unit.name,
            "contract": sheet.contract.number if sheet.contract else _("自主管理"),
            "period": f"{sheet.period}（{inputs['period']['first']} 至 {inputs['period']['last']}）",
            "scheme": inputs["scheme"]["name"],
            "rows": rows,
            "total": result["score"] or _("未检查"),
            "grade": result["grade"] or "—",
            "caps": [f"{one['number']} {one['title']}" for one in result["caps"]],
            "payment": payment
            and {
                **payment,
                **{name: f"{decimal_of(payment[name]):,.2f}" for name in ("fee", "due")},
                "words": in_words(decimal_of(payment["due"])),
            },
            "hash": data["inputs_sha256"],
            "frozen": data["frozen_at"][:16].replace("T", " ") if data["frozen_at"] else "",
        },
        link=link,
    )


def _flat(rows: list[Row], level: int) -> Iterator[tuple[int, Row]]:
    for row in rows:
        yield level, row
        yield from _flat(row.rows, level + 1)
