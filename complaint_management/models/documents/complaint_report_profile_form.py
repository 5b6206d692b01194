import base64
import binascii

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .office.book import SheetForm
from .office.word import WordForm

# What a damaged part inside a sound file provokes when it is read.
PART_ERRORS = (
    etree.Error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    StopIteration,
)


class ComplaintReportProfileForm(models.Model):
    """A customer's own form, XLSX or DOCX, and what is filled in where (R72).

    Places are found by lines of ``complaint.report.form.field`` and by ``{{placeholders}}`` that
    stand in the form. The template is checked when it is uploaded and again each time it is filled
    (``complaint.office.check``); it is filled part by part, so that all else in it stays as the
    customer made it.
    """

    _inherit = "complaint.report.profile"

    form_file = fields.Binary(
        "Customer's form",
        attachment=True,
        help="XLSX or DOCX without macros. Type {{complaint_number}} where something belongs, or "
        "name the place below.",
    )
    form_name = fields.Char("File name of the form")
    form_field_ids = fields.One2many(
        "complaint.report.form.field", "profile_id", "Places in the form", copy=True
    )
    form_placeholders = fields.Text("Placeholders", compute="_compute_form_placeholders")
    sends_office = fields.Boolean(
        "Send the Workbook, Too",
        help="The 8D report goes out as PDF and as XLSX, for customers who go on working in it.",
    )

    @api.depends_context("lang")
    def _compute_form_placeholders(self):
        sources = self.env["complaint.report"]._get_form_sources()
        lines = [f"{{{{{key}}}}}  {label}" for key, label in sources.items()]
        self.form_placeholders = "\n".join(lines)

    @api.constrains("form_file", "form_name", "kind")
    def _check_form(self):
        """Try the form with values of our own: what cannot be filled is refused when it is set up.

        :raise ValidationError: saying what is wrong with the file, a place or a placeholder
        """
        for profile in self.filtered("form_file"):
            form = profile._open_form()
            try:
                profile._check_form_places(form)
                keys = self.env["complaint.report"]._get_form_sources()
                profile._fill_form(dict.fromkeys(keys, "x"), {})
            except PART_ERRORS as error:
                message = self.env["complaint.office.check"]._get_broken_message()
                raise ValidationError(message) from error

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------
    def _get_form_ending(self):
        """:return: ending of the form's file name in small letters, without the dot"""
        self.ensure_one()
        return (self.form_name or "").rpartition(".")[2].strip().lower()

    def _open_form(self):
        """:return: :class:`SheetForm` or :class:`WordForm` of a fresh copy of the template
        :raise UserError: without a form, or with one that is not taken
        """
        self.ensure_one()
        content = self.with_context(bin_size=False).form_file
        if not content:
            raise UserError(
                self.env._(
                    "%s has no form yet: upload the customer's XLSX or DOCX there.",
                    self.display_name or self.env._("The report profile"),
                )
            )
        ending = self._get_form_ending()
        try:
            content = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        package = self.env["complaint.office.check"]._open(content, ending)
        return SheetForm(package) if ending == "xlsx" else WordForm(package)

    # ------------------------------------------------------------
    # Places
    # ------------------------------------------------------------
    def _check_form_places(self, form):
        """:raise ValidationError: naming all places and placeholders the form does not have"""
        self.ensure_one()
        text = form.get_text()
        problems = [
            problem for line in self.form_field_ids for problem in line._get_problems(form, text)
        ]
        taken = set()
        for line in self.form_field_ids:
            cells = line._get_cells(form)
            if taken.intersection(cells):
                problems.append(self.env._("%s is filled by another line, too", line.target))
            taken.update(cells)
        rest = self._get_form_tokens().remove(text)
        wrong = self.env["complaint.report"]._find_wrong_placeholders(rest, ())
        if wrong:
            problems.append(
                self.env._("in the form, not a placeholder: %s", ", ".join(dict.fromkeys(wrong)))
            )
        if problems:
            head = self.env._("“%s” cannot be filled like this:", self.form_name)
            raise ValidationError("\n".join([head, *(f"• {problem}" for problem in problems)]))

    def _get_form_tokens(self):
        """:return: :class:`FormTokens` of this form: placeholders, and texts to be replaced"""
        self.ensure_one()
        literals = {
            line.target.strip(): line.source
            for line in self.form_field_ids
            if line._get_place() is None
        }
        return self.env["complaint.report"]._make_form_tokens(literals)

    def _get_form_keys(self):
        """:return: list of the keys that are filled in, each once: lines first, then as they stand
        in the form
        """
        self.ensure_one()
        keys = [line.source for line in self.form_field_ids]
        keys += self._get_form_tokens().iter_keys(self._open_form().get_text())
        return list(dict.fromkeys(keys))

    # ------------------------------------------------------------
    # Filling
    # ------------------------------------------------------------
    def _fill_form(self, values, tables):
        """Fill a copy of the form.

        :param dict values: key → string, see ``complaint.report._get_form_values``
        :param dict tables: list → rows
        :return: bytes
        """
        self.ensure_one()
        form = self._open_form()
        tokens = self._get_form_tokens()
        if isinstance(form, WordForm):
            form.fill(tokens, values, tables)
            return form.save()
        # Placeholders first: what is written into cells is not looked at again
        form.fill_texts(tokens, values)
        for line in self.form_field_ids:
            if line._get_place():
                line._fill_cells(form, values, tables)
        return form.save()
