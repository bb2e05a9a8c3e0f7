"""Measures, as ratios to floors taken in the same run on the same server and database. Never part of the tests."""
