"""Rounds come in; what was seen is recorded as fact, not judged; observations with evidence go out."""
