"""What rests on one holder alone: tasks and evidence in, rows of single points, of exclusivity claims, and edges of the network out."""

from collections.abc import Collection, Sequence

from talaan.market.abilities import Evidence
from talaan.market.dependence import Task, must_turn, single_points
from talaan.model.figure import Cell


def single_rows(tasks: Sequence[Task]) -> list[dict[str, Cell]]:
    """What only one holder is known to do; `firm` where those who may be able would not change it."""
    return [
        {"system": task.system, "ability": task.ability, "holder": holder, "firm": holder in single_points(task, hopeful=True)}
        for task in tasks
        for holder in single_points(task)
    ]


def exclusive_rows(evidence: Sequence[Evidence]) -> list[dict[str, Cell]]:
    """Claims that only one can, with everybody else who is on record as able; none on record proves nothing."""
    out: list[dict[str, Cell]] = []
    for one in evidence:
        if one.exclusive and one.row is not None:
            others = [
                other
                for other in evidence
                if (other.system, other.ability) == (one.system, one.ability) and other.holder != one.holder and other.said == "able"
            ]
            cells: dict[str, Cell] = {"system": one.system, "ability": one.ability, "holder": one.holder, "date": one.date}
            counter = " | ".join(dict.fromkeys(other.holder for other in others)) or None
            sources = " | ".join(dict.fromkeys(other.source for other in others)) or None
            out.append({**cells, "counter_examples": counter, "evidence": sources, "claim": one.source})
    return out


def network_rows(user: str, delivered: Collection[str], tasks: Sequence[Task]) -> list[dict[str, Cell]]:
    """Edges of the picture: user → weapon (`asked` where it was not delivered) → ability → holder, and holder → whom it must turn to."""
    edges: dict[tuple[str, str], str] = {}
    for task in tasks:
        ability = f"{task.system} · {task.ability}"
        edges[user, task.system] = "uses" if task.system in delivered else "asked"
        edges[task.system, ability] = "needs"
        for word, holders in (("possible", task.possible), ("able", task.able), ("unable", task.unable)):
            for holder in sorted(holders):
                told = edges.get((ability, holder))
                edges[ability, holder] = "disputed" if word == "unable" and told == "able" else word
        for dependent, provider in must_turn(task):
            edges[dependent, provider] = "must turn to"
        for dependent, provider in sorted(task.turns):
            edges[ability, dependent] = edges.get((ability, dependent), "unable")
            edges[dependent, provider] = "must turn to"
    return [{"from": source, "to": target, "kind": kind} for (source, target), kind in edges.items()]
