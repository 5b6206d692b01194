from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..complaint.complaint_state_guard import EVERYTHING

EVIDENCE_KINDS = [
    ("photo", "Photo"),
    ("sample", "Sample"),
    ("certificate", "Certificate"),
    ("document", "Document"),
    ("feedback", "Signed feedback sheet"),
]


class ComplaintEvidence(models.Model):
    """A photo, certificate, signed sheet or sample (R8, R68).

    The file is an attachment of this record, so nobody reads it who may not read the evidence.
    Nothing is shown to the customer unless ``customer_visible`` says so (T2).
    """

    _name = "complaint.evidence"
    _description = "Complaint Evidence"
    _inherit = ["complaint.child.mixin"]
    _order = "complaint_id, sequence, id"
    _IS_SAID = True
    _FROZEN_FIELDS = {
        "registered": frozenset({"name", "kind", "file", "file_name", "missing_reason"}),
        "closed": EVERYTHING,
    }
    _LIVING_FIELDS = frozenset({"customer_visible", "condition"})
    # Photos are printed; who approves has seen which
    _VERSIONED_FIELDS = frozenset({"customer_visible", "condition"})
    _LATE_FIELDS = frozenset({"name", "kind", "file", "file_name"})

    sequence = fields.Integer(default=10)
    name = fields.Char(
        "What it shows",
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Its kind, as long as nobody says more.",
    )
    kind = fields.Selection(
        EVIDENCE_KINDS,
        required=True,
        default="photo",
    )
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    customer_visible = fields.Boolean(help="May be printed and shown to the customer.")
    condition = fields.Selection(
        [("nok", "Not OK"), ("ok", "OK")],
        "Condition shown",
        help="A good piece beside a bad one; printed on the photo in the 8D report.",
    )
    line_id = fields.Many2one(
        "complaint.line",
        "Goods",
        domain="[('complaint_id', '=', complaint_id)]",
        index="btree_not_null",
    )
    missing_reason = fields.Char(
        "Why there is none",
        default=lambda self: self._default_missing_reason(),
        help="Where photo or sample cannot be had: the reason.",
    )
    sample_state = fields.Selection(
        [
            ("requested", "Requested"),
            ("received", "Received"),
            ("inspected", "Inspected"),
            ("returned", "Returned"),
        ],
        "Sample",
    )
    sample_place = fields.Char("Where the sample is")

    @api.model
    def _default_missing_reason(self):
        """:return: the reason behind the press “Photo follows”, in the user's language"""
        # The key comes from a button and only proposes a text.
        follows = self.env.context.get("complaint_photo_follows")
        return self.env._("Photo follows") if follows else False

    @api.depends("kind")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for evidence in self:
            if not evidence.name or evidence.name in labels.values():
                evidence.name = labels.get(evidence.kind)

    @api.constrains("line_id", "complaint_id")
    def _check_line(self):
        """Evidence shows goods of its own case: a report prints it beside them.

        :raise ValidationError: naming the evidence
        """
        for evidence in self:
            if evidence.line_id and evidence.line_id.complaint_id != evidence.complaint_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is to show goods of another complaint: choose goods of its own.",
                        evidence.name,
                    )
                )

    def _is_blank(self, name):
        """Without a file it is a place for one: its kind is open, its name says nothing yet."""
        if name in ("kind", "name") and not self.file and not self.sample_state:
            return True
        if name == "name":
            kinds = self._fields["kind"]._description_selection(self.env)
            return not self.name or self.name in dict(kinds).values()
        return super()._is_blank(name)

    @api.model
    def _is_content(self, field):
        """A sample is still returned after the case was closed."""
        return not field.name.startswith("sample_") and super()._is_content(field)
