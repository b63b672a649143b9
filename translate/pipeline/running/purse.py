"""The cap on a run's money: what is reserved counts as spent until it is settled, so the cap is never passed."""

from __future__ import annotations

from translate.errors import BudgetReached


class Purse:
    """``spent`` so far (reservations that still stand included), against ``cap`` in the same currency; None is no cap. ``tokens`` counts this run's."""

    def __init__(self, *, cap: float | None = None, spent: float = 0.0) -> None:
        self.cap = cap
        self.spent = spent
        self.tokens = 0

    def reserve(self, most: float) -> None:
        """Put ``most`` aside before an attempt. Raises ``BudgetReached`` where that could pass the cap, and puts nothing aside."""
        if self.cap is not None and self.spent + most > self.cap:
            raise BudgetReached(
                f"The next request could cost up to {most:.4f}; {self.spent:.4f} of {self.cap:.4f} is spent or reserved. "
                "Stopped before it; run the same command with a higher --budget to go on."
            )
        self.spent += most

    def settle(self, reserved: float, cost: float, *, tokens: int = 0) -> None:
        """What was ``reserved`` turned out to be ``cost``, for so many ``tokens``."""
        self.spent += cost - reserved
        self.tokens += tokens
