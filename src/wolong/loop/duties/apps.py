from importlib import import_module
from typing import Literal

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "wolong.loop.duties"
    label = "duties"

    def ready(self) -> None:
        import_module("wolong.loop.duties.receivers")
        from wolong.loop.duties import access as duties_access
        from wolong.loop.duties import panels
        from wolong.norms.standards import access, registries

        access.register_reader("duties", duties_access.clauses_of_duties)
        registries.reach.register("duties", panels.reach)
        registries.areas.register("duties", panels.areas)
        registries.impact.register("duties", panels.impact)
        self._add_to_pages()

    def _add_to_pages(self) -> None:
        from wolong.ground.pages.registries import menu, states, thread, todos
        from wolong.ground.pages.registries.panels import Panel, register
        from wolong.loop.duties import access, panels
        from wolong.loop.duties.models import Deviation, Duty
        from wolong.loop.duties.states import DeviationStanding
        from wolong.loop.duties.todos import todos as provider
        from wolong.norms.standards.models import Clause

        for order, url_name, may in ((20, "duties:matrix", access.may_oversee), (21, "duties:list", _company_only)):
            menu.register(
                menu.MenuEntry(
                    section=menu.Section.LOOP,
                    order=order,
                    label=_("职责"),
                    url_name=url_name,
                    key="z",
                    may=lambda request, may=may: may(request.scope),  # type: ignore[misc]
                )
            )
        thread.register(thread.Stage.DUTY, panels.bead_of_clause, subject=Clause)
        thread.register(thread.Stage.DUTY, panels.bead_of_duty, subject=Duty)
        thread.register(thread.Stage.CLAUSE, panels.clause_bead_of_duty, subject=Duty)
        thread.register(thread.Stage.DUTY, panels.bead_of_deviation, subject=Deviation)
        thread.register(thread.Stage.CLAUSE, panels.clause_bead_of_deviation, subject=Deviation)
        states.register(
            DeviationStanding,
            {
                DeviationStanding.ASKED: ("warn", "hourglass"),
                DeviationStanding.APPROVED: ("run", "route-alt-left"),
                DeviationStanding.EXPIRED: ("", "history"),
                DeviationStanding.REFUSED: ("", "circle-x"),
                DeviationStanding.ENDED: ("", "history"),
            },
        )
        todos.register(provider)
        register("edition", Panel(key="touched", title=_("这样改会动到什么？"), order=10, render=panels.touched_by))
        for place, title, render in (
            ("clause", _("谁做，谁查"), panels.clause_panel),
            ("place", _("这里要做到什么"), panels.place_panel),
            ("equipment", _("要做到什么"), panels.equipment_panel),
            ("line", _("要做到什么"), panels.line_panel),
        ):
            side: Literal["left", "right"] = "right" if place == "clause" else "left"
            register(place, Panel(key="duties", title=title, order=20, render=render, side=side))


def _company_only(scope: object) -> bool:
    return bool(getattr(scope, "is_supplier", False))
