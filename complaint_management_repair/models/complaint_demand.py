from odoo import api, fields, models
from odoo.tools import plaintext2html
from odoo.tools.misc import clean_context


class ComplaintDemand(models.Model):
    """A granted repair is a repair order for each of its goods (R37)."""

    _inherit = "complaint.demand"

    repair_ids = fields.One2many(
        "repair.order", "complaint_demand_id", "Repairs", groups="stock.group_stock_user"
    )

    def _execute_repair(self):
        """Make the repair orders; called by :meth:`action_execute`.

        What cannot be repaired there, services or things without a product, is an action. One
        made before *Repairs* came stands for all.

        :return: list of the ``repair.order`` made, one for each serial number, and of the action
        """
        goods = self._get_repairable_lines()
        action = self._get_living_actions()
        repairs = self._get_repair_model()
        # sudo: whether there are some, cancelled ones, too
        if not goods or (action and not self.sudo().repair_ids):
            return super()._execute_repair()
        for line in goods:
            for lot, quantity in line._split_by_lots():
                repair = repairs.create(self._prepare_repair_vals(line, lot, quantity))
                repair._link_to_goods(line)
                repairs |= repair
        made = list(repairs)
        if self.line_ids - goods:
            made.append(super()._execute_repair())
        return made

    def _get_repairable_lines(self):
        """:return: goods of the request that a repair order can be made of"""
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.product_id.type == "consu")

    def _get_labour_lines(self):
        """See super; goods under repair have their repair orders."""
        lines = super()._get_labour_lines()
        # sudo: whether there are some, cancelled ones, too
        if self.remedy_kind == "repair" and self.sudo().repair_ids:
            return lines - self._get_repairable_lines()
        return lines

    def _get_repair_model(self):
        """:return: ``repair.order`` in the company of the complaint, as superuser"""
        # sudo: the accepted request is the authority; repairs belong to the warehouse. Defaults of
        # the form the button stood in are none of the repair's
        repairs = self.env["repair.order"].sudo().with_company(self.company_id)
        return repairs.with_context(
            clean_context(self.env.context), mail_auto_subscribe_no_notify=True
        )

    def _prepare_repair_vals(self, line, lot, quantity):
        """Values of a repair order; called by :meth:`_execute_repair`.

        :param line: ``complaint.demand.line``
        :param lot: ``stock.lot``, may be empty
        :param float quantity: in the line's unit
        """
        self.ensure_one()
        # sudo: order and transfers of a case the user decides about
        complaint = self.complaint_id.sudo()
        picking = self._find_done_return(line.product_id, lot)
        vals = {
            "company_id": self.company_id.id,
            "partner_id": complaint.partner_id.id,
            "product_id": line.product_id.id,
            "product_uom": line.product_uom_id.id,
            "product_qty": quantity,
            "lot_id": lot.id,
            "picking_id": picking.id,
            "under_warranty": line.complaint_line_id.in_warranty,
            "user_id": complaint._find_function_user("production", strict=True)[0].id,
            "schedule_date": fields.Datetime.to_datetime(self._get_labour_day()),
            "internal_notes": plaintext2html(self._get_repair_words(line, lot)),
        }
        warehouse = picking.picking_type_id.warehouse_id or complaint.sale_order_id.warehouse_id
        if warehouse.repair_type_id and warehouse.company_id == self.company_id:
            vals["picking_type_id"] = warehouse.repair_type_id.id
        return vals

    def _get_repair_words(self, line, lot):
        """What the workshop has to know. The whole warehouse reads it: nothing the customer wrote,
        neither request nor description (R73).

        :param line: ``complaint.demand.line``
        :param lot: ``stock.lot``, may be empty
        :return: plain text: number and way, the goods with their lots, our answer
        """
        kinds = dict(self._fields["remedy_kind"]._description_selection(self.env))
        # sudo: which lots, to who decides about the request
        lots = ", ".join((lot or line.sudo().lot_ids).mapped("name"))
        goods = line.product_id.display_name
        texts = [
            f"{self.complaint_id.name} · {kinds[self.remedy_kind]}",
            f"{goods} ({lots})" if lots else goods,
            self.answer,
        ]
        return "\n".join(text for text in texts if text)

    def _find_done_return(self, product, lot):
        """:return: ``stock.picking`` with which goods of this complaint came back, may be empty"""
        self.ensure_one()
        # sudo: transfers of a case the user decides about
        complaint = self.complaint_id.sudo()
        delivered = complaint.picking_id | complaint.line_ids.picking_id
        pickings = (complaint.demand_ids.picking_ids | delivered.return_ids).filtered(
            lambda p: p.state == "done" and p.return_id
        )
        lines = pickings.move_line_ids.filtered(
            lambda ml: ml.product_id == product and (not lot or ml.lot_id == lot)
        )
        return lines.picking_id.sorted("date_done")[-1:]

    # ------------------------------------------------------------
    # Followed like other documents
    # ------------------------------------------------------------
    def _get_documents(self):
        # sudo: whether there are some; nothing of them is shown
        return [*super()._get_documents(), self.sudo().repair_ids]

    @api.depends("repair_ids.state")
    def _compute_document_summary(self):
        return super()._compute_document_summary()
