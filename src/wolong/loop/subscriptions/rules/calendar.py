"""Dates as calendars read them (RFC 5545): whole days, stable names, lines folded and signs escaped by the library."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

TIME_ZONE = "Asia/Shanghai"
REFRESH = timedelta(hours=1)


def digest(token: str) -> str:
    """What is kept of an address. It holds 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """Whole days from the first to the last, both included; `uid` stays the same for ever."""

    uid: str
    first_on: date
    last_on: date
    title: str
    place: str
    text: str
    url: str
    is_cancelled: bool = False


def as_ics(entries: Iterable[Entry], *, name: str, at: datetime) -> bytes:
    """The calendar of one person. Days have no time zone; the one named is where the offices stand."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wolong//Calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at)
    event.add("dtstart", entry.first_on)
    # The end of whole days is the first day that no longer belongs to them.
    event.add("dtend", entry.last_on + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.text)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it fills no hours of the day
    return event
