"""The light tree of an XML document: elements and texts that know which bytes they are."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Text:
    """What stands between two tags: ``start`` to ``end`` in the bytes; ``text`` is what a reader sees of it."""

    start: int
    end: int
    text: str


@dataclass(slots=True, eq=False)
class Element:
    """One element. Nobody outside ``parse`` changes it.

    ``start``…``inner`` is its start tag, ``close``…``end`` its end tag (both empty at the end for ``<br/>``, which ``empty`` says).
    ``name`` is local, ``qualified`` as spelt ("dc:title"). ``attributes`` are as spelt, entities of a missing DTD left out.
    """

    name: str
    qualified: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    parent: Element | None = None
    place: int = 0
    children: list[Element | Text] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag (``<br/>``)."""
        return self.inner == self.end

    @property
    def path(self) -> str:
        """Where it stands, by the steps of an EPUB CFI: ``/4/2`` is the first child of the root's second child."""
        steps: list[str] = []
        element: Element | None = self
        while element is not None and element.parent is not None:
            steps.append(str(2 * element.place))
            element = element.parent
        return "/" + "/".join(reversed(steps))
