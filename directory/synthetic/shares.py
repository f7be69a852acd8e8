"""Sharing a whole number out in proportion, by largest remainder."""

from collections.abc import Sequence


def allot(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Share `total` out by weight so that the shares add up to it, each at least `least`.

    A heavier weight never gets less than a lighter one. `least` gives way when there is not enough for all.
    """
    least = min(least, total // len(weights))
    rest = total - least * len(weights)
    unit = rest / sum(weights)
    exact = [weight * unit for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (exact[i] - shares[i], weights[i], -i), reverse=True)
    for index in by_remainder[: rest - sum(shares)]:
        shares[index] += 1
    return [share + least for share in shares]


def allot_to_all(total: int, weights: Sequence[float]) -> list[int]:
    """Share `total` out by weight, then let the largest give to whoever got nothing.

    `total` must be at least the number of weights.
    """
    shares = allot(total, weights)
    for index, share in enumerate(shares):
        if share == 0:
            shares[shares.index(max(shares))] -= 1
            shares[index] = 1
    return shares
