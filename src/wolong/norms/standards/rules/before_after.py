"""What a change of wording did: failures per 100 checks before and since, with an interval, or that it is too early to say. Pure."""

from dataclasses import dataclass
from math import sqrt

FEWEST_CHECKS = 20
Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """Failures among checks (符合 + 不符合, one by one); per 100, with the Wilson score interval."""

    checks: int
    failures: int

    @property
    def is_too_few(self) -> bool:
        return self.checks < FEWEST_CHECKS

    @property
    def per_100(self) -> float:
        return 100 * self.failures / self.checks if self.checks else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval per 100 checks (Wilson 1927); the whole scale where nothing was checked."""
        if not self.checks:
            return 0.0, 100.0
        n, share = self.checks, self.failures / self.checks
        middle = share + Z * Z / (2 * n)
        half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, 100 * (middle - half) / whole), min(100.0, 100 * (middle + half) / whole)


def is_clear(before: Rate, since: Rate) -> bool | None:
    """Whether it became better (True) or worse (False); None while the intervals overlap or there are too few checks."""
    if before.is_too_few or since.is_too_few:
        return None
    if since.interval[1] < before.interval[0]:
        return True
    return False if since.interval[0] > before.interval[1] else None
