from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "wolong.loop.notices"
    label = "notices"

    def ready(self) -> None:
        import_module("wolong.loop.notices.receivers")
        from wolong.ground.pages.registries import menu, search, states, todos
        from wolong.loop.notices import access, panels, registries
        from wolong.loop.notices.offers import SCORES, STANDARDS
        from wolong.loop.notices.states import State

        registries.register(STANDARDS)
        registries.register(SCORES)
        menu.register(
            menu.MenuEntry(
                section=menu.Section.LOOP,
                order=95,
                label=_("公示"),
                url_name="notices:list",
                icon="speakerphone",
                key="n",
                may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
            )
        )
        states.register(
            State,
            {
                State.DRAFT: ("", "pencil"),
                State.SUBMITTED: ("run", "eye-check"),
                State.RETURNED: ("warn", "arrow-back-up"),
                State.PUBLISHED: ("ok", "world"),
                State.WITHDRAWN: ("", "circle-x"),
            },
        )
        todos.register(panels.todos)
        search.register(
            search.SearchSource(
                label=_("公示件"),
                order=95,
                find=panels.find_notices,
                may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
            )
        )
