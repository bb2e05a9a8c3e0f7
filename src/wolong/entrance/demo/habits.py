"""How two people of the demo like to look at their lists."""

from datetime import datetime

from wolong.entrance.demo.beginnings import Cast
from wolong.ground.savedviews.actions import save_view

VIEWS = (
    (
        "lizhuguan",
        "findings:list",
        "重大的，按期限",
        "tab=open&severity=A&sort=due_on&columns=title,place,responsible,due_on",
    ),
    ("zhaojingli", "rectification:list", "按期限排", "sort=due_on"),
)


def keep_views(cast: Cast, *, now: datetime) -> None:
    for account, list_name, name, address in VIEWS:
        save_view(list_name=list_name, name=name, address=address, replace=False, by=cast.people[account], at=now)
