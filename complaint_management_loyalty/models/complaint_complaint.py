from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = ("resolved", "closed")
LETTER = "complaint_management_loyalty.mail_template_coupon"


class ComplaintComplaint(models.Model):
    """A coupon as thank-you, once a complaint (R50).

    What it is worth is the program's, which the administrator chose: nobody who gives one decides
    about money. The code stands in the thanks, or goes out by itself where no more thanks follow.
    """

    _inherit = "complaint.complaint"

    coupon_id = fields.Many2one(
        "loyalty.card",
        "Coupon card",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="complaint_management.group_complaint_admin",
    )
    coupon_code = fields.Char("Coupon code", readonly=True, copy=False)
    coupon_until = fields.Date("Coupon valid until", readonly=True, copy=False)
    can_give_coupon = fields.Boolean(compute="_compute_can_give_coupon")

    _coupon_once = models.UniqueIndex(
        "(coupon_id) WHERE coupon_id IS NOT NULL", "A coupon belongs to one complaint."
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"coupon_id", "coupon_code", "coupon_until"}

    @api.depends_context("uid")
    @api.depends("state", "coupon_code")
    def _compute_can_give_coupon(self):
        writable = self._origin._filtered_access("write")
        for complaint in self:
            # sudo: a setting of the company
            program = complaint.sudo().company_id.complaint_coupon_program_id
            complaint.can_give_coupon = (
                bool(program)
                and complaint.state in STATES
                and not complaint.coupon_code
                and complaint._origin in writable
            )

    def action_give_coupon(self):
        """Give the customer a coupon of the company's program.

        :raise AccessError: for those who may only read the complaint
        :raise UserError: before it is resolved, a second time, or where no program is chosen
        """
        self.check_access("write")
        for complaint in self:
            complaint._check_coupon()
            # sudo: coupons are for those who run programs; giving this one was checked
            card = self.env["loyalty.card"].sudo().with_context(action_no_send_mail=True)
            card = card.create(complaint.sudo()._prepare_coupon_vals())
            complaint._write_trusted(
                {"coupon_code": card.code, "coupon_until": card.expiration_date}
            )
            # sudo: the card itself is not for everybody who may give one
            complaint.sudo()._write_trusted({"coupon_id": card.id})
            complaint._message_log(
                body=self.env._("A coupon was given as thank-you: %s", card.code)
            )
            if complaint.date_thanked or complaint.state == "closed":
                # Thanks are sent at closing or not at all: they would not bring the code any more
                complaint._send_automatic(LETTER)

    def _check_coupon(self):
        """:raise UserError: saying why there is no coupon"""
        self.ensure_one()
        # sudo: a setting of the company
        if not self.sudo().company_id.complaint_coupon_program_id:
            raise UserError(
                self.env._("No coupon program is chosen: an administrator does so in the settings.")
            )
        if self.state not in STATES:
            raise UserError(self.env._("%s: a coupon is for the end.", self.name))
        if self.coupon_code:
            raise UserError(self.env._("%s: the customer has his coupon already.", self.name))

    def _prepare_coupon_vals(self):
        """Values of the coupon; called by :meth:`action_give_coupon`."""
        self.ensure_one()
        company = self.company_id
        days = company.complaint_coupon_days
        return {
            "program_id": company.complaint_coupon_program_id.id,
            "partner_id": (self.contact_id or self.partner_id).id,
            "points": company.complaint_coupon_points,
            "expiration_date": days and fields.Date.context_today(self) + timedelta(days=days),
        }

    def _get_thanks_lines(self):
        """Print the code in the thanks."""
        return [*super()._get_thanks_lines(), *filter(None, [self._get_coupon_line()])]

    def _get_coupon_line(self):
        """:return: sentence with the code, in the language of the context, or an empty string"""
        self.ensure_one()
        if not self.coupon_code:
            return ""
        if not self.coupon_until:
            return self.env._("A small thank-you from us: your coupon %s.", self.coupon_code)
        return self.env._(
            "A small thank-you from us: your coupon %(code)s, valid until %(day)s.",
            code=self.coupon_code,
            day=self._get_print_day(self.coupon_until),
        )
