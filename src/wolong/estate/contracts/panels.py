"""What contracts add: a line of the menu and a source of the search."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts import access
from wolong.estate.contracts.models import Contract
from wolong.ground.pages.registries import menu, search


def may_look(request: HttpRequest) -> bool:
    return access.may_look(request.scope)  # type: ignore[attr-defined]


def find(request: HttpRequest, q: str) -> list[search.Hit]:
    """A company finds its own contracts and nothing else."""
    found = Contract.objects.visible_to(request.scope).select_related("supplier")  # type: ignore[attr-defined]
    for word in q.split()[:5]:
        found = (
            found.filter(name__icontains=word)
            | found.filter(number__icontains=word)
            | found.filter(supplier__name__icontains=word)
        )
    rows = found.order_by("number")[: search.PER_SOURCE]
    return [search.Hit(one.name, f"{one.number} · {one.supplier.name}", one.get_absolute_url()) for one in rows]


def register() -> None:
    menu.register(
        menu.MenuEntry(
            section=menu.Section.ESTATE,
            order=30,
            label=_("合同"),
            url_name="contracts:list",
            icon="file-text",
            may=may_look,
            key="t",
        )
    )
    search.register(search.SearchSource(label=_("合同"), order=80, find=find, may=may_look))
