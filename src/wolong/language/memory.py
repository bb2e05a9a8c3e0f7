"""What one sentence hands from part to part."""

from dataclasses import dataclass, field

from wolong.language.tree import Measure, Period


@dataclass(slots=True)
class Memory:
    """What one sentence hands from part to part: the subject, the condition, the event, the last measure's way."""

    subject: str = ""
    recent: str = ""
    deed: str = ""
    condition: str | None = None
    event: str | None = None
    operator: str | None = None
    period: Period | None = None
    lent: bool = False
    passing: bool = False
    used: set[int] = field(default_factory=set)
    is_other_case: bool = False
    takes_turns: bool = False
    is_step: bool = False
    is_led: bool = False
    stays: bool = True
    is_of_deed: bool = False
    is_fresh: bool = False
    begins: int = 0
    has_measured: bool = False
    has_said: bool = False
    is_variant: bool = False
    unit: str | None = None
    last: Measure | None = None
