"""Scores as tables people read: scores in, markdown or JSON out."""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence

from talaan.evaluation.agreement import Agreement, cohen_kappa, krippendorff_alpha
from talaan.evaluation.gold import Passage
from talaan.evaluation.leads import LeadScores, auc
from talaan.evaluation.scores import Scores, interval, precision_recall
from talaan.evaluation.verdicts import JudgedText, VerdictError, VerdictScores, baseline

KINDS = ("country", "listed system", "listed organisation", "system", "organisation", "category", "person")
HASH_LETTERS = 12


def corpus_hash(passages: Sequence[Passage]) -> str:
    """The first letters of the SHA-256 over ids and texts."""
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.language}\0{passage.id}\0{passage.text}\0".encode())
    return digest.hexdigest()[:HASH_LETTERS]


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def leads_report(scores: LeadScores, passages: Sequence[Passage], split: str, *, errors: bool = False, as_json: bool = False) -> str:
    """Leads by language: AUC, recall, precision of strong, share in each grade, types, references."""
    rows = [_lead_row(name, scores) for name in sorted(scores.counts, key=lambda name: (name != "all", name))]
    head = f"Leads, {split} part, {len(passages)} passages, corpus {corpus_hash(passages)}"
    if as_json:
        return json.dumps({"what": "leads", "split": split, "corpus": corpus_hash(passages), "rows": rows}, ensure_ascii=False)
    lines = [head, "", *_table(rows)]
    if errors:
        lines += ["", *(f"MISSED {passage} ({types}): {text}" for passage, types, text in scores.missed)]
        lines += [f"REFERENCE {row.passage} {row.text!r}: gold {row.gold}, found {row.found}" for row in scores.errors]
    return "\n".join(lines)


def _lead_row(name: str, scores: LeadScores) -> dict[str, str]:
    counts = scores.counts[name]
    area = auc(scores.ranked.get(name, []))
    recalled = counts["positive strong"] + counts["positive possible"]
    row = {
        "": name,
        "sentences": str(counts["sentences"]),
        "with claim": str(counts["positive"]),
        "AUC": f"{area:.3f}" if area is not None else "–",
        "recall": _share(recalled, counts["positive"]),
        "P strong": _share(counts["positive strong"], counts["grade strong"]),
        "strong": _share(counts["grade strong"], counts["sentences"]),
        "possible": _share(counts["grade possible"], counts["sentences"]),
        "top 2": _share(counts["types in two"], counts["types"]),
    }
    return row | {kind: f"{_share(counts[f'ref {kind}'], counts[f'n ref {kind}'])} ({counts[f'n ref {kind}']})" for kind in KINDS}


def claims_report(scores: Scores, passages: Sequence[Passage], split: str, *, errors: bool = False, as_json: bool = False) -> str:
    """Claims by reader, language and type: n, P, R, strict F1 with its 95 % interval, lenient F1, speaker, modality, roles."""
    rows = [_claim_row(name, scores) for name in sorted(scores.rows, key=lambda name: (name != "all", name))]
    low, high = interval([counts for _, counts in scores.passages], lambda counts: precision_recall(counts)[2])
    if as_json:
        listed = [vars_of(error) for error in scores.errors] if errors else []
        facts = {"what": "claims", "split": split, "corpus": corpus_hash(passages), "interval": [low, high]}
        return json.dumps({**facts, "rows": rows, "errors": listed}, ensure_ascii=False)
    head = f"Claims, {split} part, {len(passages)} passages, corpus {corpus_hash(passages)}, strict F1 [{low:.3f}, {high:.3f}]"
    lines = [head, "", *_table(rows)]
    if errors:
        lines += ["", *(f"{row.kind} {row.passage} {row.type} | {row.why} | {row.roles} | {row.quote}" for row in scores.errors)]
    return "\n".join(lines)


def verdicts_report(
    scores: VerdictScores, golds: Sequence[JudgedText], edition: str, *, errors: bool = False, as_json: bool = False
) -> str:
    """Accuracy of verdicts beside the blind baseline, transfers apart, and the confusion of the best expected with the given one."""
    blind = baseline(golds)
    rows = [_verdict_row(name, scores.rows[name], blind[name]) for name in sorted(scores.rows, key=_verdict_order)]
    if as_json:
        listed = [dataclasses.asdict(error) for error in scores.errors] if errors else []
        return json.dumps({"what": "verdicts", "edition": edition, "n": len(golds), "rows": rows, "errors": listed}, ensure_ascii=False)
    lines = [f"Verdicts, {len(golds)} texts, edition {edition}", "", *_table(rows)]
    for name in ("transfer", "not transfer"):
        if name in scores.confusion:
            lines += [
                "",
                f"Best expected verdict (rows) and the one given (columns), {name}",
                "",
                *_table(_confusion(scores.confusion[name])),
            ]
    if errors:
        lines += ["", *(_verdict_error(error) for error in scores.errors)]
    return "\n".join(lines)


