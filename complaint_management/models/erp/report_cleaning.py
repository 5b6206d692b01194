"""What may stand in the HTML that becomes a PDF: a short list of elements, attributes, addresses.

Everything else is taken out, so that nothing of a text, a letterhead or a profile makes the PDF
engine fetch, open or run anything (T11). No Odoo in here: a tree goes in, a smaller one comes out.
"""

import re
from urllib.parse import urlsplit

from lxml import html

TEXT_TAGS = frozenset(
    [
        "html",
        "body",
        "main",
        "header",
        "footer",
        "section",
        "article",
        "div",
        "span",
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "small",
        "sub",
        "sup",
        "mark",
        "del",
        "ins",
        "blockquote",
        "pre",
        "code",
        "address",
        "cite",
        "abbr",
        "q",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "a",
        "img",
        "font",
        "center",
        "style",
        "time",
        "figure",
        "figcaption",
        "wbr",
    ]
)
# Shapes of Odoo's letterheads; the parser writes all names in small letters.
SHAPE_TAGS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "lineargradient",
        "radialgradient",
        "stop",
        "text",
        "tspan",
        "title",
    ]
)
# Gone with everything in them; other unknown elements leave their text.
GONE_TAGS = frozenset(
    [
        "head",
        "script",
        "noscript",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "link",
        "meta",
        "base",
        "template",
        "video",
        "audio",
        "canvas",
        "form",
        "input",
        "button",
        "select",
        "textarea",
        "map",
        "foreignobject",
        "use",
        "image",
        "animate",
        "set",
        "filter",
        "pattern",
        "mask",
        "marker",
        "symbol",
        "math",
        "xml",
    ]
)
ATTRIBUTES = frozenset(
    [
        "class",
        "id",
        "lang",
        "dir",
        "title",
        "alt",
        "name",
        "role",
        "style",
        "width",
        "height",
        "align",
        "valign",
        "border",
        "cellpadding",
        "cellspacing",
        "bgcolor",
        "color",
        "face",
        "size",
        "colspan",
        "rowspan",
        "span",
        "scope",
        "start",
        "type",
        "value",
        "hidden",
        "itemprop",
        "itemscope",
        "itemtype",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "dx",
        "dy",
        "points",
        "fill",
        "fill-opacity",
        "fill-rule",
        "clip-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "opacity",
        "transform",
        "viewbox",
        "preserveaspectratio",
        "gradientunits",
        "gradienttransform",
        "offset",
        "stop-color",
        "stop-opacity",
        "text-anchor",
        "font-family",
        "font-size",
        "font-weight",
        "xmlns",
        "version",
    ]
)
ATTRIBUTE_FAMILIES = ("data-", "aria-")
LINK_SCHEMES = ("http", "https", "mailto", "tel")
PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|bmp|webp|svg\+xml)[;,]", re.IGNORECASE)
OWN_FILE = re.compile(r"/[a-z0-9_]+/static/(?:[\w@-][\w.@-]*/)*[\w@-][\w.@-]*")
CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')]*))\s*\)""", re.IGNORECASE)
CSS_IMPORT = re.compile(r"@import\b[^;{}]*;?", re.IGNORECASE)
CSS_ACTIVE = re.compile(
    r"@import|@charset|@namespace|expression\s*\(|image-set|javascript:|vbscript:|behaviou?r\s*:|"
    r"-moz-binding",
    re.IGNORECASE,
)


def clean_document(content, get_picture=None):
    """Take out of a rendered report whatever an engine could fetch, open or run.

    :param bytes content: HTML as templates make it
    :param get_picture: asked with the address of a picture that may not stay as it is; returns a
        data URI, or None to leave the picture out
    :return: HTML bytes, UTF-8
    """
    root = html.fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    for node in list(root.iter()):
        if node is not root:
            _clean_node(node, get_picture)
    _clean_attributes(root, get_picture)
    return html.tostring(root, encoding="utf-8")


def _clean_node(node, get_picture):
    # Comments and processing instructions have no name: they say nothing to a reader
    name = node.tag.lower() if isinstance(node.tag, str) else None
    if name is None or name in GONE_TAGS or ":" in name:
        _remove(node)
    elif name not in TEXT_TAGS and name not in SHAPE_TAGS:
        node.attrib.clear()
        node.tag = "span"
    else:
        if name == "style":
            node.text = clean_css(node.text or "")
        _clean_attributes(node, get_picture)
        if name == "img" and not node.get("src"):
            _remove(node)


def _remove(node):
    """Take ``node`` out with what is in it; the text behind it stays."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def _clean_attributes(node, get_picture):
    for name, value in list(node.attrib.items()):
        kept = _get_kept_value(node, name.lower(), value, get_picture)
        if kept is None:
            del node.attrib[name]
        elif kept != value:
            node.attrib[name] = kept


def _get_kept_value(node, name, value, get_picture):
    """:return: the attribute's value as it may stay, or None"""
    if name == "src":
        return _get_kept_picture(value, get_picture) if node.tag == "img" else None
    if name == "href":
        return value if node.tag == "a" and is_harmless_link(value) else None
    if name == "style":
        return clean_css(value) or None
    if name in ATTRIBUTES:
        # Shapes are filled by colours and gradients: url(…) as in CSS
        return clean_css(value) or None if "(" in value or "\\" in value else value
    return value if name.startswith(ATTRIBUTE_FAMILIES) else None


def _get_kept_picture(address, get_picture):
    address = address.strip()
    if is_own_address(address):
        return address
    return get_picture(address) if get_picture else None


def is_own_address(address):
    """:return: whether it is the picture itself, or a file of an installed app"""
    return bool(PICTURE.match(address) or OWN_FILE.fullmatch(address))


def is_harmless_link(address):
    """:return: whether a reader may be given this link: the web, mail, telephone, this document"""
    address = "".join(char for char in address if char > " ")
    if address.startswith("#"):
        return True
    try:
        return urlsplit(address).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def clean_css(css):
    """Style without addresses to fetch; all of it goes where it cannot be told what it says.

    :param str css: content of a ``style`` element or attribute
    :return: str
    """
    css = CSS_IMPORT.sub("", CSS_COMMENT.sub("", css))
    css = CSS_URL.sub(_keep_own_url, css)
    read = CSS_ESCAPE.sub(_read_escape, css)
    if CSS_ACTIVE.search(read) or any(
        not is_own_address(address.strip(" \t\r\n\f\"'")) and not address.startswith("#")
        for address in _iter_css_addresses(read)
    ):
        return ""
    return css


def _iter_css_addresses(css):
    """Yield what follows each ``url(``, however it is quoted or left open."""
    for part in re.split(r"url\s*\(", css, flags=re.IGNORECASE)[1:]:
        yield part.split(")", 1)[0].strip().strip("\"'").strip()


def _keep_own_url(match):
    address = next((group for group in match.groups() if group is not None), "").strip()
    return match.group() if is_own_address(address) or address.startswith("#") else "none"


def _read_escape(match):
    code, char = match.groups()
    if code is None:
        return "" if char == "\n" else char
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
