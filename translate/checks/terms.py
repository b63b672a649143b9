"""Glossary terms."""

from __future__ import annotations

from collections.abc import Iterator

from translate import glossary
from translate.checks.reading import quoted
from translate.checks.seam import Facts, Pair
from translate.document import Finding, Term, plain


class Terms:
    """A glossary term of the source is not rendered as the glossary says, or in a form it forbids.

    Any inflected or compounded form of an accepted rendering counts.
    What only a model proposed for a word that is no name may be left for a better one; the ledger counts where it is kept.
    Blind to a rendering that stands there for another word, and to a term that occurs several times and is rendered right once.
    """

    name = "terms"
    structural = False

    def __call__(self, pair: Pair, facts: Facts) -> Iterator[Finding]:
        """Yield at most one finding per term."""
        target = plain(pair.draft.target, atoms=True)
        if not any(map(str.isalnum, target)):
            return
        for term in facts.terms:
            wrong = glossary.forbidden(term, target, facts.target)
            if wrong and not _another_accepts(wrong, term, facts):
                message = f"{quoted(term.source)} is rendered as {quoted(wrong)}, which the glossary forbids; it wants {quoted(term.forms[0])}."
                yield Finding(self.name, "error", message, source=term.source, target=wrong)
            elif not _is_free(term) and glossary.accepted(term, target, facts.target) is None:
                yield Finding(self.name, "error" if term.keep else "warning", _missing(term), source=term.source)


def _is_free(term: Term) -> bool:
    """Whether a translation may do without the term: no person has settled it, and it is no name."""
    return term.soft and not term.case


def _another_accepts(form: str, term: Term, facts: Facts) -> bool:
    """Whether another term of the segment is rightly rendered by this form."""
    return any(glossary.holds(good, form, facts.target) for other in facts.terms if other is not term for good in other.forms)


def _missing(term: Term) -> str:
    if term.keep:
        return f"{quoted(term.source)} is to stay as it is, and is not in the translation."
    others = f" (or {', '.join(map(quoted, term.forms[1:]))})" if term.allowed else ""
    return (
        f"{quoted(term.source)} is to be rendered as {quoted(term.forms[0])}{others}, in the form the sentence asks for; no form of it is in the translation."
    )
