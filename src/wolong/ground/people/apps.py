from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wolong.ground.people"
    label = "people"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wolong.ground.pages.registries import menu, topbar
        from wolong.ground.people import receivers  # noqa: F401 - connects its signals
        from wolong.ground.people.access import may_administer

        menu.register(
            menu.MenuEntry(
                section=menu.Section.SETTINGS,
                order=10,
                label=_("人员和单位"),
                url_name="people:list",
                icon="users",
                may=lambda request: may_administer(request.scope),  # type: ignore[attr-defined]
            )
        )
        topbar.set_person(lambda request: topbar.PersonCard(request.user.name, request.user.unit_name))
        topbar.add_person_link(topbar.PersonLink(_("我的账号"), "people:account", "user"))
        topbar.add_person_link(topbar.PersonLink(_("退出"), "account_logout", "logout", post=True))
