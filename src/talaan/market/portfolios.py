"""Likeness of alliance portfolios: two lists of commitments, one for each state of the system, in, S, κ and π out."""

from collections.abc import Sequence

from talaan.model.errors import UsageError

HIGHEST = 3
FORMULA = (
    "Portfolios of obligations to every state of the system (3 defence, 2 neutrality or non-aggression, 1 entente, 0 none; a state's to"
    " itself 3). S = 1 − 2Σ|x−y|/(n·3) (Signorino and Ritter 1999); κ = 1 − Σ(x−y)² / [Σ(x−x̄)² + Σ(y−ȳ)² + n(x̄−ȳ)²] and π = 1 − Σ(x−y)² /"
    " [Σ(x−m)² + Σ(y−m)²], m = (x̄+ȳ)/2 (Häge 2011), which correct S for the agreement that chance would bring."
)


def signorino_ritter(x: Sequence[float], y: Sequence[float], *, highest: float = HIGHEST) -> float | None:
    """S of two portfolios, −1 to 1 (Signorino and Ritter 1999, equal weights); None for empty ones. Not to be shown without κ and π.

    >>> x, y = [3, 0, 0, 1, 3, 0, 0, 0, 2, 0], [0, 3, 0, 1, 3, 0, 0, 0, 0, 0]
    >>> round(signorino_ritter(x, y), 7)
    0.4666667
    """
    pairs = _pairs(x, y)
    return 1 - 2 * sum(abs(one - other) for one, other in pairs) / (len(pairs) * highest) if pairs else None


def kappa(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Cohen's weighted κ with squared weights, each state's own mean as chance (Häge 2011); None where neither portfolio varies.

    >>> x, y = [3, 0, 0, 1, 3, 0, 0, 0, 2, 0], [0, 3, 0, 1, 3, 0, 0, 0, 0, 0]
    >>> round(kappa(x, y), 7)
    0.2517007
    """
    pairs = _pairs(x, y)
    if not pairs:
        return None
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    chance = sum((one - mean_x) ** 2 + (other - mean_y) ** 2 for one, other in pairs) + len(pairs) * (mean_x - mean_y) ** 2
    return 1 - _squares(pairs) / chance if chance else None


def pi(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Scott's weighted π with squared weights, the mean of both as chance (Häge 2011); None where neither portfolio varies.

    >>> x, y = [3, 0, 0, 1, 3, 0, 0, 0, 2, 0], [0, 3, 0, 1, 3, 0, 0, 0, 0, 0]
    >>> round(pi(x, y), 7)
    0.2465753
    """
    pairs = _pairs(x, y)
    if not pairs:
        return None
    middle = (sum(x) / len(x) + sum(y) / len(y)) / 2
    chance = sum((one - middle) ** 2 + (other - middle) ** 2 for one, other in pairs)
    return 1 - _squares(pairs) / chance if chance else None


def _pairs(x: Sequence[float], y: Sequence[float]) -> list[tuple[float, float]]:
    if len(x) != len(y):
        raise UsageError(f"Portfolios of {len(x)} and {len(y)} states cannot be compared", hint="one number for each state of the system")
    return list(zip(x, y, strict=True))


def _squares(pairs: Sequence[tuple[float, float]]) -> float:
    return sum((one - other) ** 2 for one, other in pairs)
