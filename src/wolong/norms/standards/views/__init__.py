"""The pages of the standards room."""
