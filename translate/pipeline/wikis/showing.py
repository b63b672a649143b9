"""A page as a wiki renders it, on disk: to be looked at before it is published."""

from __future__ import annotations

from html import escape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from translate.assembler import write_text
from translate.errors import SettingError
from translate.pipeline import results
from translate.pipeline.works import Folder
from translate.store import Store
from translate.wiki import known, previews
from translate.wiki.client import Client
from translate.wiki.previews import Preview

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src {server}; style-src 'unsafe-inline'; base-uri {server}">
<meta name="viewport" content="width=device-width, initial-scale=1"><base href="{server}/">
<style>
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 sans-serif; color: #202122; background: #fff; }}
h1, h2 {{ font-family: serif; font-weight: normal; border-bottom: 1px solid #a2a9b1; }}
a {{ color: #36c; }} a.new, .error {{ color: #b32424; }}
table.wikitable {{ border-collapse: collapse; }} .wikitable td, .wikitable th {{ border: 1px solid #a2a9b1; padding: .2em .4em; }}
.infobox, .thumb.tright {{ float: right; clear: right; margin: 0 0 1rem 1rem; border: 1px solid #a2a9b1; padding: .4em; max-width: 20rem; background: #fff; }}
.thumb.tleft {{ float: left; clear: left; margin: 0 1rem 1rem 0; }}
.toc {{ display: inline-block; border: 1px solid #a2a9b1; padding: .4em .8em; font-size: .9em; }} .toc h2 {{ font: bold 1em sans-serif; border: 0; margin: 0; }}
ul.gallery {{ list-style: none; padding: 0; }} li.gallerybox {{ display: inline-block; vertical-align: top; border: 1px solid #eaecf0; margin: .3rem; padding: .4rem; }}
li.gallerybox .thumb {{ height: auto !important; min-height: 3rem; }} li.gallerycaption {{ font-weight: bold; }} pre, code {{ background: #f8f9fa; overflow-x: auto; }}
.thumb.tnone, .thumbinner {{ border: 1px solid #c8ccd1; padding: .3em; background: #f8f9fa; }} dl {{ margin: .2em 0; }}
.note {{ background: #fef6e7; border: 1px solid #fc3; padding: .5rem 1rem; }} img {{ max-width: 100%; }}
</style></head><body><p class="note">{note}</p><h1>{title}</h1>
{body}</body></html>
"""


def built_text(store: Store) -> str:
    """The page as the work builds it now."""
    out = BytesIO()
    results.write(store, out)
    return out.getvalue().decode("utf-8", "replace")


def preview(folder: Folder, store: Store, client: Client, title: str) -> tuple[Path, Preview]:
    """Let the wiki render the work's page, and put that into ``preview.html``. Raises ``WikiError`` as the client does."""
    seen = previews.preview(client, title, built_text(store))
    path = folder.path / "preview.html"
    write_text(path, _page(seen, title, client, store.work.target_language))
    return path, seen


def preview_work(folder: Folder, *, wiki: str = "", local_only: bool = False) -> tuple[Path, Preview]:
    """Let a wiki render the work's page as it stands now: the known wiki ``wiki``, else the one it goes to, else the one it came from; nothing is translated or saved.

    Raises ``SettingError`` where no wiki is known, ``WikiError`` as the client does.
    """
    with Store.open(folder.store, readonly=True) as store:
        came, sister = store.wiki.provenance(store.version().number), store.wiki.sister()
        api = known.find(wiki).api if wiki else (sister.target.api if sister else "") or (came.api if came else "")
        if not api:
            raise SettingError(f"{folder.name} did not come from a wiki: say with --wiki NAME which wiki shall render it.")
        place = known.with_api(api)
        title = (sister.titles.get(came.title, "") if sister and came else "") or (came.title if came else Path(store.work.source_name).stem)
        with Client(api, login=known.login(place) if place else None, contact=place.contact if place else "", local_only=local_only) as client:
            return preview(folder, store, client, title)


def complaints(seen: Preview, *, foreign: bool = True) -> tuple[str, ...]:
    """What the wiki's parser says of a page, as sentences; with ``foreign`` also which templates are not there."""
    said = [f"The wiki's parser says: {one}" for one in (*seen.errors, *seen.warnings)]
    if seen.missing_templates and foreign:
        said.append(f"Templates that are not there: {', '.join(seen.missing_templates)}.")
    return tuple(said)


def _page(seen: Preview, title: str, client: Client, language: str) -> str:
    """The rendered page for a browser; what a hostile page may hold cannot run, nor ask any other server for anything."""
    import nh3

    parts = urlsplit(client.api)
    allowed = {"*": {"class", "id", "lang", "dir", "title", "style"}, "a": {"href"}, "img": {"src", "alt", "width", "height"}}
    allowed |= {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "ol": {"start"}}
    body = nh3.clean(seen.html, attributes=allowed, link_rel="noreferrer")
    note = f"A preview that {parts.netloc} rendered; nothing is saved there."
    return PAGE.format(language=escape(language), title=escape(title), server=f"{parts.scheme}://{parts.netloc}", note=escape(note), body=body)
