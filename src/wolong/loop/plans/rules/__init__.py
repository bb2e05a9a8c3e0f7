"""What a month's plan decides: what is due, what fits into the hours, who walks where. Pure."""
