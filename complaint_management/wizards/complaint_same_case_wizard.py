from odoo import api, fields, models
from odoo.tools.misc import format_date


class ComplaintSameCaseWizard(models.TransientModel):
    """Shows what becomes of two complaints that are one case, before it happens (R5, T17).

    It carries the versions its user saw; the verb itself checks every right again.
    """

    _name = "complaint.same.case.wizard"
    _description = "Two Complaints Are One Case"

    complaint_id = fields.Many2one("complaint.complaint", required=True, readonly=True)
    other_id = fields.Many2one("complaint.complaint", required=True, readonly=True)
    seen_version = fields.Integer(readonly=True)
    other_version = fields.Integer(readonly=True)
    goes_on_id = fields.Many2one("complaint.complaint", compute="_compute_summary")
    duplicate_id = fields.Many2one("complaint.complaint", compute="_compute_summary")
    goes_on_label = fields.Char("Goes on", compute="_compute_summary")
    duplicate_label = fields.Char("Ends as duplicate", compute="_compute_summary")
    goods = fields.Char("Goods taken over", compute="_compute_summary")
    evidence = fields.Char("Evidence taken over", compute="_compute_summary")
    requests = fields.Char("Further requests", compute="_compute_summary")
    promises = fields.Char("Promises taken over", compute="_compute_summary")
    actions = fields.Char("Actions cancelled", compute="_compute_summary")
    left_behind = fields.Text("Not taken over", compute="_compute_summary")
    other_customers = fields.Char("Different customers", compute="_compute_summary")
    take_requests = fields.Boolean("Ask for these there, too", default=True)
    other_customer = fields.Boolean("These are different customers, and still one case")

    @api.model
    def _prepare_wizard_vals(self, complaint, other):
        """:param complaint: from which the user pressed; ``other``: the case it shall be
        :return: create values
        """
        return {
            "complaint_id": complaint.id,
            "other_id": other.id,
            "seen_version": complaint.version,
            "other_version": other.version,
        }

    @api.depends("complaint_id", "other_id")
    def _compute_summary(self):
        for wizard in self:
            goes_on, duplicate = wizard.complaint_id._choose_same_case(wizard.other_id)
            wizard.goes_on_id, wizard.duplicate_id = goes_on, duplicate
            wizard.goes_on_label = wizard._get_label(goes_on)
            wizard.duplicate_label = wizard._get_label(duplicate)
            wizard.update(wizard._prepare_summary(goes_on, duplicate))

    def _prepare_summary(self, goes_on, duplicate):
        """:return: dict of what happens, in words; what does not happen is empty"""
        lines = goes_on._get_lacking_goods(duplicate)
        evidence = duplicate.evidence_ids.with_context(bin_size=True)
        evidence = evidence.filtered(lambda e: e.file or e.kind == "sample")
        requests = goes_on._get_lacking_requests(duplicate)
        promises = duplicate.promise_ids.filtered(lambda p: p.state == "open")
        actions = duplicate.action_ids.filtered(lambda a: a.state not in ("done", "cancelled"))
        differ = duplicate._is_other_customers(goes_on)
        customers = (
            (goes_on.partner_id | duplicate.partner_id) if differ else goes_on.partner_id[:0]
        )
        return {
            "goods": ", ".join(line.display_name for line in lines),
            "evidence": ", ".join(evidence.mapped("name")),
            "requests": ", ".join(requests.mapped("display_name")),
            "promises": ", ".join(promises.mapped("name")),
            "actions": ", ".join(actions.mapped("name")),
            "left_behind": "\n".join(goes_on._get_left_behind(duplicate)),
            "other_customers": " · ".join(customers.mapped("display_name")),
        }

    def _get_label(self, complaint):
        """:return: what tells one complaint from the other: number, title, day, customer"""
        day = format_date(self.env, complaint.date_received)
        customer = complaint.partner_id.display_name or complaint.complainant_name
        return " · ".join(filter(None, (complaint.display_name, day, customer)))

    def action_confirm(self):
        """Merge the two; the verb checks every right and what the user saw.

        :return: action of the case that goes on
        :raise UserError: when one of them was changed in the meantime, or cannot be merged
        """
        self.ensure_one()
        self.other_id.with_context(seen_version=self.other_version)._check_seen_version()
        complaint = self.complaint_id.with_context(seen_version=self.seen_version)
        return complaint.action_same_case(
            self.other_id.id,
            confirmed=True,
            take_requests=self.take_requests,
            other_customer=self.other_customer,
        )
