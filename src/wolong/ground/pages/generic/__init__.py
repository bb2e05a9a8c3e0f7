"""The three generic pages and the small words they are made of; rooms import from here."""

from wolong.ground.pages.generic.acts import ActionPage
from wolong.ground.pages.generic.columns import Column
from wolong.ground.pages.generic.details import DetailPage
from wolong.ground.pages.generic.lists import BulkAction, ListPage, Tab
from wolong.ground.pages.generic.parts import Button, Crumb, Empty, Fact, History, HistoryLine, NextStep
from wolong.ground.pages.generic.signed_in import SignedIn

__all__ = [
    "ActionPage",
    "BulkAction",
    "Button",
    "Column",
    "Crumb",
    "DetailPage",
    "Empty",
    "Fact",
    "History",
    "HistoryLine",
    "ListPage",
    "NextStep",
    "SignedIn",
    "Tab",
]
