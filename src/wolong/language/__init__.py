"""The standards language: text comes in, is read into clauses, requirements and measures, is linted and judged."""
