"""llama-cpp-python: llama.cpp compiled for this very machine, by its plain C interface (its Python class decodes one sequence at a time)."""

from __future__ import annotations

import ctypes
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from translate.errors import ModelRefused, ModelUnreachable, RequestTooLong, SettingError
from translate.models.embedded.batching import BATCH, Batcher, Run
from translate.models.embedded.contract import Answer, Stopped
from translate.models.seam import Request

SEED = 0
"""Sampling with a temperature starts here, so that the same request gives the same answer on an idle engine."""


class LlamaCpp:
    """An ``Engine``."""

    name = "llama-cpp-python"

    def __init__(self, path: Path, *, context: int, slots: int, threads: int) -> None:
        library = _library()
        self.slots = slots
        self.context = context
        self._library = library
        self._model = library.llama_model_load_from_file(str(path).encode(), library.llama_model_default_params())
        if not self._model:
            raise SettingError(f"{path} cannot be loaded by llama-cpp-python: is it a GGUF model, and is there memory for it?")
        self._context = library.llama_init_from_model(self._model, _parameters(library, context, slots, threads))
        if not self._context:
            library.llama_model_free(self._model)
            raise SettingError(f"{path}: there is no memory for {slots} × {context} tokens of context: use a smaller model or fewer --jobs.")
        self._vocabulary = library.llama_model_get_vocab(self._model)
        self._batcher = Batcher(library, self._context, self._vocabulary, slots=slots)
        self._counted = lru_cache(maxsize=4096)(self._count)

    def run(self, request: Request, stopped: Stopped) -> Answer:
        """See ``Engine.run``."""
        prompt = self._prompt(request)
        if len(prompt) + 1 > self.context:
            raise RequestTooLong(f"The request has {len(prompt)} tokens and the context {self.context}: use smaller chunks or a model with a larger context.")
        most = max(1, min(request.most, self.context - len(prompt)))
        stops = tuple(stop.encode() for stop in request.stop if stop)
        return self._batcher.submit(Run(prompt, most, stops, stopped, self._sampler(request))).result()

    def count(self, text: str) -> int:
        """See ``Engine.count``."""
        return self._counted(text)

    def threads(self, number: int) -> None:
        """See ``Engine.threads``."""
        self._library.llama_set_n_threads(self._context, number, number)

    def close(self) -> None:
        """See ``Engine.close``."""
        if self._context:
            self._batcher.close()
            self._library.llama_free(self._context)
            self._library.llama_model_free(self._model)
            self._context = None

    def _count(self, text: str) -> int:
        return len(self._tokens(text, special=False))

    def _prompt(self, request: Request) -> list[int]:
        """The request's tokens. Text of a book is never read as control tokens, but for what stands in a chat's messages: there the template needs them."""
        if not request.messages:
            return self._tokens(request.prompt, special=True)
        text = self._formatter(messages=[{"role": role, "content": said} for role, said in request.messages], enable_thinking=False).prompt
        begins = self._letters(self._library.llama_vocab_bos(self._vocabulary))
        return self._tokens(text, special=not (begins and text.startswith(begins)), control=True)

    def _tokens(self, text: str, *, special: bool, control: bool = False) -> list[int]:
        if not self._context:
            # C would read freed memory
            raise ModelUnreachable("The embedded model was closed: open it again.")
        data = text.encode()
        room = len(data) + 8
        found = (ctypes.c_int32 * room)()
        number = self._library.llama_tokenize(self._vocabulary, data, len(data), found, room, special, control)
        return list(found[: max(0, number)])

    @cached_property
    def _formatter(self) -> Any:
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        template = self._library.llama_model_chat_template(self._model, None)
        if not template:
            raise ModelRefused("This model has no chat template: give it a profile with form = 'examples', or take an 'instruct' model.")
        end, begin = self._library.llama_vocab_eos(self._vocabulary), self._library.llama_vocab_bos(self._vocabulary)
        return Jinja2ChatFormatter(template.decode(), self._letters(end), self._letters(begin))

    def _letters(self, token: int) -> str:
        if token < 0:
            return ""
        piece = ctypes.create_string_buffer(256)
        length = self._library.llama_token_to_piece(self._vocabulary, token, piece, len(piece), 0, True)
        return piece.raw[: max(0, length)].decode("utf-8", "replace")

    def _sampler(self, request: Request) -> Any:
        """A sampler for a grammar, a schema or a temperature; None for the likeliest token, which needs none."""
        grammar = _grammar(request)
        if not grammar and request.temperature <= 0:
            return None
        library = self._library
        chain = library.llama_sampler_chain_init(library.llama_sampler_chain_default_params())
        if grammar:
            rules = library.llama_sampler_init_grammar(self._vocabulary, grammar.encode(), b"root")
            if not rules:
                library.llama_sampler_free(chain)
                raise ModelRefused("The engine llama-cpp-python cannot read the grammar: check the model's profile.")
            library.llama_sampler_chain_add(chain, rules)
        if request.temperature > 0:
            library.llama_sampler_chain_add(chain, library.llama_sampler_init_temp(request.temperature))
            library.llama_sampler_chain_add(chain, library.llama_sampler_init_dist(SEED))
        else:
            library.llama_sampler_chain_add(chain, library.llama_sampler_init_greedy())
        return chain


def _grammar(request: Request) -> str:
    if request.schema:
        from llama_cpp.llama_grammar import json_schema_to_gbnf

        return str(json_schema_to_gbnf(request.schema))
    return request.grammar


def _parameters(library: Any, context: int, slots: int, threads: int) -> Any:
    """One cache for all sequences and the kept prompt, so that a shared beginning is stored once."""
    parameters = library.llama_context_default_params()
    parameters.n_seq_max = slots + 1
    parameters.n_ctx = context * (slots + 1)
    parameters.n_batch = BATCH
    parameters.n_threads = parameters.n_threads_batch = threads
    parameters.kv_unified = True
    # A sliding-window model (Gemma) drops what left its window, and with it every shared prefix, unless the cache keeps all of it.
    parameters.swa_full = True
    return parameters


@cache
def _library() -> Any:
    """The C interface, told to be silent: llama.cpp writes hundreds of lines to stderr."""
    import llama_cpp

    silence = llama_cpp.llama_log_callback(_ignore)
    _KEPT.append(silence)
    llama_cpp.llama_log_set(silence, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


_KEPT: list[Any] = []
"""C holds a bare pointer to the callback: without a reference of ours it would be freed."""


def _ignore(level: int, text: bytes, data: Any) -> None:
    """Takes a line of llama.cpp's log and drops it."""
