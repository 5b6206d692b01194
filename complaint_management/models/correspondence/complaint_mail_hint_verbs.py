from odoo import models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import UNREGISTERED_STATES


class ComplaintMailHintVerbs(models.Model):
    """Taking over what a draft's words mention, with one press (R5, R61)."""

    _inherit = "complaint.complaint"

    def action_take_hint_order(self):
        """Fill the draft from the order its words mention; what is typed already stays.

        :raise UserError: where nothing is mentioned any more, or nobody can complain about it
        :raise AccessError: for those who may not write the draft or not read the order
        """
        return self._take_source("hint_order_id", "sale_order_id")

    def action_take_hint_picking(self):
        """Fill the draft from the delivery its words mention, as from an order."""
        return self._take_source("hint_picking_id", "picking_id")

    def action_take_hint_partner(self):
        """Take the customer with addresses of the sender's domain. The sender stays unverified.

        :raise UserError: where there is none any more
        :raise AccessError: for those who may not write the draft
        """
        hint = self._get_hint("hint_partner_id")
        self.partner_id = hint

    def action_take_hint_lot(self):
        """Note the lot its words mention in the goods: in the only line of its product, else in one
        more.

        :raise UserError: where nothing is mentioned any more
        :raise AccessError: for those who may not write the draft
        """
        lot = self._get_hint("hint_lot_id")
        lines = self.line_ids.filtered(lambda line: line.product_id == lot.product_id)
        free = lines.filtered(lambda line: not line.lot_name and not line.lot_ids)
        if len(lines) == 1 and free:
            free.write({"lot_ids": [(4, lot.id)]})
        else:
            self.env["complaint.line"].create(
                {"complaint_id": self.id, "product_id": lot.product_id.id, "lot_ids": [(4, lot.id)]}
            )

    def action_join_hint_complaint(self):
        """The mail belongs to the complaint it mentions: it goes there, the draft is cancelled.

        :return: action that shows that complaint
        :raise UserError: where nothing is mentioned any more
        :raise AccessError: for those who may not write both
        """
        other = self._get_hint("hint_complaint_id")
        other.check_access("write")
        self.write({"duplicate_of_id": other.id})
        # sudo: the user may write both; files go where their messages go
        messages = self.sudo().message_ids
        self.message_change_thread(other)
        files = messages.attachment_ids.filtered(lambda a: not a.res_field)
        files.write({"res_model": other._name, "res_id": other.id})
        for message in messages.filtered(lambda m: m.message_type == "email"):
            other._take_mail_files(message)
        self.action_cancel(reason=self.env._("Belongs to %s", other.name))
        return other._get_form_action()

    def _get_hint(self, name):
        """:return: the record proposed in ``name``, after all checks
        :raise UserError: where there is none
        """
        self.ensure_one()
        self.check_access("write")
        hint = self[name]
        if not hint or self.state not in UNREGISTERED_STATES:
            raise UserError(
                self.env._("Nothing is proposed any more: reload the page and choose it yourself.")
            )
        return hint

    def _take_source(self, hint, name):
        source = self._get_hint(hint)
        # Refuses what nobody can complain about before anything is written
        self._prepare_from_sources(source)
        self[name] = source
        self.action_fill_from_source()
