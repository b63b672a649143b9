"""What an English MediaWiki calls things where nobody asked the wiki itself: names of namespaces, words, tags. Data, not code.

From MediaWiki 1.39's ``MessagesEn.php`` and the manuals of its usual extensions.
"""

from __future__ import annotations

from translate.sites import MagicWord, Namespace, Site

CUSTOM = 100
"""From this number on, a wiki's namespaces are its own (essays, a library); even ones are no talk pages."""
NAMESPACES = (
    Namespace(-2, "Media", "Media"),
    Namespace(-1, "Special", "Special"),
    Namespace(0, ""),
    Namespace(1, "Talk", "Talk"),
    Namespace(2, "User", "User"),
    Namespace(3, "User talk", "User talk"),
    Namespace(4, "Project", "Project", ("Wikipedia", "WP")),
    Namespace(5, "Project talk", "Project talk"),
    Namespace(6, "File", "File", ("Image",)),
    Namespace(7, "File talk", "File talk", ("Image talk",)),
    Namespace(8, "MediaWiki", "MediaWiki"),
    Namespace(9, "MediaWiki talk", "MediaWiki talk"),
    Namespace(10, "Template", "Template"),
    Namespace(11, "Template talk", "Template talk"),
    Namespace(12, "Help", "Help"),
    Namespace(13, "Help talk", "Help talk"),
    Namespace(14, "Category", "Category"),
    Namespace(15, "Category talk", "Category talk"),
    Namespace(100, "Portal", "Portal"),
    Namespace(828, "Module", "Module"),
)

