"""A passage's gold as a perfect model would answer it: gold and sentence spans in, an answer in the answer format out."""

import json
from collections.abc import Sequence

from talaan.evaluation.gold import GoldClaim, GoldMention, Passage
from talaan.evaluation.matching import split_gold
from talaan.model.document import document_id

Span = tuple[int, int]
LONGEST_QUOTE = 500


def answer_line(passage: Passage, sentences: Sequence[Span]) -> str:
    """One answer line for the passage, as `--answers` reads it."""
    answer = {"claims": [claim_answer(claim, passage, sentences) for claim in split_gold(passage.claims)]}
    return json.dumps(
        {"custom_id": f"{document_id(passage.text)}#0", "content": json.dumps(answer, ensure_ascii=False)}, ensure_ascii=False
    )


def claim_answer(claim: GoldClaim, passage: Passage, sentences: Sequence[Span]) -> dict[str, object]:
    """One claim of an answer: strings of the passage and closed values."""
    start, end = quote_span(claim, sentences)
    roles = {role: [filler.mentions[0].text for filler in fillers] for role, fillers in claim.roles.items() if fillers}
    return {
        "type": claim.type,
        **claim.values,
        "modality": claim.modality,
        "negated": claim.negated,
        "optional": claim.optional,
        "quote": passage.text[start:end],
        "speaker": claim.speaker[0].mentions[0].text if claim.speaker else None,
        "roles": roles,
    }


def quote_span(claim: GoldClaim, sentences: Sequence[Span]) -> Span:
    """The sentence of the trigger; with the next one, if the trigger runs over its end."""
    holding = [span for span in sentences if _shares(span, claim.trigger)]
    if not holding:
        return claim.trigger.start, claim.trigger.end
    start, end = holding[0][0], holding[-1][1]
    if end - start <= LONGEST_QUOTE:
        return start, end
    middle = max(start, claim.trigger.start - LONGEST_QUOTE // 2)
    return middle, min(end, middle + LONGEST_QUOTE)


def _shares(span: Span, mention: GoldMention) -> bool:
    return span[0] < mention.end and mention.start < span[1]
