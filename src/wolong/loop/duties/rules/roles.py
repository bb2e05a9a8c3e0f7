"""Separation of duties between units (docs/rules.md, rule 9): who writes, who carries out, who supervises."""

from enum import StrEnum


class Roles(StrEnum):
    """How the roles meet, worst first: one section in all three; one centre in all three; one section does and checks."""

    ONE_UNIT = "1-unit"
    ONE_CENTRE = "2-centre"
    DOES_AND_CHECKS = "3-self"


def is_within(path: str, of: str) -> bool:
    """Whether a unit is another one or stands below it."""
    return bool(of) and path.startswith(of)


def roles_of(*, writer: str, doer: str, checker: str, centre: str) -> Roles | None:
    """What is wrong with a writer, a doer and a checker of a centre's area, given by their paths; None where they are apart.

    A company that does the work stands outside of the centre: its centre may write and supervise. What the bureau wrote
    may be done by one section and checked by another.
    """
    does_and_checks = is_within(doer, checker) or is_within(checker, doer)
    if does_and_checks and writer and (writer in {doer, checker}):
        return Roles.ONE_UNIT
    if all(is_within(unit, centre) for unit in (writer, doer, checker)):
        return Roles.ONE_CENTRE
    return Roles.DOES_AND_CHECKS if does_and_checks else None
