from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .complaint_recharge import PRICE_GROUPS


class ComplaintRechargeDocuments(models.Model):
    """What was made of a claim, and that it is made once (R20)."""

    _inherit = "complaint.recharge"

    picking_ids = fields.One2many(
        "stock.picking", "complaint_recharge_id", "Returns to the vendor", groups=PRICE_GROUPS
    )
    refund_ids = fields.One2many(
        "account.move", "complaint_recharge_id", "Vendor refunds", groups=PRICE_GROUPS
    )
    picking_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)
    refund_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)
    can_return = fields.Boolean(compute="_compute_can_execute")
    can_refund = fields.Boolean(compute="_compute_can_execute")

    @api.depends("picking_ids", "refund_ids")
    def _compute_document_counts(self):
        for recharge in self:
            recharge.picking_count = len(recharge.picking_ids)
            recharge.refund_count = len(recharge.refund_ids)

    @api.depends_context("uid")
    @api.depends("state", "kind", "picking_ids.state", "refund_ids.state", "line_ids.quantity")
    def _compute_can_execute(self):
        writable = self._origin._filtered_access("write")
        for recharge in self:
            # sudo: documents of other apps decide; only whether something is left to make is told
            inside, allowed = recharge._origin.sudo(), recharge._origin in writable
            recharge.can_return = allowed and not inside._get_return_obstacle()
            recharge.can_refund = allowed and not inside._get_refund_obstacle()

    def _get_documents(self):
        """:return: list of the documents made of these claims, each a recordset of its model"""
        return [*self.picking_ids, *self.refund_ids]

    def _get_living_documents(self):
        """:return: list of those that count, see ``_is_living`` of the documents"""
        return [document for document in self._get_documents() if document._is_living()]

    def _lock(self):
        """Let nobody make documents of the claim, or of its purchases, at the same time (T17).

        Written, not only locked: a mere lock would let the second one go on without seeing what
        the first made. A row that was written makes the database repeat his request.
        """
        self.ensure_one()
        self.env.flush_all()
        for records in (self.line_ids.purchase_line_id, self):
            if records:
                table = SQL.identifier(records._table)
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET write_date = write_date WHERE id IN ("
                        "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR UPDATE)",
                        table,
                        table,
                        tuple(records.ids),
                    )
                )
        self.env.invalidate_all()

    def _execute(self, method, obstacle):
        """Make what is missing; one way in for every kind of document.

        :param str method: name of the method that makes it, on one claim with sudo
        :param str obstacle: name of the method that says what stands in the way
        :return: recordset of the documents that were made, with sudo
        :raise AccessError: for those who may only read the claim
        :raise UserError: saying what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: buyers and quality may claim without rights on stock or accounting; the claim they
        # may write, and what the vendor agreed to, is their authority
        context = {k: v for k, v in self.env.context.items() if not k.startswith("default_")}
        recharge = self.with_env(self.env(context=context)).sudo()
        recharge._lock()
        problem = getattr(recharge, obstacle)()
        if problem:
            raise UserError(problem)
        documents = getattr(recharge, method)()
        for document in documents:
            recharge._message_log(body=self.env._("%s was made.", document.display_name))
        return documents

    def _open_documents(self, documents, name):
        """Show documents of another app.

        :param documents: one recordset with the user's own rights
        :param str name: title
        :return: action that opens them; to who may not open them a message that names them
        """
        if not documents or not self.env["complaint.demand"]._may_open(documents):
            return self._tell_documents(documents, name)
        action = {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": documents._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": documents.id if len(documents) == 1 else False,
        }
        if len(documents) != 1:
            action.update(
                view_mode="list,form",
                views=[(False, "list"), (False, "form")],
                domain=[("id", "in", documents.ids)],
            )
        return action

    def _tell_documents(self, documents, name):
        """:return: action that names documents to who works on the claim and may not open them"""
        # sudo: their names only
        names = ", ".join(documents.sudo().mapped("display_name"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": name,
                "message": names or self.env._("Nothing was made."),
                "type": "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
