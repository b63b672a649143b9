"""Findings that a person judges to be none: kept in a work's store, or for an audit in a file beside its report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from translate import assembler
from translate.document import Finding, Severity, plain
from translate.errors import SettingError
from translate.pipeline.works import Folder
from translate.report import Dismissal, ReportFinding
from translate.store import Store, dismissal_key

FILE = "dismissals.json"
"""The name of an audit's file beside its report."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A dismissal as an audit's file holds it. ``key`` is that of the texts and what the check says of them (``store.dismissal_key``)."""

    segment: str
    check: str
    severity: Severity
    message: str
    source_words: str
    target_words: str
    who: str
    at: str
    reason: str
    key: str

    @property
    def finding(self) -> Finding:
        """The finding that was dismissed."""
        return Finding(self.check, self.severity, self.message, self.source_words, self.target_words)


# --- works ---------------------------------------------------------------------------------------------------------


def dismiss(folder: Folder, segment: str, *, check: str = "", reason: str, who: str, all_alike: bool = False) -> tuple[Dismissal, ...]:
    """Dismiss what ``check`` sees in a segment of a work; with ``all_alike``, the same words wherever this check names them.

    ``check`` may be left out where only one has findings there. Raises ``SettingError`` where there is no such finding, ``StoreError`` for the segment.
    """
    with Store.open(folder.store) as store:
        wanted = chosen(store.pair(segment).findings, segment, check)
        done = list(store.dismissing.dismiss(segment, wanted, who=who, reason=reason))
        for pair in list(store.pairs()) if all_alike else ():
            more = [finding for finding in pair.findings if any(alike(finding, one) for one in wanted)]
            done += store.dismissing.dismiss(pair.segment.id, more, who=who, reason=reason) if more else ()
    return tuple(Dismissal(one.segment, one.finding, one.who, reason=one.reason, at=one.at) for one in done)


def undo(folder: Folder, segment: str, *, check: str = "", who: str) -> tuple[Dismissal, ...]:
    """Take back the dismissals of a segment, of one check or of all; their findings stand again.

    Raises ``SettingError`` where there are none.
    """
    with Store.open(folder.store) as store:
        found = [one for one in store.dismissing.all() if one.segment == segment and check in ("", one.finding.check)]
        if not found:
            raise SettingError(f"Nothing was dismissed for {segment}{f' of the check {check}' if check else ''}: dragoman findings --dismissed lists what was.")
        for one in found:
            store.dismissing.withdraw(one.id, who=who)
    return tuple(Dismissal(one.segment, one.finding, one.who, one.stale, one.reason, one.at) for one in found)


def of_store(store: Store) -> tuple[Dismissal, ...]:
    """A work's dismissals for its report, oldest first."""
    return tuple(Dismissal(one.segment, one.finding, one.who, one.stale, one.reason, one.at) for one in store.dismissing.all())


def chosen(findings: Sequence[Finding], segment: str, check: str) -> tuple[Finding, ...]:
    """The findings of the check that is named, or of the only one there is. Raises ``SettingError`` where that is none, or not clear."""
    there = ", ".join(dict.fromkeys(finding.check for finding in findings))
    wanted = tuple(finding for finding in findings if check in ("", finding.check))
    if not wanted:
        raise SettingError(f"{segment} has no finding{f' of the check {check}' if check else ''} that stands; it has: {there or 'none'}.")
    if len({finding.check for finding in wanted}) > 1:
        raise SettingError(f"{segment} has findings of several checks: say which with --check ({there}).")
    return wanted


def alike(one: Finding, other: Finding) -> bool:
    """Whether two findings are of the same check and mean the same words; where they mean none, say the same."""
    if one.check != other.check:
        return False
    words = [(finding.source.casefold(), finding.target.casefold()) for finding in (one, other)]
    return words[0] == words[1] if any(words[0]) else one.message == other.message


# --- audits --------------------------------------------------------------------------------------------------------


def key_of(found: ReportFinding) -> str:
    """What a dismissal of this finding would be held by."""
    return dismissal_key(plain(found.source), plain(found.target or ()), found.finding.check, found.finding.message)


