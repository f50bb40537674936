"""Claims held against an edition and talaan's own tables: claims and their context in, the same claims with verdicts out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from talaan.checking.case import Case, CheckContext, Finding
from talaan.checking.edition import Remembered
from talaan.checking.rules import RULES, TABLE_RULES, Rule
from talaan.model.claim import Claim
from talaan.model.entry import Entry
from talaan.model.errors import UsageError
from talaan.model.verdict import Verdict

__all__ = ["CheckContext", "check", "check_claims"]


def check(claim: Claim, context: CheckContext) -> tuple[Verdict, ...]:
    """The verdicts on one claim: first those of talaan's own tables, then the register's, then those of the registers beside it.

    UsageError where there are no rules for its type.
    """
    return tuple(verdict for verdict, _ in _judge(claim, context))


def check_claims(claims: Sequence[Claim], context: CheckContext) -> tuple[list[Claim], dict[str, Entry]]:
    """The claims of one document with their verdicts, and every entry that a verdict names."""
    beside = tuple(Remembered(edition) for edition in context.beside)
    context = replace(context, claims=context.claims or tuple(claims), edition=Remembered(context.edition), beside=beside)
    out: list[Claim] = []
    entries: dict[str, Entry] = {}
    for claim in claims:
        judged = _judge(claim, context)
        out.append(replace(claim, verdicts=tuple(verdict for verdict, _ in judged)))
        entries.update({row.id: row for _, finding in judged for row in (*finding.entries, *finding.nearest)})
    return out, entries


def _judge(claim: Claim, context: CheckContext) -> list[tuple[Verdict, Finding]]:
    """Verdicts with the findings they rest on."""
    if claim.type not in RULES:
        raise UsageError(f"There are no rules for claims of type {claim.type!r}", hint="types: " + ", ".join(RULES))
    case = Case(claim, context)
    tables = (RULES[claim.type],) if claim.type not in TABLE_RULES else (TABLE_RULES[claim.type], RULES[claim.type])
    judged = [found for rules in tables if (found := _ask(case, rules))]
    return [*judged, *_beside(case)] if context.beside else judged


def _beside(case: Case) -> list[tuple[Verdict, Finding]]:
    """What the registers beside the main one say, each by rules of its own; nothing where they have none for such a claim."""
    from talaan.checking.beside import BESIDE_RULES

    found = []
    for edition in case.context.beside:
        rules = BESIDE_RULES.get(edition.edition.register, {}).get(case.claim.type, ())
        answer = _ask(Case(case.claim, replace(case.context, edition=edition)), rules)
        found += [answer] if answer else []
    return found


def _ask(case: Case, rules: Iterable[Rule]) -> tuple[Verdict, Finding] | None:
    """The first answer among the rules with the trace of all questions asked; None where none answers."""
    edition = case.context.edition.edition
    trace = list(_facts(case))
    for rule in rules:
        finding = rule.ask(case)
        if finding is None:
            trace.append(f"{rule.id}: {rule.question} Not decided, go on.")
            continue
        trace.append(f"{rule.id}: {rule.question} {finding.verdict}. {finding.reason}")
        verdict = Verdict(
            register=finding.register or edition.register,
            edition=finding.edition or edition.id,
            verdict=finding.verdict,
            reason=finding.reason,
            rule=f"{case.claim.type}.{rule.id}",
            entries=_ids(finding.entries),
            nearest=_ids(row for row in finding.nearest if row not in finding.entries),
            fields=dict(finding.fields),
            trace=tuple(trace),
        )
        return verdict, finding
    return None


def _ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.id for entry in entries))


def _facts(case: Case) -> Iterable[str]:
    """What the rules start from, in words."""
    claim = case.claim
    yield f"claim: {claim.type}, {claim.modality}{', negated' if claim.negated else ''}{f', {case.stage}' if case.stage else ''}"
    if case.supplier or case.recipient:
        yield f"parties: {case.parties_words}"
    if claim.roles.get("goods"):
        yield f"goods: {case.goods_words}"
    if case.document_year is not None:
        yield f"document: of {case.document_year}"
    if claim.type == "transfer" and case.period is not None:
        yield f"years looked at: {case.period.first}–{case.period.last}"
    if claim.type == "transfer" and (case.supplier or case.recipient):
        yield f"rows between them: {len(case.pair)}, of such goods: {len(case.fitting)}"
