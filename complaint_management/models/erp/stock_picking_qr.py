from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import hash_sign, verify_hash_signed

SCOPE = "complaint_management.delivery_qr"


class StockPicking(models.Model):
    """The QR code on the delivery slip: it opens a form to complain, and nothing else (R5, T1).

    The code carries the signed number of the delivery and an end. Nothing is stored: a new secret
    of the database makes all of them worthless, the company's switch closes its own.
    """

    _inherit = "stock.picking"

    def _get_complaint_qr_url(self):
        """What the code on the slip says; called by the slip's template.

        :return: str, absolute URL; empty for what is no delivery to a customer, is over its days,
            or where the company prints no codes
        """
        self.ensure_one()
        # sudo: two settings; whoever prints the slip need not read them
        company = self.company_id.sudo()
        if not company.complaint_qr or self.picking_type_code not in ("outgoing", "dropship"):
            return ""
        if self.state == "cancel" or not self.env["complaint.line"]._is_customer_side(
            self.location_dest_id
        ):
            return ""
        # A slip printed before the goods leave counts from its printing
        start = self.date_done or fields.Datetime.now()
        end = start + timedelta(days=company.complaint_qr_days)
        if end <= fields.Datetime.now():
            return ""
        # sudo: the secret of the database signs
        token = hash_sign(self.sudo().env, SCOPE, self.id, expiration=end)
        return f"{self.get_base_url()}/complaint/qr/{token}"

    @api.model
    def _find_by_complaint_qr(self, token):
        """Look up what a code was printed for.

        :param str token: from the URL, not trusted
        :return: ``stock.picking`` with sudo; empty for a forged, broken or expired code, and where
            the company takes none
        """
        # sudo: the signature is what opens it; the caller shows what stands on the slip only
        pickings = self.sudo()
        try:
            number = verify_hash_signed(pickings.env, SCOPE, token)
        except (ValueError, IndexError):
            return pickings.browse()
        if type(number) is not int:
            return pickings.browse()
        picking = pickings.browse(number).exists()
        usable = picking and picking.state != "cancel" and picking.company_id.complaint_qr
        return picking if usable else pickings.browse()
