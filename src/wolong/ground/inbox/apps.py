from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "wolong.ground.inbox"
    label = "inbox"

    def ready(self) -> None:
        from wolong.ground.inbox.queries import unread
        from wolong.ground.pages.registries import topbar

        topbar.set_inbox(topbar.Inbox("inbox:list", lambda request: unread(request.user)))
