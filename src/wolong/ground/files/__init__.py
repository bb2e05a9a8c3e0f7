"""Bytes come in; whether they are what they say is decided; evidence that never changes goes out."""
