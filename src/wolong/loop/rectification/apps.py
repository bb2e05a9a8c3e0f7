from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RectificationConfig(AppConfig):
    name = "wolong.loop.rectification"
    label = "rectification"

    def ready(self) -> None:
        import_module("wolong.loop.rectification.receivers")
        from wolong.ground.files.access import register_viewer
        from wolong.loop.findings import registries
        from wolong.loop.rectification import panels, queries

        register_viewer(queries.evidence_of_answers)
        for action in panels.BULK:
            registries.add_bulk_action(action)
        registries.add_step(panels.step_of_finding)
        registries.add_subject(panels.order_of)
        self._add_to_pages()

    def _add_to_pages(self) -> None:
        from wolong.ground.pages.registries import menu, search, states, thread, todos
        from wolong.loop.findings.models import Finding
        from wolong.loop.rectification import access, panels
        from wolong.loop.rectification.models import Order
        from wolong.loop.rectification.states import State, SystemicState
        from wolong.loop.rectification.todos import todos as provider

        menu.register(
            menu.MenuEntry(
                section=menu.Section.LOOP,
                order=60,
                label=_("整改"),
                url_name="rectification:list",
                icon="tool",
                key="g",
                may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
                count=panels.open_count,
            )
        )
        states.register(
            State,
            {
                State.ISSUED: ("", "send"),
                State.RECEIVED: ("run", "progress"),
                State.ANSWERED: ("run", "eye-check"),
                State.RETURNED: ("warn", "arrow-back-up"),
                State.CLOSED: ("ok", "circle-check"),
                State.CANCELLED: ("", "circle-x"),
            },
        )
        states.register(
            SystemicState,
            {
                SystemicState.ORDERED: ("warn", "tool"),
                SystemicState.REPORTED: ("run", "eye-check"),
                SystemicState.WORKED: ("ok", "circle-check"),
                SystemicState.FAILED: ("bad", "circle-x"),
            },
        )
        search.register(search.SearchSource(label=_("整改通知单"), order=60, find=panels.find_orders))
        thread.register_chain(Order, panels.beads_of_order)
        thread.register_chain(Finding, panels.beads_of_finding)
        todos.register(provider)
