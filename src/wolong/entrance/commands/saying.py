"""What a command says to the person at the terminal."""

import sys

import typer


def say(line: str) -> None:
    """One line, at once: the supervisor's own and its children's lines keep their order."""
    typer.echo(line)
    sys.stdout.flush()
