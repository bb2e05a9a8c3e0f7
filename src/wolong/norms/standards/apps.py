from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "wolong.norms.standards"
    label = "standards"

    def ready(self) -> None:
        from wolong.ground.pages.registries import menu, search, states, thread, todos
        from wolong.norms.standards import access, panels
        from wolong.norms.standards.models import Clause
        from wolong.norms.standards.states import EditionState

        states.register(
            EditionState,
            {
                EditionState.DRAFT: ("", "pencil"),
                EditionState.APPROVED: ("run", "calendar-due"),
                EditionState.IN_FORCE: ("ok", "circle-check"),
                EditionState.REPLACED: ("", "history"),
                EditionState.ABOLISHED: ("", "ban"),
            },
        )
        menu.register(
            menu.MenuEntry(
                section=menu.Section.LOOP,
                order=10,
                label=_("标准"),
                url_name="standards:list",
                key="b",
                may=lambda request: access.may_read(request.scope),  # type: ignore[attr-defined]
            )
        )
        thread.register(thread.Stage.CLAUSE, panels.bead_of_clause, subject=Clause)
        todos.register(panels.drafts_to_approve)
        search.register(
            search.SearchSource(
                label=_("标准"),
                order=10,
                find=panels.find,
                may=lambda request: access.may_read(request.scope),  # type: ignore[attr-defined]
            )
        )
