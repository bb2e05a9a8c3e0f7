"""A year of an office area with failures planted by seed: the compiled plan against a paper checklist, with the same hours."""
