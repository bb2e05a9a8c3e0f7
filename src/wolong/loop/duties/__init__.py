"""Adopted standards, contracts and places come in; who does and who checks each 应 is decided; duties go out."""