def _verdict_order(name: str) -> tuple[int, str]:
    first = ("all", "transfer", "not transfer")
    return (first.index(name) if name in first else len(first), name)


def _verdict_row(name: str, counts: Counter[str], blind: tuple[int, int]) -> dict[str, str]:
    return {
        "": name,
        "n": str(counts["n"]),
        "right": _share(counts["right"], counts["n"]),
        "baseline": _share(*blind),
        "plainly wrong": str(counts["blunders"]),
        "wrongly contradicted": str(counts["false_contradicted"]),
        "right entries": f"{_share(counts['named'], counts['with_entries'])} ({counts['with_entries']})",
    }


def _confusion(counts: Counter[tuple[str, str]]) -> list[dict[str, str]]:
    given = sorted({word for _, word in counts})
    return [{"": wanted, **{word: str(counts[wanted, word] or "") for word in given}} for wanted in sorted({want for want, _ in counts})]


def _verdict_error(error: VerdictError) -> str:
    wanted = f"expected {error.expected} ({error.why})"
    return f"{error.id} {error.type} {error.register} | {wanted} | given {error.given}: {error.reason} | {error.text}"


def readers_report(scores: Mapping[str, Scores], passages: Sequence[Passage], split: str, *, as_json: bool = False) -> str:
    """Readers side by side: what each finds alone, what either finds, and what both agree on."""
    rows = [{**_claim_row("all", Scores({"all": found.rows.get("all", Counter())})), "": name} for name, found in scores.items()]
    if as_json:
        return json.dumps({"what": "readers", "split": split, "corpus": corpus_hash(passages), "rows": rows}, ensure_ascii=False)
    return "\n".join([f"Readers, {split} part, {len(passages)} passages, corpus {corpus_hash(passages)}", "", *_table(rows)])


def agreement_report(agreed: Agreement, *, as_json: bool = False) -> str:
    """κ on types and α for each field, with the number of pairs and the share that is the same."""
    types = [("type (Cohen's κ)", agreed.types, cohen_kappa(agreed.types))]
    fields = [(f"{name} (α)", pairs, krippendorff_alpha(pairs)) for name, pairs in sorted(agreed.fields.items())]
    rows = [
        {
            "": name,
            "pairs": str(len(pairs)),
            "the same": _share(sum(one == two for one, two in pairs), len(pairs)),
            "agreement": f"{value:.3f}" if value is not None else "–",
        }
        for name, pairs, value in [*types, *fields]
    ]
    if as_json:
        return json.dumps({"what": "agreement", "passages": agreed.passages, "rows": rows}, ensure_ascii=False)
    return "\n".join([f"Agreement of two coders on {agreed.passages} passages", "", *_table(rows)])


def vars_of(error: object) -> dict[str, str]:
    """The fields of an error row."""
    return {name: getattr(error, name) for name in ("kind", "passage", "language", "type", "why", "roles", "quote")}


def _claim_row(name: str, scores: Scores) -> dict[str, str]:
    counts: Counter[str] = scores.rows[name]
    precision, recall, f1 = precision_recall(counts)
    by_reader = name.startswith("reader")
    return {
        "": name,
        "n": "–" if by_reader else str(counts["n"]),
        "predicted": str(counts["predicted"]),
        "P": f"{precision:.3f}",
        "R": "–" if by_reader else f"{recall:.3f}",
        "F1": "–" if by_reader else f"{f1:.3f}",
        "lenient F1": "–" if by_reader else f"{precision_recall(counts, 'lenient')[2]:.3f}",
        "speaker": _share(counts["speaker"], counts["whole"]),
        "modality": _share(counts["modality"], counts["whole"]),
    }


def _table(rows: Sequence[dict[str, str]]) -> list[str]:
    if not rows:
        return ["nothing was measured"]
    columns = list(rows[0])
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return lines + ["| " + " | ".join(row[column] for column in columns) + " |" for row in rows]
