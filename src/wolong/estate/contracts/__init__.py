"""Contracts come in; who performs which service where, since when, is decided; service lines go out."""
