import base64
import re
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

MEGABYTE = 1024 * 1024
MAX_NAME = 120
# What nobody hands in, customer or colleague: what a browser or a machine would run.
REFUSED_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "application/x-dosexec",
    "application/x-msdownload",
    "application/vnd.microsoft.portable-executable",
    "application/x-executable",
    "application/x-pie-executable",
    "application/x-sharedlib",
    "application/x-mach-binary",
    "application/javascript",
    "application/java-archive",
    "text/javascript",
    "text/x-shellscript",
    "text/x-msdos-batch",
    "text/x-php",
)
REFUSED_ENDINGS = (
    ".html", ".htm", ".xhtml", ".svg", ".js", ".exe", ".bat", ".cmd", ".com", ".scr", ".ps1", ".sh",
)  # fmt: skip
# What a customer hands in: ending → what the content has to be.
FAMILIES = {
    "picture": ("jpg", "jpeg", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif",
                "avif"),
    "pdf": ("pdf",),
    "office": ("doc", "xls", "ppt", "docx", "xlsx", "pptx", "odt", "ods", "odp"),
    "text": ("txt", "csv"),
    "video": ("mp4", "m4v", "mov", "3gp", "webm"),
}  # fmt: skip
FAMILY_BY_ENDING = {ending: family for family, ends in FAMILIES.items() for ending in ends}
OFFICE_TYPES = (
    "application/msword",
    "application/vnd.ms-",
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/CDFV2",
    "application/encrypted",
    "application/x-ole-storage",
)
# Brands in the box phones' pictures begin with; not every guesser knows them.
PICTURE_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
# The ending of a name; “Mr. Doe” has none.
ENDING = re.compile(r"\.(\w{1,5})$")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Limits(NamedTuple):
    """What one sending may contain; sizes in bytes."""

    files: int
    file_bytes: int
    total_bytes: int


