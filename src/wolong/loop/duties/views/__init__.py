"""The pages of the duties room."""
