"""News of every stage comes in; for whose eyes and which receiver is decided; signed notices go out to other systems, and dates to calendars."""
