"""What of an address is a view, and what a view may be called."""

from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

MOST_PER_LIST = 20
LONGEST_NAME = 20
LONGEST_QUERY = 2000
# Where one stands in a list, and what one does with it, is not how one looks at it.
NOT_KEPT = ("page", "export", "panel", "view")


def kept_query(address: str) -> str:
    """The part of a list's query that is worth keeping: filters, search, tab, sort and columns."""
    pairs = parse_qsl(address, keep_blank_values=True, errors="replace")
    return urlencode([(name, value) for name, value in pairs if name not in NOT_KEPT])


def tidy_name(name: str) -> str:
    return " ".join(name.split())


def fault_of_name(name: str) -> str:
    """What is wrong with the name of a view; empty when nothing is."""
    if not name:
        return _("请给视图起个名字。")
    if len(name) > LONGEST_NAME:
        return _("视图的名字最多 %(most)d 个字。") % {"most": LONGEST_NAME}
    if not name.isprintable():
        return _("视图的名字里有看不见的字符。")
    return ""