IMAGE = {
    "img_thumbnail": ("thumb", "thumbnail"),
    "img_manualthumb": ("thumbnail=$1", "thumb=$1"),
    "img_right": ("right",),
    "img_left": ("left",),
    "img_none": ("none",),
    "img_center": ("center", "centre"),
    "img_framed": ("frame", "framed", "enframed"),
    "img_frameless": ("frameless",),
    "img_border": ("border",),
    "img_width": ("$1px",),
    "img_upright": ("upright", "upright=$1", "upright $1"),
    "img_baseline": ("baseline",),
    "img_sub": ("sub",),
    "img_super": ("super", "sup"),
    "img_top": ("top",),
    "img_text_top": ("text-top",),
    "img_middle": ("middle",),
    "img_bottom": ("bottom",),
    "img_text_bottom": ("text-bottom",),
    "img_link": ("link=$1",),
    "img_alt": ("alt=$1",),
    "img_class": ("class=$1",),
    "img_lang": ("lang=$1",),
    "img_page": ("page=$1", "page $1"),
    "timedmedia_noplayer": ("noplayer",),
}
SWITCHES = ["NOTOC", "FORCETOC", "TOC", "NOEDITSECTION", "NEWSECTIONLINK", "NONEWSECTIONLINK", "NOTITLECONVERT", "NOTC", "NOCONTENTCONVERT", "NOCC", "NOGALLERY", "NOTALK", "HIDDENCAT", "INDEX", "NOINDEX", "STATICREDIRECT", "DISAMBIG", "START", "END", "NOGLOBAL", "EXPECTUNUSEDCATEGORY", "EXPECTEDUNCONNECTEDPAGE"]
VARIABLES = ["PAGENAME", "PAGENAMEE", "FULLPAGENAME", "FULLPAGENAMEE", "BASEPAGENAME", "BASEPAGENAMEE", "SUBPAGENAME", "SUBPAGENAMEE", "ROOTPAGENAME", "ROOTPAGENAMEE", "TALKPAGENAME", "TALKPAGENAMEE", "SUBJECTPAGENAME", "SUBJECTPAGENAMEE", "ARTICLEPAGENAME", "ARTICLEPAGENAMEE", "NAMESPACE", "NAMESPACEE", "NAMESPACENUMBER", "TALKSPACE", "TALKSPACEE", "SUBJECTSPACE", "SUBJECTSPACEE", "ARTICLESPACE", "SITENAME", "SERVER", "SERVERNAME", "SCRIPTPATH", "STYLEPATH", "PAGEID", "PAGELANGUAGE", "CONTENTLANGUAGE", "CONTENTLANG", "CURRENTVERSION", "CURRENTYEAR", "CURRENTMONTH", "CURRENTMONTH1", "CURRENTMONTH2", "CURRENTMONTHNAME", "CURRENTMONTHNAMEGEN", "CURRENTMONTHABBREV", "CURRENTDAY", "CURRENTDAY2", "CURRENTDOW", "CURRENTDAYNAME", "CURRENTTIME", "CURRENTHOUR", "CURRENTWEEK", "CURRENTTIMESTAMP", "LOCALYEAR", "LOCALMONTH", "LOCALMONTHNAME", "LOCALDAY", "LOCALDAY2", "LOCALDAYNAME", "LOCALTIME", "LOCALTIMESTAMP", "NUMBEROFARTICLES", "NUMBEROFPAGES", "NUMBEROFFILES", "NUMBEROFEDITS", "NUMBEROFUSERS", "NUMBEROFACTIVEUSERS", "NUMBEROFADMINS", "REVISIONID", "REVISIONDAY", "REVISIONDAY2", "REVISIONMONTH", "REVISIONMONTH1", "REVISIONYEAR", "REVISIONTIMESTAMP", "REVISIONUSER", "REVISIONSIZE", "CASCADINGSOURCES", "NOEXTERNALLANGLINKS", "!"]
FUNCTIONS = frozenset(
    [
        *["ns", "nse", "urlencode", "lc", "uc", "lcfirst", "ucfirst", "int", "plural", "grammar", "gender", "bidi", "formatnum", "padleft", "padright", "anchorencode", "fullurl", "fullurle", "localurl", "localurle"],
        *["canonicalurl", "canonicalurle", "filepath", "protectionlevel", "protectionexpiry", "pagesincategory", "pagesincat", "pagesize", "pagesinnamespace", "pagesinns", "numberingroup"],
        *["numingroup", "tag", "special", "speciale", "formatdate", "dateformat", "language", "subst", "safesubst", "msg", "msgnw", "raw", "invoke"],
        *(name.lower() for name in VARIABLES if name != "!"),
        *["if", "ifeq", "ifexpr", "ifexist", "iferror", "switch", "expr", "time", "timel", "rel2abs", "titleparts", "babel", "property", "statements", "lst", "lsth", "lstx", "section", "len", "pos", "sub", "replace"],
        *["explode", "urldecode", "arraymap", "categorytree", "widget", "ask", "show", "set", "cargo_query", "cargo_store", "vardefine", "var", "dpl", "related", "coordinates", "translation", "target"],
    ]
)
TAGS = frozenset(
    ["nowiki", "pre", "gallery", "indicator", "langconvert", "ref", "references", "poem", "syntaxhighlight", "source", "math", "chem", "ce", "score", "timeline", "imagemap", "templatestyles", "section", "hiero", "inputbox", "mapframe", "maplink", "graph", "templatedata", "categorytree", "charinsert", "dynamicpagelist", "quiz", "choose", "rss", "tabber", "youtube", "embedvideo", "verbatim"]
)
LANGUAGES = frozenset(
    ["aa", "ab", "af", "als", "am", "an", "ang", "ar", "arz", "as", "ast", "av", "ay", "az", "ba", "bar", "be", "bg", "bh", "bn", "bo", "br", "bs", "ca", "ce", "ceb", "ckb", "co", "cs", "cv", "cy", "da", "de", "diq", "dsb", "dv", "dz", "el", "eml", "en", "eo", "es", "et", "eu", "ext", "fa", "ff", "fi", "fo", "fr", "frr", "fur", "fy", "ga", "gan", "gd", "gl", "gn", "gsw", "gu", "gv", "ha", "hak", "he", "hi", "hr", "hsb", "ht", "hu", "hy", "ia", "id", "ie", "ig", "ilo", "io", "is", "it", "ja", "jv", "ka", "kab", "kk", "km", "kn", "ko", "ku", "kw", "ky", "la", "lad", "lb", "li", "lij", "lmo", "ln", "lo", "lt", "lv", "mg", "mi", "min", "mk", "ml", "mn", "mr", "ms", "mt", "my", "mzn", "nah", "nap", "nds", "ne", "new", "nl", "nn", "no", "nv", "ny", "oc", "or", "os", "pa", "pcd", "pl", "pms", "pnb", "ps", "pt", "pt-br", "qu", "rm", "ro", "ru", "rue", "rw", "sa", "sah", "sc", "scn", "sco", "sd", "se", "sh", "si", "simple", "sk", "sl", "sm", "sn", "so", "sq", "sr", "st", "su", "sv", "sw", "szl", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "ty", "ug", "uk", "ur", "uz", "vec", "vep", "vi", "vls", "vo", "wa", "war", "wo", "wuu", "xh", "yi", "yo", "za", "zea", "zh", "zh-classical", "zh-min-nan", "zh-yue", "zu"]
)
INTERWIKI = LANGUAGES | frozenset(["wikipedia", "w", "wiktionary", "wikt", "wikisource", "s", "wikiquote", "q", "wikibooks", "b", "wikinews", "n", "wikiversity", "v", "commons", "c", "meta", "m", "mw", "species", "d", "wikidata"])

