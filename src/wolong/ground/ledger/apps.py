from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "wolong.ground.ledger"
    label = "ledger"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wolong.ground.ledger.access import may_read
        from wolong.ground.pages.registries import menu

        menu.register(
            menu.MenuEntry(
                section=menu.Section.SETTINGS,
                order=40,
                label=_("留痕"),
                url_name="ledger:list",
                icon="shield-check",
                may=lambda request: may_read(request.scope),  # type: ignore[attr-defined]
            )
        )
