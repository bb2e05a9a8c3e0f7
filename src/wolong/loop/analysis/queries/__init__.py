"""What is asked of half a year."""

from wolong.loop.analysis.queries.figures import figures_beside, figures_of, problems_that_matter
from wolong.loop.analysis.queries.reports import acts_of, before, last_comment, visible_to, with_page

__all__ = [
    "acts_of",
    "before",
    "figures_beside",
    "figures_of",
    "last_comment",
    "problems_that_matter",
    "visible_to",
    "with_page",
]
