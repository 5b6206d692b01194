from odoo import models

from ..complaint.complaint_complaint import UNREGISTERED_STATES


class ComplaintOccasions(models.Model):
    """The moments of a complaint's life that are announced, and whom each addresses (R21, R64).

    Whether and how these people are told, and who else is, is data: ``complaint.notice``.
    """

    _inherit = "complaint.complaint"

    def write(self, vals):
        """Tell the old and the new lead when a case changes hands."""
        before = {}
        if "lead_user_id" in vals:
            before = {c: c.lead_user_id for c in self if c.state not in UNREGISTERED_STATES}
        result = super().write(vals)
        handed_over = {
            complaint: lead | complaint.lead_user_id
            for complaint, lead in before.items()
            if lead and lead != complaint.lead_user_id
        }
        if handed_over:
            self.browse().concat(*handed_over)._announce(
                "lead_changed", handed_over, self._get_lead_text
            )
        return result

    @staticmethod
    def _get_lead_text(complaints, env):
        """:return: sentence saying who leads now"""
        return "\n".join(
            env._(
                "%(complaint)s is led by %(lead)s now.",
                complaint=complaint.display_name,
                lead=complaint.lead_user_id.name or "–",
            )
            for complaint in complaints
        )

    def _after_submit(self):
        result = super()._after_submit()
        self._announce("submitted")
        return result

    def _after_object(self):
        result = super()._after_object()
        self._announce("customer_objected", text=self._get_objection_text)
        return result

    @staticmethod
    def _get_objection_text(complaints, env):
        """:return: sentence with what the customer says against our answer"""
        return "\n".join(
            env._(
                "%(complaint)s: the customer objects: %(reason)s",
                complaint=complaint.display_name,
                reason=complaint._get_current_rounds().reason or "",
            )
            for complaint in complaints
        )

    def _after_resolve(self):
        result = super()._after_resolve()
        self._announce("resolved")
        return result

    def _after_close(self):
        result = super()._after_close()
        self._announce("closed")
        return result

    # ------------------------------------------------------------
    # Called by the plan
    # ------------------------------------------------------------
    def _tell_registration(self, activities):
        """Tell of new complaints; addressed: the lead and who got something to do (R21).

        :param activities: ``mail.activity`` just made on these complaints
        """
        by_complaint = activities.grouped("res_id")
        told = self._announce(
            "registered",
            {c: by_complaint.get(c.id, activities[:0]).user_id | c.lead_user_id for c in self},
        )
        known = self._get_told_critical()
        for complaint in self.filtered(lambda c: c.severity == "critical"):
            known[complaint.id] = told[complaint].ids

    def _get_told_critical(self):
        """:return: dict complaint id → ids of users told in this transaction that it came in, and
        is critical
        """
        return self.env.cr.precommit.data.setdefault("complaint_told_critical", {})

    def _announce(self, event, people=None, text=None, messages=None, without=None):
        """Who has just been told of a new critical complaint is not told that it is critical."""
        if event == "critical":
            known, users = self._get_told_critical(), self.env["res.users"]
            without = {c: users.browse(known.pop(c.id, ())) for c in self}
        return super()._announce(event, people, text, messages, without)

    def _tell_plan(self):
        """Tell a released plan; from its second version on it is a changed one (R24, R64)."""
        changed = self.filtered(lambda c: c._get_current_rounds().plan_version > 1)
        for event, complaints in (("plan_released", self - changed), ("plan_changed", changed)):
            if complaints:
                complaints._announce(event)
