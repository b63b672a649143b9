"""Hypothesis strategies for bodies of XHTML pages, tidy and untidy, and for runs of any sort."""

from __future__ import annotations

from hypothesis import strategies as st

from translate.document import Marker, Runs, normal

WORDS = st.sampled_from(
    ["one", "two ", " Three", "A", "“O", "x1", "12", " ", "\n  ", "…", "é", "中文", "&amp;", "&lt;", "&nbsp;", "&#8217;", "&shy;", "&what;", ", ", "-", "]]", "‹1›", "a\u0301", "\u00a0", "]"]
)
ASIDES = st.sampled_from(["<!-- c -->", "<?pi x?>", "<![CDATA[a <b> & c]]>", "<br/>", "<a id='q'/>", "<img src='i' alt='A cat'/>", "<img src='j'/>", "<wbr/>", "<hr/>"])
INLINE = ["em", "b", "span", "a href='x'", "code", "sup", "sub", "i lang='fr'", "i translate='no'", "span class='dropcap'", "q title='Tip'", "svg", "custom", "a epub:type='noteref'", "math"]
BLOCK = ["p", "div", "li", "h2", "td", "blockquote", "aside epub:type='footnote'", "pre", "p class='verse'", "section lang='fr'", "p translate='no'", "p xml:space='preserve'", "text", "nav", "object", "script"]


def wrapped(names: list[str], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Markup in one of the elements."""
    return st.builds(lambda name, text: f"<{name}>{text}</{name.split()[0]}>", st.sampled_from(names), inside)


rubies = st.builds("<ruby>{}<rt>{}</rt></ruby>".format, WORDS, WORDS)
inlines = st.recursive(
    st.one_of(WORDS, WORDS, ASIDES, rubies), lambda inner: st.one_of(wrapped(INLINE, inner), st.lists(inner, max_size=5).map("".join)), max_leaves=12
)
bodies = st.recursive(
    st.one_of(inlines, wrapped(BLOCK, inlines)),
    lambda inner: st.one_of(wrapped(BLOCK, inner), wrapped(INLINE, inner), st.lists(inner, max_size=4).map("".join)),
    max_leaves=8,
)

pieces = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["]]>", "<b>", "&amp;", "\x00", "\ud800", "\r\n", "„W", " "]),
    st.builds(Marker, st.sampled_from(["open", "close", "atom"]), st.integers(0, 5)),
)
anything: st.SearchStrategy[Runs] = st.lists(pieces, max_size=12).map(normal)
"""Runs as the worst of models might give them."""
