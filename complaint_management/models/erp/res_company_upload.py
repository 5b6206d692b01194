from odoo import fields, models


class ResCompany(models.Model):
    """How many files a customer sends at once, and how large (T9)."""

    _inherit = "res.company"

    complaint_upload_files = fields.Integer("Files at once", default=10, required=True)
    complaint_upload_file_mb = fields.Integer("Largest file (MB)", default=10, required=True)
    complaint_upload_total_mb = fields.Integer("All files together (MB)", default=40, required=True)
    complaint_evidence_max = fields.Integer(
        "Evidence in one complaint",
        default=200,
        required=True,
        help="Photos, documents and samples of one complaint, whoever filed them.",
    )

    # The body of a request is at most 128 MB in Odoo, unless somebody says otherwise.
    _complaint_upload_range = models.Constraint(
        "CHECK(complaint_upload_files BETWEEN 1 AND 100"
        " AND complaint_upload_file_mb BETWEEN 1 AND complaint_upload_total_mb"
        " AND complaint_upload_total_mb <= 120)",
        "From 1 to 100 files at once, no more than 120 MB together, and no single one larger.",
    )
    _complaint_evidence_max = models.Constraint(
        "CHECK(complaint_evidence_max BETWEEN 1 AND 10000)",
        "A complaint holds from 1 to 10000 pieces of evidence.",
    )


class ResConfigSettings(models.TransientModel):
    """The same among the settings."""

    _inherit = "res.config.settings"

    complaint_upload_files = fields.Integer(
        related="company_id.complaint_upload_files", readonly=False
    )
    complaint_upload_file_mb = fields.Integer(
        related="company_id.complaint_upload_file_mb", readonly=False
    )
    complaint_upload_total_mb = fields.Integer(
        related="company_id.complaint_upload_total_mb", readonly=False
    )
    complaint_evidence_max = fields.Integer(
        related="company_id.complaint_evidence_max", readonly=False
    )
