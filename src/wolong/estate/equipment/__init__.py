"""Equipment comes in by system and place; what is due on it is decided above; its card and archive go out."""
