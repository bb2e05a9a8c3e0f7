"""The pages of places: lists, things, verbs, labels, and imports."""
