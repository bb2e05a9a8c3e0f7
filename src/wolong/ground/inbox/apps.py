from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "wolong.ground.inbox"
    label = "inbox"
