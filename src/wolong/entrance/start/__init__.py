"""From an empty house to a first round: steps that read their state from the facts, sheets that fill units, people and service lines."""
