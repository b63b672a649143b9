"""How grave each check may be at most, as data: ``severities.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from translate.document import SEVERITIES, Finding, Severity


@cache
def gravest() -> Mapping[str, Severity]:
    """The gravest severity of each check, by its name."""
    rows: dict[str, Severity] = tomllib.loads(resources.files("translate.checks").joinpath("severities.toml").read_text(encoding="utf-8"))
    return rows


def limited(finding: Finding) -> Finding:
    """The finding, no graver than the table lets its check be."""
    most = gravest().get(finding.check, "error")
    return finding if SEVERITIES.index(finding.severity) >= SEVERITIES.index(most) else replace(finding, severity=most)
