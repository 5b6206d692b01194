from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS, OVER_STATES
from ..complaint.complaint_state_guard import TRUSTED


class ComplaintDemandDocument(models.Model):
    """The documents a request produced, and the request that follows them (R37, T17).

    The link is kept by the document (``complaint.remedy.document.mixin``): what is deleted or
    cancelled makes room for another.
    """

    _inherit = "complaint.demand"

    # Closed to who may not read such documents: what he may know is the summary
    picking_ids = fields.One2many(
        "stock.picking", "complaint_demand_id", "Transfers", groups="stock.group_stock_user"
    )
    refund_ids = fields.One2many(
        "account.move",
        "complaint_demand_id",
        "Credit notes",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    order_ids = fields.One2many(
        "sale.order", "complaint_demand_id", "Orders", groups="sales_team.group_sale_salesman"
    )
    document_summary = fields.Text(
        "Documents",
        compute="_compute_document_summary",
        compute_sudo=True,
        groups=INSIDE_GROUPS,
        help="What was made to meet the request, and how far it is.",
    )

    @api.depends("picking_ids.state", "refund_ids.state", "order_ids.state")
    def _compute_document_summary(self):
        for demand in self:
            demand.document_summary = "\n".join(
                document._get_remedy_label()
                for documents in demand._get_documents()
                for document in documents
            )

    is_met_by_documents = fields.Boolean(
        readonly=True,
        copy=False,
        help="Its documents called it done: when one is cancelled it is to be carried out again. "
        "What somebody called done stays so.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"is_met_by_documents"}

    def _set_state(self, state, needs_answer=False):
        """See super; what is decided by hand no document takes back."""
        result = super()._set_state(state, needs_answer)
        if not self._is_trusted():
            # sudo: a note of the verb that was just allowed
            self.sudo().filtered("is_met_by_documents")._write_trusted(
                {"is_met_by_documents": False}
            )
        return result

    def _get_documents(self):
        """:return: list of recordsets, one for each kind of document; siblings add theirs"""
        self.ensure_one()
        demand = self.sudo()  # sudo: whether there are documents; nothing of them is shown
        return [demand.picking_ids, demand.refund_ids, demand.order_ids]

    def _get_living_documents(self):
        """:return: list of documents that are not cancelled, of any model, as superuser"""
        return [
            document
            for documents in self._get_documents()
            for document in documents
            if document._get_remedy_state() != "cancelled"
        ]

    def _is_fulfilled(self):
        """:return: whether all there is to do was done by documents"""
        self.ensure_one()
        documents = self._get_living_documents()
        return (
            bool(documents)
            and all(document._get_remedy_state() == "done" for document in documents)
            and not any(line._get_remaining_quantity() for line in self._get_lines_to_meet())
        )

    def _follow_documents(self):
        """Take the state its documents say: done, or to be carried out again (R37).

        Called by documents whenever they end, are cancelled, or vanish.
        """
        # sudo: who receives goods or posts a credit note need not see the request
        for demand in self.sudo().exists():
            fulfilled = demand._is_fulfilled()
            if fulfilled and demand.state == "accepted":
                demand._follow_to("done")
            elif not fulfilled and demand.state == "done" and demand.is_met_by_documents:
                demand._follow_to("accepted")

    def _follow_to(self, state):
        """Move to ``state``; where the case is over already the lead is told what was lost."""
        self.ensure_one()
        complaint = self.complaint_id
        if complaint.state in OVER_STATES:
            if state == "accepted":
                complaint._tell_about_lost_document(self)
            return
        # Neither limits nor rights are asked: the documents are a fact
        self.with_context(complaint_transition=TRUSTED)._set_state(state)
        self._write_trusted({"is_met_by_documents": state == "done"})
        complaint._message_log(
            body=self.env._("The request “%s” is met by its documents.", self.display_name)
            if state == "done"
            else self.env._(
                "A document of the request “%s” was cancelled: it is to be carried out again.",
                self.display_name,
            )
        )

    def _get_frozen_stages(self):
        """Documents were made of its amount and way."""
        stages = super()._get_frozen_stages()
        return stages | ({"executed"} if self._get_living_documents() else set())

    def _check_move(self, state, needs_answer=False):
        """See super. What was made for the customer is cancelled before the answer is taken back.

        :raise UserError: naming the documents
        """
        super()._check_move(state, needs_answer)
        if state in ("offered", "accepted", "done") or self._is_trusted():
            return
        for demand in self:
            if documents := demand._get_living_documents():
                raise UserError(
                    self.env._(
                        "“%(request)s” was carried out: cancel %(documents)s first.",
                        request=demand.display_name,
                        documents=", ".join(document.display_name for document in documents),
                    )
                )

    def _get_promise_obstacle(self, state):
        """A request is not called done while its documents are under way."""
        if obstacle := super()._get_promise_obstacle(state):
            return obstacle
        if state != "done":
            return ""
        waiting = [d for d in self._get_living_documents() if d._get_remedy_state() == "open"]
        if not waiting:
            return ""
        return self.env._(
            "“%(request)s” is done by itself when this is: %(documents)s",
            request=self.display_name,
            documents=", ".join(document._get_remedy_label() for document in waiting),
        )
