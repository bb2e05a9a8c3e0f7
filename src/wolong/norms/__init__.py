"""What must be: the standards in force."""
