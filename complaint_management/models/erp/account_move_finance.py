from odoo import models

CHECK_TYPE = "complaint_management.mail_activity_type_refund"


class AccountMoveFinance(models.Model):
    """Finance checks and posts the credit notes of customer requests: a to-do each."""

    _inherit = "account.move"

    def _plan_complaint_check(self):
        """Give finance a to-do for each of these drafts.

        Where whoever plays finance for the complaint may not post, the to-do waits on the credit
        note for somebody who may. Callers read the moves as superuser.
        """
        for move in self:
            demand = move.complaint_demand_id
            complaint = demand.complaint_id
            user, _stand_in = complaint._find_function_user("finance")
            able = (
                user.has_group("account.group_account_invoice")
                and move.company_id in user.sudo().company_ids  # sudo: where a colleague works
            )
            move = move.with_context(lang=user.lang or self.env.lang)
            kinds = dict(demand._fields["remedy_kind"]._description_selection(move.env))
            move.activity_schedule(
                CHECK_TYPE,
                # Number and kind alone: finance may not read the case, or it is about him (R73)
                note=move.env._(
                    "Drafted for a customer request of complaint %(complaint)s: %(kind)s.",
                    complaint=complaint.name,
                    kind=kinds[demand.remedy_kind],
                ),
                user_id=user.id if able else False,
            )

    def _follow_complaint_check(self):
        """Close the to-do of what was posted or cancelled; a draft gets a new one."""
        for move in self:
            if move.state == "posted":
                move.activity_feedback([CHECK_TYPE])
            elif move.state == "cancel":
                move.activity_unlink([CHECK_TYPE])
            elif not move.activity_search([CHECK_TYPE]):
                move._plan_complaint_check()
