"""Why a verdict is what it is: a reading and a claim in, the rule, the steps, the scores and the rows out as Rich renderables."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from talaan.model.contract import Reading
from talaan.model.errors import UsageError
from talaan.model.verdict import Verdict
from talaan.output.cards import plain, quote_text
from talaan.output.rows import pairs_of, row_line
from talaan.output.views import ClaimView, by_weight, reading_view
from talaan.output.words import Words, words

EVERY = "all"


def explanation(reading: Reading, which: str, *, language: str = "en") -> RenderableType:
    """The reasoning behind the verdicts of one claim, or of all.

    `which` is a claim's id, the beginning of one, its number as the cards show it, or `all`. UsageError where none fits.
    """
    say = words(language)
    chosen = chosen_claims(reading_view(reading, say).claims, which)
    parts: list[RenderableType] = []
    for view in chosen:
        parts += [_claim(view, reading, say), Text()]
    return Group(*parts[:-1])


def chosen_claims(claims: Sequence[ClaimView], which: str) -> list[ClaimView]:
    """The claims that `which` names; UsageError lists the numbers there are."""
    if which == EVERY:
        return list(claims)
    exact = [view for view in claims if which == view.claim.id or (which.isdigit() and int(which) == view.number)]
    found = exact or [view for view in claims if view.claim.id.startswith(which)]
    if not found:
        there = f"claims: 1 to {len(claims)}, or all" if claims else "this document has no claims; leads have no verdicts to explain"
        raise UsageError(f"There is no claim {which!r}", hint=there)
    return found


def _claim(view: ClaimView, reading: Reading, say: Words) -> RenderableType:
    claim = view.claim
    head = Text.assemble((f"{say.say('label.claim')} {view.number}  {plain(view.gloss)}", "bold"))
    told = f"{claim.id} · {say.say('label.reader')}: {say.label('reader', claim.reader)} ({plain(claim.extractor)})"
    lines: list[RenderableType] = [
        Text(f"{told} · {say.say('label.confidence')}: {claim.confidence:.2f}", style="dim"),
        quote_text(claim.quote),
        *(Text(f"{label}: {plain(text)}") for label, text in view.facts),
        Text(f"{say.say('label.speaker')}: {plain(view.voice)} · {say.say('label.modality')}: {view.put}"),
    ]
    if view.status:
        lines.append(Text(f"{say.say('label.status')}: {view.status}. {say.say('caveat.allegation')}", style="bold"))
    for verdict in by_weight(claim.verdicts):
        lines += [Text(), *_verdict(verdict, reading, say)]
    return Group(head, Padding(Group(*lines), (0, 0, 0, 2)))


def _verdict(verdict: Verdict, reading: Reading, say: Words) -> list[RenderableType]:
    label = say.label("verdict", f"{verdict.verdict}.label").upper()
    lines: list[RenderableType] = [
        Text(f"{label} · {say.label('register_short', verdict.register)} {verdict.edition}", style="bold"),
        Text(plain(verdict.reason)),
        Text(f"{say.say('label.rule')}: {verdict.rule}"),
    ]
    if verdict.trace:
        lines.append(Text(f"{say.say('label.trace')}:"))
        lines += [Padding(Text(f"{number}. {plain(step)}"), (0, 0, 0, 2)) for number, step in enumerate(verdict.trace, 1)]
    if verdict.fields:
        scores = ", ".join(f"{name} {'–' if score is None else f'{score:.2f}'}" for name, score in verdict.fields.items())
        lines.append(Text(f"{say.say('label.fields')}: {scores}"))
    for key, ids in (("entries", verdict.entries), ("nearest", verdict.nearest)):
        if ids:
            lines.append(Text(f"{say.say(f'label.{key}')}:"))
            lines += [Padding(line, (0, 0, 0, 2)) for line in _rows(ids, reading, say)]
    lines += [
        Text(f"{say.say('label.means')}: {say.label('verdict', f'{verdict.verdict}.means')}", style="dim"),
        Text(f"{say.say('label.not')}: {say.label('verdict', f'{verdict.verdict}.not')}", style="dim"),
    ]
    return lines


def _rows(ids: Sequence[str], reading: Reading, say: Words) -> list[Text]:
    lines = []
    for pair in pairs_of(ids, reading.entries, say):
        for row in pair.rows:
            lines.append(Text(f"{plain(pair.codes)}  {plain(row_line(row, say))}  [{row.id}]"))
            if row.remark:
                lines.append(Text(f"  {say.say('deal.remark')}: {plain(row.remark)}", style="dim"))
    return lines + [Text(f"[{key}]") for key in ids if key not in reading.entries]
