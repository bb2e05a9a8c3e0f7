"""Judging a reading, what must be looked at singly, and what a section head should know of a visit. Pure."""
