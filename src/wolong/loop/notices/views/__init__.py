"""The desk of the open window, and the public pages."""