WORDS = (
    MagicWord("redirect", ("#REDIRECT",)),
    MagicWord("defaultsort", ("DEFAULTSORT:", "DEFAULTSORTKEY:", "DEFAULTCATEGORYSORT:"), True),
    MagicWord("displaytitle", ("DISPLAYTITLE",), True),
    *(MagicWord(name, aliases, True) for name, aliases in IMAGE.items()),
    *(MagicWord(name.lower(), (f"__{name}__",)) for name in SWITCHES),
    *(MagicWord(name.lower(), (name,), True) for name in VARIABLES),
)

ENGLISH = Site(
    language="en",
    namespaces=NAMESPACES,
    words=WORDS,
    extension_tags=TAGS,
    functions=FUNCTIONS,
    interwiki=INTERWIKI,
    languages=LANGUAGES,
)
"""A wiki that nobody asked: the names every MediaWiki has, whatever its language."""

PROTOCOLS = ["bitcoin:", "ftp://", "ftps://", "geo:", "git://", "gopher://", "http://", "https://", "irc://", "ircs://", "magnet:", "mailto:", "matrix:", "mms://", "news:", "nntp://", "redis://", "sftp://", "sip:", "sips:", "sms:", "ssh://", "svn://", "tel:", "telnet://", "urn:", "worldwind://", "xmpp:"]

BLOCK_TAGS = frozenset(
    ["address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "translate", "languages", "noinclude", "onlyinclude", "includeonly"]
)
INLINE_TAGS = frozenset(
    ["abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "tvar"]
)
EMPTY_TAGS = frozenset({"br", "wbr", "hr"})
HTML_TAGS = INLINE_TAGS | BLOCK_TAGS | EMPTY_TAGS
ATOM_TAGS = frozenset({"code", "kbd", "samp", "var", "tt", "tvar"})
"""Tags that are kept with what is between them."""

OPAQUE = {
    "nowiki": "text without markup",
    "pre": "preformatted text",
    "syntaxhighlight": "code",
    "source": "code",
    "math": "mathematics",
    "chem": "chemistry",
    "ce": "chemistry",
    "score": "music",
}
BLOCK_EXTENSIONS = frozenset(
    ["pre", "syntaxhighlight", "source", "gallery", "poem", "references", "timeline", "imagemap", "score", "templatestyles", "inputbox", "mapframe", "graph", "templatedata", "categorytree", "dynamicpagelist", "indicator", "quiz", "tabber", "youtube", "embedvideo", "rss"]
)
"""Extensions' elements that stand for themselves: text before and text after them belong to different passages."""
WALKED = frozenset({"ref", "references", "poem", "gallery", "indicator"})

KEPT_TEMPLATES = ("cite", "citation", "citar", "sfn", "harv", "r|", "isbn", "coord", "lang", "lang-", "ipa", "convert", "flagicon", "url", "webarchive", "ill", "interlanguage link")
"""Beginnings of names of templates whose parameters are sources, foreign words or measures: kept unless the wiki's own map says otherwise."""
LINKED_TEMPLATES = frozenset({"main", "see also", "further", "main article", "details", "about", "see", "seealso"})
PROSE_PARAMETERS = frozenset({"caption", "text", "quote", "note", "alt", "image_caption", "image caption", "imagecaption", "footnote", "description", "summary", "quotation", "content"})
"""Named parameters that hold words in any template that nobody described."""
PROSE_TEMPLATES = {
    "quote": ("1",),
    "blockquote": ("1",),
    "cquote": ("1",),
    "quotation": ("1",),
    "quote box": ("1",),
    "centered pull quote": ("1",),
    "short description": ("1",),
    "efn": ("1",),
    "note": ("1",),
    "notetag": ("1",),
    "refn": ("1",),
    "citation needed span": ("1",),
    "small": ("1",),
    "center": ("1",),
    "nowrap": ("1",),
    "poem": ("1",),
    "hatnote": ("1",),
    "plainlist": ("1",),
    "flatlist": ("1",),
    "columns list": ("1",),
    "block indent": ("1",),
    "reflist": ("refs",),
    "notelist": ("notes",),
}
"""Parameters that hold words in templates of these names, where nobody described them."""
PROSE_TYPES = frozenset({"content", "unbalanced-wikitext", "string", "line"})
