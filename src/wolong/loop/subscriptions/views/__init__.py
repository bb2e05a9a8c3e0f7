"""Pages of receivers and their log; the calendar's address and what it answers."""
