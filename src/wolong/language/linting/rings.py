"""Circles in a graph of references."""

from collections.abc import Iterator, Mapping, Sequence


def rings_of(cited: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each node of a strongly connected component of more than one node, with that component in order of their names.

    Tarjan's algorithm (SIAM J. Comput. 1, 1972) with a stack of its own: linear, and as deep as the graph is.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    is_waiting: set[str] = set()
    rings: dict[str, tuple[str, ...]] = {}
    for root in cited:
        work: list[tuple[str, Iterator[str]]] = [] if root in order else [(root, iter(cited[root]))]
        while work:
            node, left = work[-1]
            if node not in order:
                order[node] = low[node] = len(order)
                waiting.append(node)
                is_waiting.add(node)
            following = next((one for one in left if one not in order or one in is_waiting), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    _close(node, waiting, is_waiting, rings)
            elif following in order:
                low[node] = min(low[node], order[following])
            else:
                work.append((following, iter(cited.get(following, ()))))
    return rings


def _close(root: str, waiting: list[str], is_waiting: set[str], rings: dict[str, tuple[str, ...]]) -> None:
    ring: list[str] = []
    while not ring or ring[-1] != root:
        ring.append(waiting.pop())
        is_waiting.discard(ring[-1])
    if len(ring) > 1:
        rings.update(dict.fromkeys(ring, tuple(sorted(ring))))
