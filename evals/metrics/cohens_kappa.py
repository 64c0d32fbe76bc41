"""Cohen's kappa: pairs of yes-or-no judgements in, how far two judges agree beyond luck out.

Example: 45 times both yes, 15 both no, 25 and 15 times one of them alone: kappa 0.130.
"""

from __future__ import annotations

from collections.abc import Sequence


def cohens_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Return κ in -1…1; None without pairs, or where both judges say the same of everything and luck is certain.

    Formula: κ = (p_o - p_e) / (1 - p_e), with p_o the share of pairs that agree and p_e = p₁·p₂ + (1 - p₁)·(1 - p₂) the
    share that would agree by luck, p₁ and p₂ being the judges' shares of yes. Source: Cohen 1960, A coefficient of
    agreement for nominal scales.
    """
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs)
    first, second = sum(one for one, _ in pairs), sum(other for _, other in pairs)
    lucky = first * second + (n - first) * (n - second)
    return (observed * n - lucky) / (n * n - lucky) if lucky != n * n else None
