from django.apps import AppConfig


class SavedViewsConfig(AppConfig):
    name = "wolong.ground.savedviews"
    label = "savedviews"

    def ready(self) -> None:
        from wolong.ground.pages.registries import views
        from wolong.ground.savedviews.queries import opening_address

        views.set_keeper(views.Keeper("savedviews:views", lambda request, name: opening_address(request.user, name)))
