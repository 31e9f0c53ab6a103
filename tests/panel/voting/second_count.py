"""A second count of ballots, written from the rules' text and built differently: votes as strings that are
cut down, elections as money that supporters earn until they can buy a seat.
"""

from fractions import Fraction


def ranked(options: list[str], votes: list[tuple[str, ...]], ties: list[str]) -> list[str]:
    """Instant run-off: the whole order, the winner first; empty where no vote ranks anything."""
    papers = ["".join(vote) for vote in votes]
    gone: list[str] = []
    while True:
        papers = [paper for paper in papers if paper]
        if not papers:
            return []
        piles: dict[str, list[str]] = {one: [] for one in options if one not in gone}
        for paper in papers:
            piles[paper[0]].append(paper)
        # Of equal piles the earlier in the drawn order is the greater.
        by_size = sorted(sorted(piles, key=ties.index), key=lambda one: len(piles[one]), reverse=True)
        if len(piles[by_size[0]]) > len(papers) / 2 or len(by_size) == 1:
            return by_size + gone[::-1]
        loser = by_size[-1]
        gone.append(loser)
        papers = [paper.replace(loser, "") for paper in papers]


def approval(
    options: list[str], votes: list[tuple[str, ...]], ties: list[str]
) -> tuple[list[str], list[int]]:
    """The order by support, and how many support each."""
    found: list[tuple[int, int, str]] = []
    for one in options:
        found.append((sum(vote.count(one) for vote in votes), len(ties) - ties.index(one), one))
    found.sort(reverse=True)
    return [one for _n, _tie, one in found], [n for n, _tie, _one in found]


def yes_no(votes: list[tuple[str, ...]]) -> bool:
    """Whether it is accepted."""
    balance = 0
    for (said,) in votes:
        balance += {"YES": 1, "NO": -1}.get(said, 0)
    return balance > 0


def phragmen(options: list[str], votes: list[tuple[str, ...]], seats: int, ties: list[str]) -> list[str]:
    """Everybody earns one unit of money a unit of time. A seat costs one. Whoever stands is bought as soon as
    the supporters together have that much; it takes all they have. Of those bought at one time the earlier in
    the drawn order is first, and the others wait for their supporters' money again."""
    purse = [Fraction(0)] * len(votes)
    bought: list[str] = []
    while len(bought) < seats:
        soonest: tuple[Fraction, int, str] | None = None
        for one in options:
            backers = [at for at, vote in enumerate(votes) if one in vote]
            if one in bought or not backers:
                continue
            missing = 1 - sum((purse[at] for at in backers), Fraction(0))
            offer = (missing / len(backers), ties.index(one), one)
            soonest = offer if soonest is None or offer < soonest else soonest
        if soonest is None:
            break
        wait, _tie, one = soonest
        for at, vote in enumerate(votes):
            purse[at] = Fraction(0) if one in vote else purse[at] + wait
        bought.append(one)
    return bought
