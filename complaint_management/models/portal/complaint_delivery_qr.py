from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import hmac

from ..complaint.complaint_complaint import UNREGISTERED_STATES

# So many complaints through one code, and from one address of the net, within a day.
TOKEN_CAP = 5
SOURCE_CAP = 20
WINDOW = timedelta(days=1)


class ComplaintDeliveryQr(models.Model):
    """Complaints through the QR code on the delivery slip (R5, T5).

    The code says which delivery it is, hence whose; it does not say who holds the phone. So the
    complaint is marked as not verified, and nothing goes out by itself before a colleague confirmed
    who it is or registered the complaint; then to the customer we know, never to an address
    somebody typed.
    """

    _inherit = "complaint.complaint"

    # Not the address itself, and emptied when the window is over
    intake_source = fields.Char(
        readonly=True, copy=False, index="btree_not_null", groups=NO_ACCESS, prefetch=False
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"intake_source"}

    @api.model
    def _hash_source(self, address):
        """:return: what is kept of an address of the net, to count only"""
        # sudo: the secret of the database
        return hmac(self.sudo().env, "complaint_management.intake_source", address or "")

    @api.model
    def _is_qr_busy(self, picking, source):
        """Whether so much came in that it has to wait until tomorrow.

        :param picking: ``stock.picking`` with sudo
        :param str source: as of :meth:`_hash_source`
        """
        # sudo: how many there are; nothing of them is shown
        complaints = self.sudo().with_context(active_test=False)
        since = fields.Datetime.now() - WINDOW
        recent = [("create_date", ">", since), ("intake_source", "!=", False)]
        by_code = complaints.search_count(
            [("picking_id", "=", picking.id), *recent], limit=TOKEN_CAP
        )
        by_source = complaints.search_count(
            [("create_date", ">", since), ("intake_source", "=", source)], limit=SOURCE_CAP
        )
        return by_code >= TOKEN_CAP or by_source >= SOURCE_CAP

    @api.model
    def _prepare_qr_vals(self, picking):
        """:return: create values of a complaint about ``picking``, its goods under ``line_ids``"""
        if picking.move_ids.filtered(self.env["complaint.line"]._is_delivery):
            return self._prepare_from_picking(picking)
        # Printed before the goods left the books: no quantities yet
        order = picking.sale_id
        partner = order.partner_id or picking.partner_id
        return {
            **self._prepare_customer_vals(partner),
            **self._prepare_order_vals(order),
            "picking_id": picking.id,
            "company_id": picking.company_id.id,
            "line_ids": [],
        }

    @api.model
    def _prepare_qr_door(self, prepared, form):
        """What the code decides about a complaint; called by its controller.

        :param dict prepared: as of :meth:`_prepare_qr_vals`
        :return: dict of create values
        """
        door = {name: value for name, value in prepared.items() if name != "line_ids"}
        return {
            **door,
            "channel_id": self._get_channel("channel_qr"),
            # Who holds the phone is no contact of ours
            "contact_id": False,
            "complainant_name": form["name"] or False,
            "email_from": form["email"] or False,
            "phone": form["phone"] or False,
        }

    def _mark_unverified(self, form, source):
        """Say that nobody vouches for who sent this form.

        :param dict form: with ``name``, ``email`` and ``phone``
        :param str source: as of :meth:`_hash_source`
        """
        self._write_trusted(
            {
                "intake_source": source,
                "sender_state": "unverified",
                "sender_email": form["email"] or False,
                "sender_name": form["name"] or False,
            }
        )
        for complaint in self:
            reached = ", ".join(filter(None, (form["name"], form["email"], form["phone"])))
            complaint.with_user(SUPERUSER_ID)._message_log(
                body=self.env._(
                    "Sent through the QR code on the slip of %(delivery)s by %(person)s. Nobody "
                    "has verified who that is.",
                    delivery=complaint.picking_id.name,
                    person=reached,
                )
            )

    def action_confirm_sender(self):
        """See super; the acknowledgement that waited for it goes out."""
        result = super().action_confirm_sender()
        channel = self._get_channel("channel_qr")
        waiting = self.filtered(
            lambda c: c.channel_id.id == channel and c.state in UNREGISTERED_STATES
        )
        waiting._acknowledge()
        return result

    @api.autovacuum
    def _gc_intake_sources(self):
        """Forget where complaints came from as soon as it need not be counted any more."""
        # Two days: whoever looks into an attack the next morning still finds it
        old = self.sudo().with_context(active_test=False)  # sudo: nobody may read it
        old = old.search(
            [
                ("intake_source", "!=", False),
                ("create_date", "<", fields.Datetime.now() - 2 * WINDOW),
            ],
            limit=1000,
        )
        old._write_trusted({"intake_source": False})
