"""What crosses the seam between us and a model: a profile, a request, a reply, and the protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from translate.document import Runs, Segment

Message = tuple[Literal["system", "user", "assistant"], str]


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in ``currency`` per million tokens. A local model costs 0.

    ``date`` and ``source`` say when and where the figures were read; both are empty where the user gave them.
    """

    prompt: float
    cached: float
    answer: float
    currency: str = "USD"
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a model can take and how it likes to be asked: data, measured by ``dragoman models try`` or shipped for a family.

    ``form`` is "chat" (messages) or "examples" (a completion after examples, for base models).
    ``unit`` is what one request holds: "chunk" (several segments with ids), "segment" or "sentence".
    ``reply`` is "lines" (``id| text``), "json" (an object keyed by id, held by a schema) or "text" (the bare translation of one segment).
    ``markers`` says whether the model keeps inline markers; where it does not, a segment that lost some is asked for at once in the pieces between them (else as its last try).
    ``context`` is the context size in tokens, ``chunk`` the source tokens of one chunk, ``schema``/``grammar`` what the server can enforce.
    ``system`` is False for models without a system role. ``extra`` goes into the request body as it is: a value that is a tuple of pairs is an object there,
    and None takes a field out that would be there (``("temperature", None)``). ``note`` is a plain sentence for the report ("a demonstration model …").
    """

    name: str
    form: Literal["chat", "examples"] = "chat"
    unit: Literal["chunk", "segment", "sentence"] = "chunk"
    reply: Literal["lines", "json", "text"] = "lines"
    markers: bool = True
    context: int = 8192
    chunk: int = 700
    schema: bool = False
    grammar: bool = False
    system: bool = True
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    extra: tuple[tuple[str, object], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Exactly what is sent: either ``messages`` (chat) or ``prompt`` (completion). Two equal requests to one model are the same request.

    ``most`` is the most tokens that may be answered. ``schema`` is a JSON schema as text, ``grammar`` a GBNF grammar; both empty where not used.
    """

    messages: tuple[Message, ...] = ()
    prompt: str = ""
    most: int = 1024
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    schema: str = ""
    grammar: str = ""
    extra: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one reply. ``cached`` are those of ``prompt`` that the server had in its prefix cache. ``counted`` is False where the server said nothing and we counted ourselves."""

    prompt: int
    answer: int
    cached: int = 0
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``finish`` is "stop", "length", "filter", or "loop" where we stopped a runaway repetition while streaming."""

    text: str
    finish: str
    usage: Usage
    model: str = ""
    seconds: float = 0.0
    remarks: tuple[str, ...] = field(default=())


class Model(Protocol):
    """A way to get text from a model.

    ``spec`` is what ``--model`` said, ``name`` what the server calls it. ``local`` is True where nothing leaves this machine.
    ``jobs`` is how many requests it can serve side by side by default. ``price`` is None where nobody knows it.
    """

    spec: str
    name: str
    profile: Profile
    price: Price | None
    local: bool
    jobs: int

    async def complete(self, request: Request) -> Reply:
        """Answer one request with one HTTP attempt or one local run.

        Raises ``ModelError`` (its sub-classes say which kind); retries nothing itself.
        """

    def count(self, text: str) -> int:
        """How many tokens ``text`` has for this model, offline, by its own tokenizer or a near one (never far too few)."""

    async def aclose(self) -> None:
        """Free what it holds."""


Watch = Callable[[str], bool]
"""Looks at the text streamed so far and says True to stop it (a runaway repetition)."""


@runtime_checkable
class DirectModel(Protocol):
    """A model that needs no prompt: it sees the segment itself (``echo``, ``pseudo``, ``scripted`` in tests).

    ``isinstance(model, DirectModel)`` tells the two doors apart. It costs nothing and keeps the markers of the source.
    """

    spec: str
    name: str
    profile: Profile
    price: Price | None
    local: bool
    jobs: int

    async def translate(self, segment: Segment) -> Runs:
        """The translation of one segment, with its markers.

        Raises ``ModelError`` as ``Model.complete`` does.
        """

    async def aclose(self) -> None:
        """Free what it holds."""
