"""The table of rules: for each claim type the questions in the order they are asked; the first that is answered decides.

Numbers in the comments are the rulings of docs/methods/checking.md. A further rule is a function from a case to a finding
(or None, "go on") and a line here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from talaan.checking import competition, forecasts, others, relations, scope, transfers
from talaan.checking.case import Case, Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One question; `ask` answers it with a finding, or with None where it does not decide."""

    id: str
    question: str
    ask: Callable[[Case], Finding | None]


_SCOPE = (
    Rule("parties-read", "Is it known who is meant?", scope.parties_read),
    Rule("domestic", "Is it a delivery within one state?", scope.domestic),  # 1
    Rule("party-kind", "Can a register list these parties?", scope.party_kind),
    Rule("coverage", "Does the edition cover deals between them?", scope.covered),
)

_TRANSFER = (
    *_SCOPE,
    Rule("offer", "Is it only an offer?", scope.offers),  # 1
    Rule("goods-scope", "Does the register hold such goods?", scope.goods_in_scope),  # 1, 2
    Rule("period", "Does the edition reach those years?", scope.period_in_scope),
    Rule("goods-read", "Is it known what goods are meant?", scope.goods_read),  # 17
    Rule("forecast", "Is it about what comes after the document, and what came?", forecasts.transfer_forecast),  # 25, 27–33
    Rule("undone", "Is it about a refusal or cancellation?", transfers.undone),  # 24
    Rule("denial", "Does it deny a deal that the register has?", transfers.denied),  # 22, 26
    Rule("match", "Are there rows of these parties, goods and years?", transfers.matched),  # 5, 13–17, 19–21
    Rule("party-unknown", "Is there such a row whose party the register does not know?", transfers.supplier_unknown),  # 13
    Rule("remark", "Does a remark in another row say so?", transfers.remarked),  # 18
    Rule("alias", "Is there a row whose designation talaan does not know?", transfers.unknown_designation),  # 17
    Rule("absent", "Would the register hold it?", transfers.absent),  # 4, 5, 23, 25
)

_COMPETITION = (
    Rule("market-read", "Are competitor, rival and market parties of deliveries?", competition.market_read),
    Rule("coverage", "Does the edition cover that market?", competition.market_covered),
    Rule("rival-to-come", "Is it about what comes, and who then gained deliveries?", competition.will_compete),  # 31, 33
    Rule("rivals", "Did both supply that class near the date?", competition.competes),  # 11
)

_SERVICE = (Rule("service", "Is it a service?", others.service),)  # 1, 3
_CAPABILITY = (
    Rule("produces", "Does the register show exports of new ones?", others.produces),  # 9
    Rule("capability", "Is it about an ability?", others.capability),  # 9
)
_JOINT_PROJECT = (Rule("licensed-production", "Is there a row of licensed production?", others.joint_project),)  # 10
_DEPENDENCY = (
    Rule("supply-share", "Is it about supply, and what is the share?", others.dependency),  # 12
    Rule("dependency", "Is it about stocks or services?", others.no_dependency),  # 12
)
_OPINION = (Rule("opinion", "Is it an opinion, an accusation or a relation?", others.opinion),)  # 7
_NOT_GOODS = (Rule("not-goods", "Is it about deliveries at all?", others.not_goods),)  # 8

RULES: Mapping[str, Sequence[Rule]] = {
    "transfer": _TRANSFER,
    "service": _SERVICE,
    "joint_project": _JOINT_PROJECT,
    "capability": _CAPABILITY,
    "dependency": _DEPENDENCY,
    "competition": _COMPETITION,
    "competitiveness": _OPINION,
    "cooperation": _OPINION,
    "membership": _NOT_GOODS,
    "organisation_relation": _OPINION,
    "position": _OPINION,
    "allegation": _OPINION,
    "office": _NOT_GOODS,
    "restriction": _NOT_GOODS,
}

# Rules by which talaan's own tables speak beside the register (ruling 8).
TABLE_RULES: Mapping[str, Sequence[Rule]] = {
    "membership": (Rule("member-list", "Was it a member at that time?", relations.membership),),
    "restriction": (Rule("restriction-list", "Was such a measure in force?", relations.restriction),),
}
