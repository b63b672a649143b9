"""Gives each segment back as it is: the output of a run is the source, byte for byte."""

from __future__ import annotations

from translate.document import Runs, Segment
from translate.models.seam import Price, Profile

FREE = Price(0.0, 0.0, 0.0)


class Echo:
    """A ``DirectModel`` that changes nothing."""

    spec = name = "echo"
    profile = Profile("echo", unit="segment", reply="text", note="Nothing was translated: every segment was given back as it is.")
    price: Price | None = FREE
    local = True
    jobs = 64

    async def translate(self, segment: Segment) -> Runs:
        """The source itself."""
        return segment.source

    async def aclose(self) -> None:
        """Nothing to free."""
