from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingsConfig(AppConfig):
    name = "wolong.loop.findings"
    label = "findings"

    def ready(self) -> None:
        import_module("wolong.loop.findings.receivers")
        from wolong.ground.files.access import register_viewer
        from wolong.loop.findings import panels
        from wolong.norms.standards.registries import clause_counts

        register_viewer(panels.evidence_of_findings)
        clause_counts.register("findings", panels.failures_by_clause)
        self._add_to_pages()

    def _add_to_pages(self) -> None:
        from wolong.ground.pages.registries import menu, search, states, thread
        from wolong.ground.pages.registries.panels import Panel, register
        from wolong.loop.duties.models import Duty
        from wolong.loop.findings import access, panels
        from wolong.loop.findings.states import Stage
        from wolong.norms.standards.models import Clause

        menu.register(
            menu.MenuEntry(
                section=menu.Section.LOOP,
                order=50,
                label=_("问题"),
                url_name="findings:list",
                icon="alert-circle",
                key="w",
                may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
                count=panels.open_count,
            )
        )
        states.register(
            Stage,
            {
                Stage.OPEN: ("", "circle-dotted"),
                Stage.NOTED: ("", "notes"),
                Stage.ISSUED: ("", "send"),
                Stage.RECEIVED: ("run", "progress"),
                Stage.ANSWERED: ("run", "eye-check"),
                Stage.RETURNED: ("warn", "arrow-back-up"),
                Stage.EXTENSION: ("warn", "calendar-due"),
                Stage.CLOSED: ("ok", "circle-check"),
                Stage.WITHDRAWN: ("", "circle-x"),
            },
        )
        search.register(search.SearchSource(label=_("问题"), order=50, find=panels.find_findings))
        thread.register(thread.Stage.FINDING, panels.bead_of_clause, subject=Clause)
        thread.register(thread.Stage.FINDING, panels.bead_of_duty, subject=Duty)
        thread.register(thread.Stage.RECTIFICATION, panels.order_bead_of_clause, subject=Clause)
        thread.register(thread.Stage.RECTIFICATION, panels.order_bead_of_duty, subject=Duty)
        for place, render in (
            ("place", panels.of_place),
            ("equipment", panels.of_equipment),
            ("duty", panels.of_duty),
            ("contract", panels.of_contract),
            ("clause", panels.of_clause),
        ):
            register(place, Panel(key="findings", title=_("今年的问题"), order=50, render=render))
