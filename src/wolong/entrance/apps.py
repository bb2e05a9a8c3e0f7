from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntranceConfig(AppConfig):
    name = "wolong.entrance"
    label = "entrance"

    def ready(self) -> None:
        from wolong.entrance.areas import area_switch
        from wolong.entrance.demo.bar import bar
        from wolong.entrance.panels import HOME_PANELS
        from wolong.entrance.start.steps import may_open
        from wolong.ground.pages.registries import menu, panels, topbar

        top = menu.Section.TOP
        menu.register(menu.MenuEntry(section=top, order=1, label=_("首页"), url_name="home", icon="home", key="h"))
        menu.register(
            menu.MenuEntry(section=top, order=2, label=_("我的待办"), url_name="todos", icon="checkbox", key="d")
        )
        menu.register(
            menu.MenuEntry(
                section=menu.Section.SETTINGS,
                order=1,
                label=_("起步"),
                url_name="start",
                icon="flag",
                may=lambda request: may_open(request.scope),  # type: ignore[attr-defined]
            )
        )
        self._bring_rosters()
        topbar.set_areas(area_switch)
        topbar.add_bar(bar)
        for panel in HOME_PANELS:
            panels.register("home", panel)

    def _bring_rosters(self) -> None:
        from django.urls import reverse

        from wolong.entrance.roster import people, units
        from wolong.estate.places.actions import register_source
        from wolong.ground.pages.generic import Button
        from wolong.ground.pages.registries import buttons

        for place, source in (("people", people.SOURCE), ("organizations", units.SOURCE)):
            register_source(source)
            buttons.register(
                place,
                "import",
                lambda _request, kind=source.kind: Button(
                    label=_("导入"), url=f"{reverse('places:upload')}?kind={kind}", icon="file-import"
                ),
            )
