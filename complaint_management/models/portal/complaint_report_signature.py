import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from ..documents.complaint_report import SENT_STATES

MAX_SIGNATURE = 1024 * 1024
SIGNATURE_SIZE = (800, 300)
SIGNATURE_TYPES = ("image/png", "image/jpeg")
MAX_NAME = 120


class ComplaintReportSignature(models.Model):
    """The customer signs a document he got on his page (R45, R48); signing acknowledges it.

    What he signs are the stored bytes: their SHA-256 stands beside the signature.
    """

    _inherit = "complaint.report"

    signature = fields.Binary("Customer's signature", attachment=True, readonly=True, copy=False)
    signed_by = fields.Char(readonly=True, copy=False)
    date_signed = fields.Datetime("Signed on", readonly=True, copy=False)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"signature", "signed_by", "date_signed"}

    def _filter_shown_to(self, reader):
        """:param reader: ``res.partner`` of the customer's side
        :return: what was sent to his company, newest first: the dealer's document is none of the
        hotel's (R62)
        """
        firm = reader.commercial_partner_id
        return self.filtered(
            lambda r: r.state in SENT_STATES and r.partner_id.commercial_partner_id == firm
        ).sorted(lambda r: (r.date_sent or r.create_date, r.id), reverse=True)

    def _find_newer(self):
        """:return: dict report → the newest ``complaint.report`` of the same kind that the same
        company got and that stands in its place
        """
        newest = {}
        sent = self.complaint_id.report_ids.filtered(lambda r: r.state in SENT_STATES)
        for report in sent.sorted("version"):
            newest[report._get_sequence_key()] = report
        return {
            report: newest[report._get_sequence_key()]
            for report in self & sent
            if newest[report._get_sequence_key()] != report
        }

    def _get_sequence_key(self):
        """:return: what reports share that follow one another"""
        self.ensure_one()
        return self.complaint_id, self.kind, self.partner_id.commercial_partner_id

    def _is_to_sign(self):
        """:return: whether the customer's signature is still wanted: he neither signed nor
        confirmed it otherwise, and has no newer version
        """
        self.ensure_one()
        return self.state == "sent" and not self.date_signed and self not in self._find_newer()

    def _customer_sign(self, who, name, signature):
        """Keep the customer's signature with the document he read.

        :param who: ``Answerer``
        :param str name: as he wrote it; not trusted
        :param str signature: a picture, Base64; not trusted
        :return: whether anything was done; a second click signs nothing
        :raise UserError: without name or signature, or for a version that was replaced
        """
        self.ensure_one()
        if self.date_signed or self.state == "acknowledged":
            return False
        newer = self._find_newer().get(self)
        if newer:
            raise UserError(
                self.env._(
                    "%(old)s was replaced by %(new)s. Please read and sign that one.",
                    old=self.name,
                    new=newer.name,
                )
            )
        self._get_documents()
        complaint = self.complaint_id
        name = complaint._clean_words(name)[:MAX_NAME]
        if not name:
            raise UserError(self.env._("Please write your name."))
        now = fields.Datetime.now()
        self._write_trusted(
            {
                "signature": self._clean_signature(signature),
                "signed_by": name,
                "date_signed": now,
                "state": "acknowledged",
                "date_acknowledged": now,
            }
        )

        def get_words(env):
            return env._("I signed %(report)s as %(name)s.", report=self.name, name=name)

        complaint._note_customer(who, get_words(self.env))
        complaint._tell_customer_answered(get_words)
        return True

    @api.model
    def _clean_signature(self, signature):
        """:return: the picture as a small PNG, Base64
        :raise UserError: for what is none
        """
        problem = self.env._("The signature could not be read. Please sign again.")
        if not isinstance(signature, str) or not signature or len(signature) > MAX_SIGNATURE:
            raise UserError(problem)
        try:
            content = base64.b64decode(signature, validate=True)
            # Core lets drawings through as they are: scripts may be in them
            if guess_mimetype(content) not in SIGNATURE_TYPES:
                raise UserError(problem)
            small = image_process(
                content, size=SIGNATURE_SIZE, verify_resolution=True, output_format="PNG"
            )
        except (binascii.Error, ValueError, UserError) as error:
            raise UserError(problem) from error
        if not small:
            raise UserError(problem)
        return base64.b64encode(small)

    def _prepare_anonymised_vals(self, redaction):
        """A signature is as personal as the name beside it (T21)."""
        vals = super()._prepare_anonymised_vals(redaction)
        signed_by_person = self.partner_id == redaction.partner or redaction.contains(
            self.signed_by
        )
        if self.signature and signed_by_person:
            vals["signature"] = False
            vals["signed_by"] = redaction.mark
        return vals
