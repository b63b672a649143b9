"""What stands for a page's links, categories, files and templates in the sister wiki: language links, batched and kept, and only what is really there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from translate.sites import Sister, Site, Template
from translate.wiki import pages, templates
from translate.wiki.client import Client
from translate.wiki.siteinfo import full_title, namespace_of

FILE, TEMPLATE, CATEGORY = 6, 10, 14


@dataclass(frozen=True, slots=True)
class Named:
    """The full titles that a page names: links (categories, files and pages that it shows inside of it too), and templates without their prefix."""

    links: tuple[str, ...]
    templates: tuple[str, ...]


@dataclass
class Known:
    """What was asked of the wikis before, so that the pages of a category ask once: language links, what is there, templates."""

    links: dict[str, str] = field(default_factory=dict)
    there: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    templates: dict[str, Template] = field(default_factory=dict)


def named(client: Client, title: str, text: str) -> Named:
    """What the page ``title`` with this text names, as the wiki's own parser sees it. Raises as the client does."""
    answer = client.ask(action="parse", title=title, text=text, contentmodel="wikitext", prop="links|templates|categories|images", disablelimitreport=True)[
        "parse"
    ]
    links = [str(row["title"]) for row in answer.get("links", ())]
    used = [str(row["title"]) for row in answer.get("templates", ()) if int(row["ns"]) == TEMPLATE]
    links += [str(row["title"]) for row in answer.get("templates", ()) if int(row["ns"]) != TEMPLATE]
    categories = [f"Category:{row['category'].replace('_', ' ')}" for row in answer.get("categories", ()) if not row.get("hidden")]
    files = [f"File:{name.replace('_', ' ')}" for name in answer.get("images", ())]
    return Named((*links, *categories, *files), tuple(name.partition(":")[2] for name in used))


def sister(
    source: tuple[Client, Site],
    target: tuple[Client | None, Site],
    wanted: Named,
    *,
    treatment: Mapping[str, Mapping[str, str]] | None = None,
    known: Known | None = None,
) -> Sister:
    """The target wiki seen from the source, for what one page names.

    Where the target cannot be asked, a language link is taken at its word. ``known`` keeps what was asked between pages. Raises as the clients do.
    """
    known = known if known is not None else Known()
    links = [_local(source[1], title) for title in wanted.links]
    names = [full_title(source[1], TEMPLATE, name) for name in wanted.templates]
    _ask_links(source[0], prefix(source[1], target[1].language), (*links, *names), known)
    guesses = {name: full_title(target[1], TEMPLATE, name.partition(":")[2]) for name in names}
    files = {title: full_title(target[1], FILE, title.partition(":")[2]) for title in links if namespace_of(source[1], title) == FILE}
    candidates = {title: known.links.get(title) or files.get(title, "") for title in (*links, *names)}
    _check_there(target[0], (*candidates.values(), *guesses.values()), known)
    titles = {title: known.there[there] for title, there in candidates.items() if there in known.there}
    titles.update({name: known.there[guess] for name, guess in guesses.items() if name not in titles and guess in known.there})
    _describe(source[0], target[0], {name: titles.get(name, "") for name in names}, known)
    return Sister(source[1], target[1], titles, {name.partition(":")[2]: known.templates[name] for name in names}, treatment or {})


def _local(site: Site, title: str) -> str:
    """The title with the wiki's own name of its namespace."""
    number = namespace_of(site, title)
    return full_title(site, number, title.partition(":")[2].strip()) if number else title


def _ask_links(client: Client, language: str, titles: Iterable[str], known: Known) -> None:
    """Language links into ``known``; a redirect has those of the page it leads to."""
    fresh = [title for title in dict.fromkeys(titles) if title and title not in known.asked]
    for group in pages.batched(fresh):
        found: dict[str, str] = {}
        renames: dict[str, str] = {}
        for query in client.batches(prop="langlinks", lllang=language, lllimit="max", redirects=True, titles="|".join(group)):
            renames.update({row["from"]: row["to"] for kind in ("normalized", "redirects") for row in query.get(kind, ())})
            for row in query.get("pages", ()):
                for link in row.get("langlinks", ()):
                    found[row["title"]] = str(link["title"])
        for title in group:
            end = title
            for _ in range(3):
                end = renames.get(end, end)
            if end in found:
                known.links[title] = found[end]
        known.asked.update(group)


def prefix(site: Site, language: str) -> str:
    """The prefix under which a wiki links to its sister in a language ("pt-br", else "pt")."""
    tag = language.lower()
    return next((one for one in (tag, tag.partition("-")[0]) if one in site.languages), tag)


def _check_there(client: Client | None, titles: Iterable[str], known: Known) -> None:
    fresh = [title for title in dict.fromkeys(titles) if title and title not in known.checked]
    if client is None:
        known.there.update({title: title for title in fresh})
    else:
        known.there.update(pages.existing(client, fresh))
    known.checked.update(fresh)


def _describe(source: Client, target: Client | None, names: Mapping[str, str], known: Known) -> None:
    """Templates into ``known``, with the parameters of both sides."""
    fresh = {name: there for name, there in names.items() if name not in known.templates}
    if not fresh:
        return
    mine = templates.described(source, fresh)
    theirs = templates.described(target, (there for there in fresh.values() if there)) if target is not None else {}
    for name, there in fresh.items():
        short = name.partition(":")[2]
        if there:
            known.templates[name] = templates.paired(short, there.partition(":")[2], mine.get(name, ()), theirs.get(there, ()))
        else:
            known.templates[name] = Template(short, "", mine.get(name, ()))
