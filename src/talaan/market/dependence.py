"""Whom one must turn to: who is able and unable to do something in, the holders that every path needs out.

The graph is user → weapon → ability → holder → done; a holder that cannot do it leads on to those who can. A node that lies on every
path is a dominator (Prosser 1959; computed as Cooper, Harvey and Kennedy 2001, by networkx).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

START, DONE = "start", "done"


@dataclass(frozen=True, slots=True)
class Task:
    """Who can, may and cannot do one thing for one weapon, and who is said to depend on whom for it."""

    system: str
    ability: str
    able: frozenset[str]
    possible: frozenset[str] = frozenset()
    unable: frozenset[str] = frozenset()
    turns: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def edges(self, *, hopeful: bool = False) -> list[tuple[str, str]]:
        """The paths from the start over holders to what is done; `hopeful` counts those who may be able as able."""
        able = self.able | (self.possible if hopeful else frozenset()) | {provider for _, provider in self.turns}
        dependents = (self.unable | {dependent for dependent, _ in self.turns}) - able
        out = [(START, holder) for holder in sorted(able | dependents)] + [(holder, DONE) for holder in sorted(able)]
        return out + [(lost, holder) for lost in sorted(dependents) for holder in sorted(able)]


def needed(edges: Iterable[tuple[str, str]], start: str) -> tuple[str, ...]:
    """The nodes that every path from `start` to what is done goes through, nearest first; empty where there is no path.

    >>> needed([(START, "RUS"), (START, "UKR"), ("RUS", "UKR"), ("UKR", DONE)], "RUS")
    ('UKR',)
    >>> needed([(START, "A"), (START, "B"), ("A", DONE), ("B", DONE)], START)
    ()
    """
    import networkx

    graph = networkx.DiGraph(list(edges))
    if start not in graph or DONE not in graph or not networkx.has_path(graph, start, DONE):
        return ()
    above: Mapping[str, str | None] = networkx.immediate_dominators(graph, start)
    chain: list[str] = []
    node = above.get(DONE)
    while node is not None and node != start:
        chain.append(node)
        node = above.get(node)
    return tuple(reversed(chain))


def single_points(task: Task, *, hopeful: bool = False) -> tuple[str, ...]:
    """The holders without whom, on what is known, this cannot be done."""
    return needed(task.edges(hopeful=hopeful), START)


def must_turn(task: Task, *, hopeful: bool = False) -> list[tuple[str, str]]:
    """(dependent, provider) for each holder that is said to be unable and the holders that every way out needs.

    >>> must_turn(Task("system:X", "overhaul", frozenset({"country:B"}), unable=frozenset({"country:A"})))
    [('country:A', 'country:B')]
    """
    edges = task.edges(hopeful=hopeful)
    dependents = sorted(task.unable | {dependent for dependent, _ in task.turns})
    return [(dependent, provider) for dependent in dependents for provider in needed(edges, dependent)]
