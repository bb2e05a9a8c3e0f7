"""Duties and inspectors' hours come in; what is checked this month, and what cannot be, is decided; rounds go out."""
