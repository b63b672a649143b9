"""What a book says in its own language: the headings of its notes and of the page that tells where it comes from, and the sentences there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language; ``{…}`` are filled in."""

    notes: str = "Notes"
    sources: str = "Licence and sources"
    made_of: str = "This book is a translation of pages of {wiki}. Licence: {licence}."
    changed: str = "The text was translated, and put together as a book; the authors of each page are listed in its history."
    origin: str = "{title}, revision {revision} of {time}, last edited by {who}"
    history: str = "its history"
    unknown: str = "unknown"
    a_wiki: str = "a wiki"
    not_said: str = "the export does not say; see the wiki"


PHRASES = {
    "de": Phrases(
        "Anmerkungen",
        "Lizenz und Quellen",
        "Dieses Buch ist eine Übersetzung von Seiten aus {wiki}. Lizenz: {licence}.",
        "Der Text wurde übersetzt und als Buch zusammengestellt; wer an einer Seite geschrieben hat, steht in ihrer Versionsgeschichte.",
        "{title}, Version {revision} vom {time}, zuletzt bearbeitet von {who}",
        "Versionsgeschichte",
        "unbekannt",
        "einem Wiki",
        "steht nicht im Export; siehe das Wiki",
    ),
    "es": Phrases(
        "Notas",
        "Licencia y fuentes",
        "Este libro es una traducción de páginas de {wiki}. Licencia: {licence}.",
        "El texto fue traducido y reunido en forma de libro; los autores de cada página figuran en su historial.",
        "{title}, revisión {revision} del {time}, editada por última vez por {who}",
        "su historial",
        "desconocido",
        "un wiki",
        "la exportación no la indica; véase el wiki",
    ),
    "fr": Phrases(
        "Notes",
        "Licence et sources",
        "Ce livre est une traduction de pages de {wiki}. Licence : {licence}.",
        "Le texte a été traduit et réuni en livre ; les auteurs de chaque page sont indiqués dans son historique.",
        "{title}, version {revision} du {time}, modifiée en dernier par {who}",
        "son historique",
        "inconnu",
        "un wiki",
        "l’export ne l’indique pas ; voir le wiki",
    ),
}


def of(language: str) -> Phrases:
    """The words of a language by its code ("de"); English where nobody has written them."""
    return PHRASES.get(language, Phrases())
