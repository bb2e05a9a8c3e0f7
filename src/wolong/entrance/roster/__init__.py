"""People and units from sheets: two more sources of the one importer, which shows what a file would do before it does it."""
