"""Pages of the administrator, and everybody's own page."""
