"""The rules of registers beside the main one: for each register and claim type the questions in the order they are asked.

They stand apart from `rules.py` so that a check without such a register does not load them.
"""

from collections.abc import Mapping, Sequence

from talaan.checking import notices, reports, scope
from talaan.checking.rules import Rule

_REPORTS = (
    Rule("unroca-parties", "Is it known who is meant?", scope.parties_read),
    Rule("unroca-domestic", "Is it a delivery within one state?", scope.domestic),
    Rule("unroca-party-kind", "Can a register list these parties?", scope.party_kind),
    Rule("unroca-stage", "Is it a transfer, not an offer or order?", reports.stage_in_scope),
    Rule("unroca-category", "Do states report such goods?", reports.category_in_scope),
    Rule("unroca-period", "Did states report on those years?", reports.period_in_scope),
    Rule("unroca-goods", "Is it known what goods are meant?", scope.goods_read),
    Rule("unroca-forecast", "Is it about what comes after the document, and what was reported then?", reports.forecast),
    Rule("unroca-denial", "Does it deny what a state reported?", reports.denied),
    Rule("unroca-match", "Did exporter or importer report it?", reports.matched),
    Rule("unroca-absent", "Was a report filed that would hold it?", reports.absent),
)
_NOTICES = (
    Rule("dsca-recipient", "Is it known to whom?", notices.recipient_read),
    Rule("dsca-notified", "Is there a notification of such goods to that recipient?", notices.notified),
    Rule("dsca-goods", "Is there one whose goods are not known?", notices.goods_not_stated),
    Rule("dsca-absent", "Would it have been notified?", notices.not_notified),
)

BESIDE_RULES: Mapping[str, Mapping[str, Sequence[Rule]]] = {
    "unroca": {"transfer": _REPORTS},
    "dsca": {"transfer": _NOTICES},
}
