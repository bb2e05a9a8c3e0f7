"""Questions to the duties of an area."""
