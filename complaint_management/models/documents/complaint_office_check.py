import io
import re
import zipfile

from lxml import etree

from odoo import api, models
from odoo.exceptions import ValidationError

from .office.package import TYPES_PART, OfficePackage

MEGABYTE = 1024 * 1024
MAX_FILE = 5 * MEGABYTE
# Unpacked: a page of a form has a few hundred kilobytes, its pictures some more.
MAX_XML_PART = 8 * MEGABYTE
MAX_UNPACKED = 40 * MEGABYTE
MAX_PARTS = 2000
MAIN_TYPES = {
    "xlsx": "spreadsheetml.sheet.main+xml",
    "docx": "wordprocessingml.document.main+xml",
}
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
# Names and types of parts that run something, or bring a file of any kind along.
PROGRAM_PARTS = re.compile(
    r"vbaproject|vbadata|macrosheet|/dialogsheets/|/activex/|/embeddings/|customui|\.(bin|exe|dll|js"
    r"|vbs|html?|swf|ocx|xlsm|xlsb|docm|dotm|xltm|xlam)$"
)
PROGRAM_TYPES = ("macro", "vba", "activex", "oleobject", "control+xml")
# A printer's own settings: bytes that nothing runs, in nearly every workbook.
HARMLESS_PARTS = re.compile(r"/printersettings\d*\.bin$|/thumbnail\.|/\.?printersettings/")
PROGRAM_RELATIONS = {
    "vbaproject", "wordvbadata", "oleobject", "package", "control", "activexcontrolbinary",
    "xlmacrosheet", "xlintlmacrosheet", "dialogsheet", "ui/extensibility", "attachedtemplate",
    "afchunk", "subdocument", "frame", "externallink", "externallinkpath", "connections",
    "querytable", "recipientdata", "mailmergesource", "webextension", "webextensiontaskpane",
    "webextensiontaskpanes",
}  # fmt: skip
# Data from outside the file.
OUTSIDE_PARTS = re.compile(r"/externallinks/|/connections\.xml$|/querytables/|/webextensions/")
LINKS = ("http://", "https://", "mailto:", "tel:", "#")
# Fields and formulas that fetch or start something when the document is opened.
LIVE_FIELDS = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON|RD)\b", re.I
)
LIVE_FORMULAS = re.compile(
    r"\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|IMAGE|EXEC|FOPEN)\s*\(|\|", re.I
)
QUOTED = re.compile(r'"[^"]*"')
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class ComplaintOfficeCheck(models.AbstractModel):
    """Which office documents of customers are taken as forms: none that runs, fetches or bursts.

    A filled form goes out under our name. So nothing is removed from a template silently: one with
    a program, an embedded file or something from outside is refused, and says what to do (T9).
    """

    _name = "complaint.office.check"
    _description = "Check of Office Documents"

    @api.model
    def _open(self, content, ending):
        """Check a document and open it.

        :param bytes content: the file
        :param str ending: ``xlsx`` or ``docx``, as its name says
        :return: :class:`OfficePackage`
        :raise ValidationError: saying why it is not taken and what to do
        """
        problem = self._get_file_problem(content, ending) or self._get_zip_problem(content)
        if problem:
            raise ValidationError(problem)
        try:
            package = OfficePackage(content)
            problem = self._get_package_problem(package, ending)
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError) as error:
            raise ValidationError(self._get_broken_message()) from error
        if problem:
            raise ValidationError(problem)
        return package

    # ------------------------------------------------------------
    # The file
    # ------------------------------------------------------------
    @api.model
    def _get_file_problem(self, content, ending):
        """:return: translated reason why the file as a whole is not taken, or None"""
        if ending not in MAIN_TYPES:
            return self.env._(
                "Only forms without macros are taken: .xlsx or .docx. Open the form, choose “Save "
                "as” and one of these types."
            )
        if content.startswith(OLD_FORMAT):
            return self.env._(
                "This file is protected by a password, or an old .xls or .doc. Open it, remove the "
                "password and save it as .xlsx or .docx."
            )
        if len(content) > MAX_FILE:
            return self.env._("The form is larger than %s MB.", MAX_FILE // MEGABYTE)
        return None

    @api.model
    def _get_broken_message(self):
        return self.env._(
            "The file is broken or no office document. Open it in your office program, save it "
            "again as .xlsx or .docx and upload that."
        )

    @api.model
    def _get_zip_problem(self, content):
        """Look at the table of contents before anything is unpacked (zip bombs).

        :return: translated reason, or None
        """
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = archive.infolist()
                if any(info.flag_bits & 1 for info in infos):
                    return self.env._("The file is protected by a password: save it without one.")
                if not self._is_plain_archive(infos):
                    return self._get_broken_message()
                if self._is_bomb(infos):
                    return self.env._(
                        "Unpacked, the file is larger than a form may be. Remove unused sheets, "
                        "rows and pictures and save it again."
                    )
                # Sizes in the table may lie: what is longer or damaged fails here
                broken = archive.testzip()
        except Exception:  # damaged and hostile archives raise all sorts of errors
            return self._get_broken_message()
        return self._get_broken_message() if broken else None

    @staticmethod
    def _is_plain_archive(infos):
        """:return: whether each part is there once, under a name that stays inside"""
        names = [info.filename for info in infos]
        return (
            len({name.lower() for name in names}) == len(names)
            and TYPES_PART in names
            and not any(name.startswith("/") or ".." in name or "\\" in name for name in names)
        )

    @staticmethod
    def _is_bomb(infos):
        """:return: whether it is larger inside than any form"""
        xml = (".xml", ".rels", ".vml")
        return (
            len(infos) > MAX_PARTS
            or sum(info.file_size for info in infos) > MAX_UNPACKED
            or any(
                info.file_size > MAX_XML_PART
                for info in infos
                if info.filename.lower().endswith(xml)
            )
        )

    # ------------------------------------------------------------
    # What is inside
    # ------------------------------------------------------------
    @api.model
    def _get_package_problem(self, package, ending):
        """:return: translated reason why the parts are not taken, or None"""
        for name in package.names:
            content = package.get_bytes(name).replace(b"\0", b"")
            if name.lower().endswith((".xml", ".rels", ".vml")) and (
                b"<!DOCTYPE" in content or b"<!ENTITY" in content
            ):
                return self._get_broken_message()
        if any(self._is_program(package, name) for name in package.names):
            return self._get_program_message()
        main = package.get_main()
        if not main or not package.get_type(main).endswith(MAIN_TYPES[ending]):
            return self.env._("The content of the file is not what its name “.%s” says.", ending)
        if not package.get_tree(main).tag.startswith((WORD, SHEET)):
            return self.env._(
                "The form is saved in a rare variety of its format (“Strict”). Save it as an "
                "ordinary .%s.",
                ending,
            )
        return self._get_relation_problem(package) or self._get_live_problem(package)

    @api.model
    def _get_program_message(self):
        return self.env._(
            "The form contains a macro, a control or an embedded file. It would go out under your "
            "name: remove it and save the form as .xlsx or .docx."
        )

    @api.model
    def _get_outside_message(self, what):
        return self.env._(
            "The form takes something from outside the file (%s). Remove the link and save the "
            "form again.",
            what[:80],
        )

    @staticmethod
    def _is_program(package, name):
        """:return: whether a part runs, or is a file of any kind"""
        lower = f"/{name}".lower()
        if HARMLESS_PARTS.search(lower):
            return False
        content_type = package.get_type(name)
        return bool(PROGRAM_PARTS.search(lower)) or any(x in content_type for x in PROGRAM_TYPES)

    @api.model
    def _get_relation_problem(self, package):
        """:return: translated reason: a relation to a program or to something outside; or None"""
        for name in ["", *package.names]:
            if OUTSIDE_PARTS.search(f"/{name}".lower()):
                return self._get_outside_message(name)
            for relation in package.get_relations(name):
                if relation.kind in PROGRAM_RELATIONS:
                    outside = relation.is_external or "ext" in relation.kind
                    return (
                        self._get_outside_message(relation.target or relation.kind)
                        if outside
                        else self._get_program_message()
                    )
                if relation.is_external and not (
                    relation.kind == "hyperlink" and relation.target.lower().startswith(LINKS)
                ):
                    return self._get_outside_message(relation.target)
        return None

    @api.model
    def _get_live_problem(self, package):
        """:return: translated reason: a field or formula that fetches or starts; or None"""
        for name in package.find_by_type("+xml"):
            root = package.get_tree(name)
            formulas = [e.text or "" for e in root.iter(f"{SHEET}f", f"{SHEET}definedName")]
            live = (f for f in formulas if LIVE_FORMULAS.search(QUOTED.sub("", f)))
            found = next(live, None)
            found = found or next(filter(LIVE_FIELDS.search, self._iter_field_codes(root)), None)
            if found:
                return self._get_outside_message(found.strip())
        return None

    @staticmethod
    def _iter_field_codes(root):
        """:yield: the codes of a Word document's fields; Word puts a long one into several runs"""
        for element in root.iter(f"{WORD}fldSimple"):
            yield element.get(f"{WORD}instr") or ""
        for paragraph in root.iter(f"{WORD}p"):
            code = ""
            for element in paragraph.iter(f"{WORD}instrText", f"{WORD}fldChar"):
                if element.tag == f"{WORD}instrText":
                    code += element.text or ""
                elif element.get(f"{WORD}fldCharType") == "begin" and code.strip():
                    yield code
                    code = ""
            yield code
