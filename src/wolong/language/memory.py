"""What one sentence hands from part to part."""

from dataclasses import dataclass, field

from wolong.language.tree import Measure, Period


@dataclass(slots=True)
class Memory:
    """What one sentence hands from part to part. `reach` says how far each of it reaches."""

    lent: bool = False
    """Whether the sentence has its modality from a stem or an execution line."""

    # What is spoken of.
    subject: str = ""
    recent: str = ""
    """What was bound last, nearer than the subject."""
    supplied: str = ""
    """What was set up last (应设置灭火器)."""
    deed: str = ""
    """What was counted last."""

    # When it holds.
    condition: str | None = None
    begins: int = 0
    """Where the condition begins, so that a second one in front of the verb joins it."""
    event: str | None = None
    is_own_event: bool = False
    """It was said of somebody's own deed."""
    passing: bool = False
    """The condition is of its own verb alone."""
    is_late: bool = False
    """The condition is a part of its own behind what was said without it."""
    is_stage: bool = False
    """The condition is a stage of what is done (经审核后, 报……审批), and of the next verb alone."""
    held: str | None = None
    """The condition that holds again behind such a stage."""
    is_led: bool = False
    """The condition is a part of its own, and holds for what follows."""
    is_fresh: bool = False
    """The part just read was a condition and nothing else."""
    is_open: bool = False
    """Since a condition that leads, nothing was asked: a second one joins it (夏季, 作业人员未经批准, 不得……)."""
    stays: bool = True
    """The condition is no case that ends with the next regular deed."""
    is_of_deed: bool = False
    """The condition was said of a deed, so that a bound of another thing is free of it."""
    takes_turns: bool = False
    """One season followed another."""
    is_inline: bool = False
    """The condition stands among words that ask for something."""
    is_variant: bool = False
    """The condition changes what was said without one."""
    is_other_case: bool = False
    """A supposed case was told that is no condition of the verb."""
    has_spoken: bool = False
    """Something was said that is more than a condition."""
    has_said: bool = False
    """Something was said without a condition."""

    # What was measured.
    told: list[tuple[Measure, str]] = field(default_factory=list)
    """The deadlines read, each with what was spoken of before it."""
    last: Measure | None = None
    operator: str | None = None
    unit: str | None = None
    period: Period | None = None
    has_measured: bool = False
    """The part just read made a requirement of its own."""
    is_step: bool = False
    """The part just read ended with so much of a change (每降低 1 ℃)."""
    used: set[int] = field(default_factory=set)
    """Which tokens of the part at hand are in a measure."""
