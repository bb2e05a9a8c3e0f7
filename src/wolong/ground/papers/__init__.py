"""Values come in; where they stand on the sheet is decided; A4 forms and tables go out, and sheets are read in."""