def sorted_out(found: Iterable[ReportFinding], known: Iterable[Kept]) -> tuple[list[ReportFinding], tuple[Dismissal, ...]]:
    """The findings that stand, and every dismissal that is known: stale where it holds for none of the others."""
    keys = {one.key: one for one in known}
    left: list[ReportFinding] = []
    held: set[str] = set()
    for one in found:
        key = key_of(one) if keys else ""
        if key in keys:
            held.add(key)
        else:
            left.append(one)
    return left, tuple(Dismissal(one.segment, one.finding, one.who, one.key not in held, one.reason, one.at) for one in keys.values())


def load(path: Path) -> tuple[Kept, ...]:
    """The dismissals in an audit's file. Raises ``SettingError`` where it cannot be read."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["dismissals"]
        return tuple(Kept(**row) for row in rows)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise SettingError(f"{path} is no file of dismissals that dragoman can read ({error}): give another with --dismissals, or leave it out.") from error


def save(path: Path, kept: Iterable[Kept]) -> None:
    """Write an audit's file of dismissals, whole or not at all; nothing is written where there is nothing to keep and no file."""
    rows = [asdict(one) for one in kept]
    if rows or path.exists():
        assembler.write_text(path, json.dumps({"dismissals": rows}, ensure_ascii=False, indent=1) + "\n")


def is_audit(folder: Path) -> bool:
    """Whether a folder holds an audit's report and no work."""
    return (folder / "report.json").is_file() and not (folder / "work.db").exists()


def dismiss_in_audit(folder: Path, segment: str, *, check: str = "", reason: str, who: str, all_alike: bool = False) -> tuple[Dismissal, ...]:
    """Dismiss findings of an audit, named as its report names them; the next audit into the folder leaves them out.

    Raises ``SettingError`` where the report has no such finding, or a name or a reason is missing.
    """
    if not reason.strip() or not who.strip():
        raise SettingError("A dismissal needs a name and a reason: say who decides, and why.")
    rows = _rows(folder / "report.json")
    wanted = chosen([_finding(row) for row in rows if row["segment"] == segment], segment, check)
    known = load(folder / FILE) if (folder / FILE).exists() else ()
    there = {one.key for one in known}
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    new: dict[str, Kept] = {}
    for row in rows:
        finding, key = _finding(row), dismissal_key(row["source"], row["target"] or "", row["check"], row["message"])
        meant = finding in wanted if row["segment"] == segment else all_alike and any(alike(finding, one) for one in wanted)
        if meant and key not in there:
            new.setdefault(key, Kept(row["segment"], row["check"], finding.severity, row["message"], finding.source, finding.target, who, at, reason, key))
    save(folder / FILE, (*known, *new.values()))
    return tuple(Dismissal(one.segment, one.finding, one.who, reason=one.reason, at=one.at) for one in new.values())


def undo_in_audit(folder: Path, segment: str, *, check: str = "") -> tuple[Dismissal, ...]:
    """Take back the dismissals of a passage of an audit. Raises ``SettingError`` where there are none."""
    known = load(folder / FILE) if (folder / FILE).exists() else ()

    def meant(one: Kept) -> bool:
        return one.segment == segment and check in ("", one.check)

    gone = [one for one in known if meant(one)]
    if not gone:
        raise SettingError(f"Nothing was dismissed for {segment}: {folder / FILE} lists what was.")
    save(folder / FILE, [one for one in known if not meant(one)])
    return tuple(Dismissal(one.segment, one.finding, one.who, reason=one.reason, at=one.at) for one in gone)


def _rows(path: Path) -> list[dict[str, str]]:
    """The findings of a report. Raises ``SettingError`` where it is none."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["findings"]
        if all(isinstance(row, dict) and _NEEDED <= row.keys() for row in rows):
            return list(rows)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise SettingError(f"{path} is no report that dragoman can read ({error}): run dragoman check with --out again.") from error
    raise SettingError(f"{path} is no report that dragoman can read: run dragoman check with --out again.")


_NEEDED = {"segment", "check", "severity", "message", "source", "target", "source_words", "target_words"}


def _finding(row: dict[str, str]) -> Finding:
    severity: Severity = "error" if row["severity"] == "error" else "warning" if row["severity"] == "warning" else "info"
    return Finding(row["check"], severity, row["message"], row["source_words"], row["target_words"])
