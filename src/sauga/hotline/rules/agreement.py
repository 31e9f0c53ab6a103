"""How well two assessors agree beyond chance (Cohen, Educ. Psychol. Meas. 20, 1960, 37–46). Pure."""

from collections import Counter
from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of verdicts: 1 whole agreement, 0 what chance gives. None without pairs or where all is one code."""
    n = len(pairs)
    if not n:
        return None
    seen = sum(first == second for first, second in pairs) / n
    firsts, seconds = Counter(first for first, _second in pairs), Counter(second for _first, second in pairs)
    chance = sum(firsts[code] * seconds[code] for code in firsts) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)
