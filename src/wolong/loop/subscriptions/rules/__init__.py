"""Addresses, signatures, waiting times and calendar entries: plain values in and out."""
