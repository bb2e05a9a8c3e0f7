"""How a score comes about: the scheme, the sum, the money. Pure."""
