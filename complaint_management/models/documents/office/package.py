"""An office document (XLSX, DOCX) as what it is: a zip of parts, most of which nobody touches.

Customers' forms have logos, check boxes, text boxes and print settings. Libraries that read a
workbook into objects and write it anew lose what they do not know (openpyxl: text boxes, check
boxes, pictures of page headers, sparklines, results of formulas). Here only the parts that are
filled are parsed; all others keep their bytes.
"""

import io
import posixpath
import zipfile
from typing import NamedTuple

from lxml import etree

PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006"
TYPES_PART = "[Content_Types].xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Relation(NamedTuple):
    """One line of a part's relations: where another part, or something outside, is."""

    id: str
    kind: str
    target: str
    is_external: bool


class OfficePackage:
    """Parts of one document; give it only what passed ``complaint.office.check``."""

    def __init__(self, content):
        """:param bytes content: the file"""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._infos = archive.infolist()
            self._bytes = {info.filename: archive.read(info) for info in self._infos}
        self._trees = {}
        self._changed = set()
        self._types = None

    def __contains__(self, name):
        return name in self._bytes

    @property
    def names(self):
        """Names of all parts."""
        return list(self._bytes)

    def get_bytes(self, name):
        """:return: bytes of a part as they were read"""
        return self._bytes[name]

    def get_tree(self, name):
        """:return: root element of a part, to be read"""
        if name not in self._trees:
            self._trees[name] = parse_xml(self._bytes[name])
        return self._trees[name]

    def edit_tree(self, name):
        """:return: root element of a part, to be changed: it is written anew by :meth:`save`"""
        self._changed.add(name)
        return self.get_tree(name)

    def get_type(self, name):
        """:return: content type of a part in small letters, or an empty string"""
        if self._types is None:
            self._types = list(parse_xml(self._bytes[TYPES_PART]))
        ending = name.rpartition(".")[2].lower()
        found = ""
        for element in self._types:
            if (element.get("PartName") or "").lstrip("/").lower() == name.lower():
                return (element.get("ContentType") or "").lower()
            if (element.get("Extension") or "").lower() == ending:
                found = (element.get("ContentType") or "").lower()
        return found

    def find_by_type(self, *endings):
        """:return: list of names of the parts whose content type ends with one of ``endings``"""
        return [name for name in self._bytes if self.get_type(name).endswith(endings)]

    def get_relations(self, name=""):
        """:param name: a part; default: the package itself
        :return: list of :class:`Relation`, targets inside resolved to names of parts
        """
        folder, _slash, file = name.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self._bytes:
            return []
        return list(iter_relations(parse_xml(self._bytes[rels]), folder))

    def get_main(self):
        """:return: name of the part that is the document itself, or None"""
        mains = [r.target for r in self.get_relations() if r.kind == "officedocument"]
        return mains[0] if len(mains) == 1 and mains[0] in self._bytes else None

    def save(self):
        """:return: bytes of the document with the parts that were changed"""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._infos:
                content = self._bytes[info.filename]
                if info.filename in self._changed:
                    content = write_xml(self._trees[info.filename])
                # A new info of the same date: no flags of the template's own packer
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                copy.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(copy, content)
        return stream.getvalue()


def parse_xml(content):
    """:return: root element; entities, DTDs and the network are off
    :raise etree.XMLSyntaxError: for what is no XML
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    return etree.fromstring(content, parser)


def write_xml(root):
    """:return: bytes of a part"""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def iter_relations(root, folder):
    """:yield: :class:`Relation` of a parsed relations part whose source is in ``folder``"""
    for element in root:
        if not isinstance(element.tag, str):
            continue
        target = element.get("Target") or ""
        is_external = (element.get("TargetMode") or "").lower() == "external"
        if not is_external:
            target = target if target.startswith("/") else posixpath.join("/", folder, target)
            target = posixpath.normpath(target).lstrip("/")
        kind = (element.get("Type") or "").rpartition("/")[2].lower()
        yield Relation(element.get("Id") or "", kind, target, is_external)
