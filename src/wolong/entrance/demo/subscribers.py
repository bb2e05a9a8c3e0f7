"""What the demo shows of other systems: one that was told once and is switched off, so that the demo sends nothing anywhere."""

from datetime import datetime, timedelta

from wolong.entrance.demo.beginnings import Cast
from wolong.loop.subscriptions.actions import note_attempt, ping, register_receiver, switch_receiver
from wolong.loop.subscriptions.states import Event

ADDRESS = "https://ducha.example/hooks/wolong"
EVENTS = (Event.ORDER_ISSUED, Event.ORDER_CLOSED, Event.ORDER_OVERDUE, Event.PERIOD_CLOSED)


def subscribe(cast: Cast, *, now: datetime) -> None:
    admin, at = cast.people["admin"], now - timedelta(days=2)
    receiver, _secret = register_receiver(
        name="省局督查平台", address=ADDRESS, owner=cast.people["chenzhuren"], events=EVENTS, by=admin, at=at
    )
    tried = ping(receiver=receiver, by=admin, at=at)
    reason = "10 秒内没有应答"
    note_attempt(delivery=tried, status=None, duration_ms=10004, answer="", fault=reason, at=at + timedelta(seconds=10))
    again = ping(receiver=receiver, by=admin, at=at + timedelta(minutes=30))
    note_attempt(
        delivery=again, status=204, duration_ms=38, answer="", fault="", at=at + timedelta(minutes=30, seconds=1)
    )
    switch_receiver(receiver=receiver, is_active=False, by=admin, at=at + timedelta(hours=1))
