"""Proofs that anybody can repeat: the sealed ledger and the draws."""

import typer


def register(app: typer.Typer) -> None:
    """Nothing yet."""
