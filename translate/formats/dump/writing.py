"""Writes an export that MediaWiki's ``importDump.php`` and ``Special:Import`` take (export-0.11), one page at a time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from translate.formats.dump.reading import DumpPage, Head

SCHEMA = "http://www.mediawiki.org/xml/export-0.11/"
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""


def start(head: Head) -> bytes:
    """The beginning of the file, with what is known of the wiki."""
    lines = [f'<mediawiki xmlns="{SCHEMA}" version="0.11" xml:lang={quoteattr(head.language or "en")}>', "  <siteinfo>"]
    said = (("sitename", head.name), ("base", head.base), ("generator", head.generator), ("case", head.case))
    lines += [f"    <{name}>{_text(value)}</{name}>" for name, value in said if value]
    lines.append("    <namespaces>")
    for one in head.namespaces:
        lines.append(f'      <namespace key="{one.number}" case={quoteattr(head.case)}' + (f">{_text(one.name)}</namespace>" if one.name else " />"))
    return "\n".join([*lines, "    </namespaces>", "  </siteinfo>", ""]).encode()


def page(one: DumpPage) -> bytes:
    """One page with one revision; fields that are empty or 0 are left out."""
    lines = ["  <page>", f"    <title>{_text(one.title)}</title>", f"    <ns>{one.namespace}</ns>"]
    lines += [f"    <id>{one.id}</id>"] if one.id else []
    lines += [f"    <redirect title={quoteattr(one.redirect)} />"] if one.redirect else []
    lines.append("    <revision>")
    lines += [f"      <id>{one.revision}</id>"] if one.revision else []
    lines.append(f"      <timestamp>{_text(one.timestamp or datetime.now(UTC).strftime('%Y-%m-%dT%H:%M:%SZ'))}</timestamp>")
    lines.append(f"      <contributor><username>{_text(one.contributor or 'Unknown')}</username></contributor>")
    lines += [f"      <comment>{_text(one.comment)}</comment>"] if one.comment else []
    lines += [f"      <model>{_text(one.model)}</model>", f"      <format>{'text/x-wiki' if one.model == 'wikitext' else 'text/plain'}</format>"]
    text = FORBIDDEN.sub("\ufffd", one.text or "")
    lines.append(f'      <text bytes="{len(text.encode())}" xml:space="preserve">{_text(text)}</text>')
    return "\n".join([*lines, "    </revision>", "  </page>", ""]).encode()


END = b"</mediawiki>\n"


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})
