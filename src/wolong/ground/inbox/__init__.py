"""News of the other rooms comes in; whom it concerns was decided there; messages to persons go out."""
