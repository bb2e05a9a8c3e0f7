from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "wolong.loop.exchange"
    label = "exchange"

    def ready(self) -> None:
        import_module("wolong.loop.exchange.receivers")
        from wolong.ground.pages.registries import menu, panels, states
        from wolong.ground.people.access import may_administer
        from wolong.loop.exchange.panels import CALENDAR
        from wolong.loop.exchange.states import DeliveryState

        menu.register(
            menu.MenuEntry(
                section=menu.Section.SETTINGS,
                order=40,
                label=_("对外通知"),
                url_name="exchange:list",
                icon="webhook",
                may=lambda request: may_administer(request.scope),  # type: ignore[attr-defined]
            )
        )
        states.register(
            DeliveryState,
            {
                DeliveryState.WAITING: ("run", "hourglass"),
                DeliveryState.DELIVERED: ("ok", "circle-check"),
                DeliveryState.GIVEN_UP: ("bad", "circle-x"),
                DeliveryState.WITHHELD: ("", "eye-off"),
            },
        )
        panels.register("account", CALENDAR)
