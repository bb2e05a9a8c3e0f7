"""The standards language: text comes in, is read into typed clauses, requirements and measures, and is linted and judged."""
