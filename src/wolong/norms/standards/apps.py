from importlib import import_module

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

        import_module("wolong.norms.standards.receivers")
        self._add_revision()
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

    def _add_revision(self) -> None:
        from wolong.ground.pages.registries import menu, states, thread, todos
        from wolong.norms.standards import access, panels
        from wolong.norms.standards.models import Proposal
        from wolong.norms.standards.states import ProposalState, RowState, SheetState

        states.register(
            SheetState,
            {
                SheetState.CHOOSING: ("warn", "hourglass"),
                SheetState.OPEN: ("run", "progress"),
                SheetState.DRAFTED: ("ok", "circle-check"),
                SheetState.DROPPED: ("", "ban"),
            },
        )
        states.register(
            RowState,
            {
                RowState.OPEN: ("warn", "hourglass"),
                RowState.CONFIRMED: ("ok", "circle-check"),
                RowState.LEFT_OUT: ("", "ban"),
            },
        )
        states.register(
            ProposalState,
            {
                ProposalState.RAISED: ("warn", "hourglass"),
                ProposalState.ACCEPTED: ("run", "progress"),
                ProposalState.REJECTED: ("", "circle-x"),
                ProposalState.DRAFTED: ("run", "pencil"),
                ProposalState.DONE: ("ok", "circle-check"),
            },
        )
        menu.register(
            menu.MenuEntry(
                section=menu.Section.LOOP,
                order=90,
                label=_("修订"),
                url_name="standards:proposals",
                icon="edit",
                key="r",
                may=lambda request: access.may_propose(request.scope),  # type: ignore[attr-defined]
            )
        )
        thread.register(thread.Stage.REVISION, panels.bead_of_revision, subject=Proposal)
        thread.register(thread.Stage.CLAUSE, panels.clause_of_proposal, subject=Proposal)
        todos.register(panels.proposals_to_decide)
