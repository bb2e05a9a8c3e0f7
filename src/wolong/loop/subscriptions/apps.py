from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    name = "wolong.loop.subscriptions"
    label = "subscriptions"

    def ready(self) -> None:
        import_module("wolong.loop.subscriptions.receivers")
        from wolong.ground.pages.registries import menu, panels, states
        from wolong.ground.people.access import may_administer
        from wolong.loop.subscriptions.panels import CALENDAR
        from wolong.loop.subscriptions.states import DeliveryState

        menu.register(
            menu.MenuEntry(
                section=menu.Section.SETTINGS,
                order=40,
                label=_("对外通知"),
                url_name="subscriptions:list",
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
