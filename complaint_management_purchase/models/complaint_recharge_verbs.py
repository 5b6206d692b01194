from odoo import fields, models
from odoo.exceptions import UserError

# The one table of a claim's life: state it reaches -> states it leaves.
TRANSITIONS = {
    "sent": ("open",),
    "accepted": ("open", "sent"),
    "partly": ("open", "sent"),
    "refused": ("open", "sent"),
    "cancelled": ("open", "sent"),
    "open": ("sent", "accepted", "partly", "refused", "cancelled"),
}


class ComplaintRechargeVerbs(models.Model):
    """Sending a claim, and noting what the vendor said to it (R20).

    The purchasing action that asked for the claim follows: due when the vendor has to answer, done
    when he has (``complaint_action``).
    """

    _inherit = "complaint.recharge"

    def action_mark_sent(self):
        """It was sent otherwise: by the vendor's portal, by letter, by phone.

        :raise AccessError: for those who may only read it
        :raise UserError: naming what is missing, or from another state
        """
        self.check_access("write")
        for recharge in self:
            recharge._check_sendable()
        self._note_sent()

    def action_accept(self):
        """The vendor accepts all of it, or what stands in *Accepted*.

        :raise UserError: from another state
        """
        self._check_move("accepted")
        for recharge in self.sudo():  # sudo: amounts, checked above; not everybody reads them
            if not recharge.amount_accepted:
                recharge._write_trusted({"amount_accepted": recharge.amount})
            partly = recharge.currency_id.compare_amounts(recharge.amount_accepted, recharge.amount)
            recharge.with_env(self.env)._set_answer("partly" if partly < 0 else "accepted")

    def action_accept_partly(self):
        """The vendor accepts the part that stands in *Accepted*.

        :raise UserError: where that is nothing, or from another state
        """
        self._check_move("partly")
        for recharge in self.sudo():  # sudo: amounts, checked above; not everybody reads them
            if not recharge.amount_accepted:
                raise UserError(
                    self.env._("%s: write first which amount the vendor accepts.", recharge.name)
                )
            recharge.with_env(self.env)._set_answer("partly")

    def action_refuse(self):
        """The vendor refuses; his reason stands in *Vendor's answer*.

        :raise UserError: without his reason, or from another state
        """
        self._check_move("refused")
        for recharge in self:
            if not (recharge.answer or "").strip():
                raise UserError(
                    self.env._("%s: write first why the vendor refuses.", recharge.name)
                )
            # sudo: an amount not everybody reads; writing was checked
            recharge.sudo()._write_trusted({"amount_accepted": 0.0})
            recharge._set_answer("refused")

    def action_withdraw(self):
        """We do not claim it any more.

        :raise UserError: when the vendor answered, or something is on its way to him
        """
        self._check_move("cancelled")
        self._check_no_documents()
        self._write_trusted({"state": "cancelled"})
        self._follow_actions()

    def action_reopen(self):
        """Take the vendor's answer back, or a withdrawn claim up again.

        :raise UserError: while documents made of it live
        """
        self._check_move("open")
        self._check_no_documents()
        for recharge in self:
            answered = recharge.state != "sent" and recharge.date_sent
            vals = {"state": "sent" if answered else "open", "date_answered": False}
            if vals["state"] == "open":
                vals["date_sent"] = False
            recharge._write_trusted(vals)
        self._follow_actions()

    # ------------------------------------------------------------
    # Behind the verbs
    # ------------------------------------------------------------
    def _check_move(self, state):
        """:raise AccessError: for those who may only read the claims
        :raise UserError: when one of them cannot reach ``state``
        """
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for recharge in self:
            if recharge.state not in TRANSITIONS[state]:
                raise UserError(
                    self.env._(
                        "%(claim)s is “%(state)s” and cannot take this step.",
                        claim=recharge.name,
                        state=labels[recharge.state],
                    )
                )

    def _check_no_documents(self):
        """:raise UserError: naming a claim whose return or refund lives"""
        for recharge in self.sudo():  # sudo: documents of other apps, to whoever works on the claim
            documents = recharge._get_living_documents()
            if documents:
                raise UserError(
                    self.env._(
                        "%(claim)s: cancel %(documents)s first.",
                        claim=recharge.name,
                        documents=", ".join(d.display_name for d in documents),
                    )
                )

    def _set_answer(self, state):
        """Note the vendor's answer; callers checked that it may be noted."""
        self.ensure_one()
        self._write_trusted({"state": state, "date_answered": fields.Datetime.now()})
        self._follow_actions()

    def _note_sent(self):
        """The vendor has it: from now on he owes an answer. Only what is still open moves."""
        for recharge in self.filtered(lambda r: r.state == "open"):
            # sudo: a setting of the company
            days = recharge.sudo().company_id.complaint_recharge_answer_days
            vals = {"state": "sent", "date_sent": fields.Datetime.now()}
            if not recharge.date_due:
                vals["date_due"] = fields.Date.add(fields.Date.context_today(self), days=days)
            recharge._write_trusted(vals)
        self._follow_actions()

    def write(self, vals):
        """Another day for the vendor's answer is another day for purchasing."""
        result = super().write(vals)
        if "date_due" in vals and not self._is_trusted():
            self._follow_actions()
        return result

    def _follow_actions(self):
        """Let the purchasing actions that asked for these claims follow their state."""
        # sudo: the claim's rights were checked; its action may be somebody else's
        for recharge in self.sudo():
            recharge.complaint_id._follow_recharges(recharge.party)

    def _get_answer_note(self):
        """:return: what the vendors said, for the result of purchasing's action; no amounts, which
        not everybody reads
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        return "\n".join(
            self.env._(
                "%(claim)s, %(vendor)s: %(state)s.",
                claim=claim.name,
                vendor=claim.partner_id.display_name or "–",
                state=labels[claim.state],
            )
            for claim in self
        )