class ComplaintUpload(models.AbstractModel):
    """The one place that says which files are taken from outside (R5, R8, T9).

    Portal, QR form and e-mail hand their files in here before anything is stored: a refusal
    leaves nothing behind. How many and how large is the company's setting; which types is
    ``FAMILIES``. What colleagues file as evidence passes ``_is_refused_type`` only.
    """

    _name = "complaint.upload"
    _description = "Limits of Uploads"

    @api.model
    def _get_limits(self, company=None):
        """:param company: ``res.company``, default the current one
        :return: ``Limits``
        """
        # sudo: three numbers of the settings, which are told to whoever exceeds them
        company = (company or self.env.company).sudo()
        return Limits(
            company.complaint_upload_files,
            company.complaint_upload_file_mb * MEGABYTE,
            company.complaint_upload_total_mb * MEGABYTE,
        )

    @api.model
    def _get_hint(self, company=None):
        """:return: translated sentence for a form: what may be sent"""
        limits = self._get_limits(company)
        return self.env._(
            "Pictures, PDF, office documents and short videos; up to %(files)s files, %(size)s MB "
            "each, %(total)s MB in all.",
            files=limits.files,
            size=limits.file_bytes // MEGABYTE,
            total=limits.total_bytes // MEGABYTE,
        )

    @api.model
    def _get_body_limit(self):
        """:return: bytes a request may have at most: what any company takes, and some for words"""
        # sudo: numbers of the settings; whose complaint it becomes is known after it was read
        companies = self.env["res.company"].sudo().search_fetch([], ["complaint_upload_total_mb"])
        return (max(companies.mapped("complaint_upload_total_mb")) + 2) * MEGABYTE

    # ------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------
    @api.model
    def _read_uploads(self, storages, company=None):
        """Read the files of a form, as many and as much as may be.

        :param storages: ``werkzeug`` ``FileStorage`` objects; fields left empty are passed over
        :return: list of ``(clean name, bytes)``
        :raise UserError: naming all that is too many, too large or of no accepted type
        """
        limits = self._get_limits(company)
        storages = [storage for storage in storages if storage and storage.filename]
        self._check_number(len(storages), limits)
        total = 0
        for storage in storages:
            # Measured before it is read: nothing large gets into memory
            size = storage.stream.seek(0, 2)
            storage.stream.seek(0)
            self._check_size(self._clean_name(storage.filename), size, limits)
            total += size
        self._check_total(total, limits)
        return self._check_uploads([(s.filename, s.read()) for s in storages], company)

    @api.model
    def _check_uploads(self, files, company=None):
        """Refuse a sending in which something is not accepted; all problems are told at once.

        :param files: list of ``(name, bytes)``
        :return: list of ``(clean name, bytes)``
        :raise UserError: naming what is wrong, and what may be sent
        """
        accepted, problems = self._sort_uploads(files, company)
        if problems:
            raise UserError("\n".join([*problems, self._get_hint(company)]))
        return accepted

    @api.model
    def _sort_uploads(self, files, company=None):
        """Part what is accepted from what is not: for senders who cannot be asked again (mails).

        :param files: list of ``(name, bytes)``
        :return: tuple (list of accepted ``(clean name, bytes)``, list of translated sentences, one
            for each file left out)
        """
        limits = self._get_limits(company)
        accepted, problems, total = [], [], 0
        for name, content in files:
            clean = self._clean_name(name)
            problem = self._get_problem(clean, content, limits)
            if not problem and len(accepted) >= limits.files:
                problem = self._get_number_problem(limits)
            elif not problem and total + len(content) > limits.total_bytes:
                problem = self._get_total_problem(limits)
            if problem:
                problems.append(self._name_problem(clean, problem))
            else:
                accepted.append((clean, content))
                total += len(content)
        return accepted, problems

    @api.model
    def _get_problem(self, name, content, limits):
        """:return: translated reason why one file is not accepted, or None"""
        if not content:
            return self.env._("the file is empty.")
        if len(content) > limits.file_bytes:
            return self._get_size_problem(limits.file_bytes)
        return self._get_type_problem(name, content)

    @api.model
    def _get_type_problem(self, name, content):
        """:return: translated reason why a file of this name and content is not accepted, or None

        The content decides; the name has to agree, since it decides what a reader opens it with.
        """
        family = self._get_family(content)
        ending = ENDING.search(name)
        if not ending:
            # A name that says nothing: from a phone, from a mail. A text could be any script.
            return None if family and family != "text" else self._get_kind_problem()
        named = FAMILY_BY_ENDING.get(ending[1].lower())
        if named == "text":
            readable = b"\0" not in content and not self._is_refused_type(name, content)
            return None if readable else self._get_kind_problem()
        if not named or not family:
            return self._get_kind_problem()
        if family != named:
            return self.env._("the content is not what the name “.%s” says.", ending[1])
        return None

    @api.model
    def _get_family(self, content):
        """:return: key of ``FAMILIES`` the content belongs to, or None"""
        mimetype = guess_mimetype(content)
        if mimetype in REFUSED_TYPES:
            return None
        if content[4:8] == b"ftyp":
            return "picture" if content[8:12] in PICTURE_BRANDS else "video"
        if mimetype.startswith("image/"):
            return "picture"
        if mimetype == "application/pdf":
            return "pdf"
        if mimetype.startswith(OFFICE_TYPES):
            return None if self._has_macros(content) else "office"
        if mimetype.startswith("video/"):
            return "video"
        return "text" if mimetype == "text/plain" else None

    @api.model
    def _has_macros(self, content):
        """:return: whether an office document brings a program along (zipped ones; by its name)"""
        return content[:2] == b"PK" and b"vbaProject.bin" in content

    @api.model
    def _is_refused_type(self, name, content):
        """:return: whether nobody hands in such a file, not even a colleague: it would run"""
        return (name or "").lower().strip().endswith(REFUSED_ENDINGS) or (
            guess_mimetype(content) in REFUSED_TYPES
        )

    @api.model
    def _is_picture(self, content):
        """:return: whether it is a picture; phones' HEIC is one too, though it is not printed"""
        return self._get_family(content) == "picture"

    @api.model
    def _clean_name(self, name):
        """:return: the name without folders and unseen characters, short enough to be shown"""
        name = UNSEEN.sub("", (name or "").replace("\\", "/")).rpartition("/")[2].strip(" .")
        stem, dot, ending = name.rpartition(".")
        if dot and len(ending) <= 10:
            return f"{stem[: MAX_NAME - len(ending)]}.{ending}" if stem else ending
        return name[:MAX_NAME] or self.env._("File")

    # ------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------
    @api.model
    def _check_number(self, number, limits):
        if number > limits.files:
            raise UserError(self._get_number_problem(limits))

    @api.model
    def _check_size(self, name, size, limits):
        if size > limits.file_bytes:
            raise UserError(self._name_problem(name, self._get_size_problem(limits.file_bytes)))

    @api.model
    def _check_total(self, total, limits):
        if total > limits.total_bytes:
            raise UserError(self._get_total_problem(limits))

    @api.model
    def _get_number_problem(self, limits):
        return self.env._(
            "no more than %s files can be sent at once. Send the most telling ones.", limits.files
        )

    @api.model
    def _get_kind_problem(self):
        return self.env._("files of this type are not accepted.")

    @api.model
    def _get_size_problem(self, file_bytes):
        return self.env._("larger than %s MB.", file_bytes // MEGABYTE)

    @api.model
    def _get_total_problem(self, limits):
        return self.env._(
            "all files together are larger than %s MB. Send fewer or smaller ones.",
            limits.total_bytes // MEGABYTE,
        )

    @api.model
    def _name_problem(self, name, problem):
        return self.env._("%(file)s: %(problem)s", file=name, problem=problem)

    # ------------------------------------------------------------
    # Storing
    # ------------------------------------------------------------
    @api.model
    def _prepare_evidence_vals(self, files, **vals):
        """Values of evidence for accepted files; called by the doors, customer's and mail's.

        :param files: list of ``(name, bytes)`` that passed one of the checks above
        :param vals: further values for each, e.g. ``customer_visible``
        :return: list of create values without ``complaint_id``
        """
        return [
            {
                "kind": "photo" if self._is_picture(content) else "document",
                "name": name,
                "file": base64.b64encode(content),
                "file_name": name,
                **vals,
            }
            for name, content in files
        ]
