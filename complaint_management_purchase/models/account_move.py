from odoo import fields, models

from odoo.addons.complaint_management.models.complaint.complaint_state_guard import TRUSTED


class AccountMove(models.Model):
    """A vendor refund that a claim made."""

    _name = "account.move"
    _inherit = ["complaint.recharge.document.mixin", "account.move"]

    complaint_recharge_id = fields.Many2one(
        "complaint.recharge",
        "Supplier claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    # One living vendor refund for each claim, whatever the door (T17)
    _complaint_recharge_once = models.UniqueIndex(
        "(complaint_recharge_id) WHERE complaint_recharge_id IS NOT NULL AND state != 'cancel' "
        "AND complaint_taken_back IS NOT TRUE",
        "This supplier claim has another vendor refund already: cancel that one first.",
    )

    def unlink(self):
        """A refund whose reversal vanishes counts again."""
        # sudo: whoever deletes need not see claims
        reversed_ = self.sudo().reversed_entry_id - self.sudo()
        result = super().unlink()
        reversed_.exists()._note_claim_reversal()
        return result

    def _follow_reversed(self):
        """See super; refunds of claims are told, too."""
        super()._follow_reversed()
        # sudo: whoever posts need not see claims
        moves = self.sudo()
        (moves | moves.reversed_entry_id)._note_claim_reversal()

    def _note_claim_reversal(self):
        """Note whether refunds of claims were reversed; callers read them as superuser."""
        for move in self.filtered("complaint_recharge_id"):
            taken_back = move._is_taken_back()
            if move.complaint_taken_back != taken_back:
                move.with_context(complaint_transition=TRUSTED).write(
                    {"complaint_taken_back": taken_back}
                )

    def _is_living(self):
        """What was reversed wholly brought no money back."""
        # sudo: a fact about the entry, for whoever asks
        return super()._is_living() and not self.sudo().complaint_taken_back
