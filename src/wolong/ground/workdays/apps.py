from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "wolong.ground.workdays"
    label = "workdays"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wolong.ground.pages.registries import menu
        from wolong.ground.workdays.access import may_read

        menu.register(
            menu.MenuEntry(
                section=menu.Section.SETTINGS,
                order=30,
                label=_("年历"),
                url_name="workdays:list",
                icon="calendar",
                may=lambda request: may_read(request.scope),  # type: ignore[attr-defined]
            )
        )
