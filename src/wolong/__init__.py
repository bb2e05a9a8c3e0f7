"""Wolong: a standard is a program that the office area runs."""
