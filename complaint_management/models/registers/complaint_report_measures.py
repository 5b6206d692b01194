from datetime import timedelta

from odoo import Command, api, fields, models

from ..documents.complaint_report_print import MEASURE_TABLES
from ..handling.complaint_action import MEASURE_KINDS

# The record's own moment has no fractions of a second, that of a verb has.
SAME_MOMENT = timedelta(seconds=1)


class ComplaintReportMeasures(models.Model):
    """Which measures a document tells the customer about (R55).

    An approved document is frozen: what it prints is noted when it is made. A measure that comes
    later is not in it, whenever it is sent. For documents that were imported or made before this
    was noted, their dates tell it as nearly as they can.
    """

    _inherit = "complaint.report"

    measure_ids = fields.Many2many(
        "complaint.action",
        "complaint_report_measure_rel",
        "report_id",
        "action_id",
        "Measures in it",
        compute="_compute_measure_ids",
        store=True,
        copy=False,
        help="Corrective and preventive actions this document tells the customer about; noted when "
        "it is approved.",
    )

    # On what never changes: written once when the document is made (``_freeze``), guessed only for
    # what comes with a past.
    @api.depends("kind")
    def _compute_measure_ids(self):
        for report in self:
            report.measure_ids = report._guess_told_measures()

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"measure_ids"}

    def _freeze(self):
        """Note what the document says, with the document."""
        result = super()._freeze()
        # sudo: the approver may read the case without the right to edit it
        report = self.sudo()
        report._write_trusted({"measure_ids": [Command.set(report._get_told_measures().ids)]})
        return result

    def _guess_told_measures(self):
        """:return: measures a document with a past tells: those that were there, by their dates;
        one that came without its texts is taken to tell them all
        """
        self.ensure_one()
        moment = self.date_approved or self.date_sent
        if self.state == "draft" or not moment:
            return self.env["complaint.action"]
        limit = moment + SAME_MOMENT
        told = self._get_told_measures() if self.section_ids else self._get_measures()
        return told.filtered(
            lambda a: (a.create_date and a.create_date <= limit) or (a.date_done or limit) < limit
        )

    def _get_measures(self):
        """:return: measures of the case that could be told"""
        return self.complaint_id._get_approval_measures()

    def _get_told_measures(self):
        """:return: the ``complaint.action`` this document says, as things are now"""
        self.ensure_one()
        measures = self._get_measures()
        if not measures:
            return measures
        texts = "\n".join(filter(None, self.section_ids.mapped("body")))
        tables = getattr(self, f"_get_measure_tables_{self.kind}", self._get_measure_tables)()
        return measures.filtered(
            lambda a: self._get_measure_table(a) in tables or a.name.strip() in texts
        )

    def _get_measure_table(self, action):
        """:return: which list of an 8D report or form a measure is on: ``readacross``, else its
        kind
        """
        if self.kind == "8d" and self.complaint_id._is_print_readacross(action):
            return "readacross"
        return action.kind

    def _get_measure_tables(self):
        """:return: set of the lists of measures that follow the document's sections"""
        return {
            kind
            for section in self.section_ids
            for kind in MEASURE_TABLES.get(section.code, ())
            if self.kind in ("preventive", "feedback")
        }

    def _get_measure_tables_8d(self):
        """:return: as of :meth:`_get_measure_tables`, of this stage of an 8D report"""
        codes = set(self.section_ids.mapped("code")) & self._get_stage_codes()
        tables = set(MEASURE_KINDS) if codes & {"d5", "d6"} else set()
        return tables | ({"readacross"} if "d7" in codes else set())

    def _get_measure_tables_form(self):
        """:return: as of :meth:`_get_measure_tables`, of what the customer's own form asks for"""
        # sudo: the form of a document the user may read, whoever may read configuration
        keys = self.sudo().profile_id._get_form_keys() if self.profile_id else ()
        lists = {key.partition(".")[0] for key in keys if "." in key}
        return {kind for name in lists for kind in MEASURE_TABLES.get(name, ())}
