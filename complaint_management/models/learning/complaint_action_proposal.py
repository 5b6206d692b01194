from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..complaint.complaint_complaint import OVERSEEING_GROUPS
from .complaint_action_comparison import MEASURED_FIELDS

EFFECTS = [
    ("pending", "Too early to say"),
    ("effective", "Effective"),
    ("ineffective", "Ineffective"),
]
# Proposals that are a verdict.
VERDICT_EFFECTS = ("effective", "ineffective")


class ComplaintActionProposal(models.Model):
    """What the figures say about a measure, and why; the verdict stays somebody's (R43).

    One complaint about goods behind the clean point is enough against it. For it speaks silence
    that says something: so much was delivered since that at the rate before at least one complaint
    had come.
    """

    _inherit = "complaint.action"

    proposed_effectiveness = fields.Selection(EFFECTS, readonly=True, copy=False)
    effect_reason = fields.Char(
        "Figures", compute="_compute_effect_reason", groups=OVERSEEING_GROUPS
    )
    can_accept_proposal = fields.Boolean(compute="_compute_can_accept_proposal")
    verified_measure_ids = fields.Many2many(
        "complaint.action",
        compute="_compute_verified_measure_ids",
        compute_sudo=True,
        string="Measures to check",
        help="What finishing this check of effect judges.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"proposed_effectiveness"}

    def _compare(self):
        """Count anew, and say what follows from it."""
        result = super()._compare()
        by_proposal = {}
        for action in self:
            by_proposal.setdefault(action._get_proposed_effect(), []).append(action.id)
        for proposal, ids in by_proposal.items():
            self.browse(ids)._write_trusted({"proposed_effectiveness": proposal})
        return result

    def _get_proposed_effect(self):
        """:return: key of ``EFFECTS``; False where nothing can be compared"""
        self.ensure_one()
        if not self.has_clean_point:
            return False
        # What came after the window speaks against it as well
        if self.count_after or self.is_refuted:
            return "ineffective"
        return "effective" if self._get_expected_count() >= 1 else "pending"

    def _get_expected_count(self):
        """:return: complaints that had come since the clean point at the rate before it"""
        self.ensure_one()
        if not self.delivered_before:
            return 0.0
        return self.count_before * self.delivered_after / self.delivered_before

    @api.depends("kind", "has_clean_point", "is_refuted", *sorted(MEASURED_FIELDS))
    @api.depends_context("lang")
    def _compute_effect_reason(self):
        for action in self:
            action.effect_reason = action._is_measure() and action._get_effect_reason()

    def _get_effect_reason(self):
        """:return: translated sentence saying what the proposal rests on; False for measures nobody
        compared yet
        """
        self.ensure_one()
        if not self.has_clean_point:
            return self.env._("Without a clean point nothing can be compared.")
        if not self.compared_days:
            return self.date_compared and self.env._("No goods carry the measure yet.")
        parts = [
            self._get_windows_text(),
            self.env._("%s delivered since", self._get_amount_text(self.delivered_after)),
        ]
        if self.ppm_before or self.ppm_after:
            parts.append(
                self.env._(
                    "%(before)s ppm before, %(after)s after",
                    before=self._get_amount_text(self.ppm_before),
                    after=self._get_amount_text(self.ppm_after),
                )
            )
        if self.is_refuted and not self.count_after:
            parts.append(self.env._("complaints came later about goods that carry it"))
        elif not self.count_after and self._get_expected_count() < 1:
            parts.append(self._get_silence_note())
        return "; ".join(parts)

    def _get_windows_text(self):
        """:return: how many complaints came in the windows before and after, in words"""
        counts = {
            "before": self._get_count_text(self.count_before),
            "after": self.env._("%s after", self.count_after or self.env._("none")),
        }
        if self.compared_days == 1:
            return self.env._("1 day each: %(before)s, %(after)s", **counts)
        return self.env._(
            "%(days)s days each: %(before)s, %(after)s", days=self.compared_days, **counts
        )

    def _get_count_text(self, count):
        """:return: so many complaints before, in words"""
        if not count:
            return self.env._("no complaint before")
        if count == 1:
            return self.env._("1 complaint before")
        return self.env._("%s complaints before", count)

    def _get_silence_note(self):
        """:return: why silence since the clean point says nothing yet"""
        # sudo: only whether the goods of the case are counted in one unit
        if not self.sudo()._get_measured_goods():
            return self.env._("goods in different units, or unknown ones, are not compared")
        if not (self.count_before and self.delivered_before):
            return self.env._("nothing before to compare with")
        return self.env._("too few delivered yet to say")

    def _get_amount_text(self, amount):
        """:return: a quantity in the reader's way of writing, without needless zeros"""
        return formatLang(self.env, amount, digits=0 if float(amount).is_integer() else 1)

    # ------------------------------------------------------------
    # Accepting it
    # ------------------------------------------------------------
    @api.depends("state", "effectiveness", "proposed_effectiveness")
    @api.depends_context("uid")
    def _compute_can_accept_proposal(self):
        steerable = self._filtered_steerable()
        for action in self:
            action.can_accept_proposal = action in steerable and action._has_other_proposal()

    def _has_other_proposal(self):
        """:return: whether a verdict on what is done is proposed that is not the present one"""
        self.ensure_one()
        return (
            self.state == "done"
            and self.proposed_effectiveness in VERDICT_EFFECTS
            and self.proposed_effectiveness != self.effectiveness
        )

    def action_accept_proposal(self):
        """Make the proposed verdict the verdict, as if chosen by hand; said in the chatter (R43).

        The button carries what its user saw, proposal and verdict (``seen_proposal`` and
        ``seen_verdict`` of the context): nobody's later verdict is overwritten (T17).

        :return: action that says what was noted and where
        :raise AccessError: for those who may not plan the measures
        :raise UserError: where no verdict is proposed, or something else than was seen
        """
        self._check_may_steer()
        labels = dict(self._fields["effectiveness"]._description_selection(self.env))
        notes = {}
        for action in self:
            proposal = action.proposed_effectiveness
            present = (proposal, action.effectiveness)
            seen = (
                self.env.context.get("seen_proposal", proposal),
                self.env.context.get("seen_verdict", action.effectiveness),
            )
            if not action._has_other_proposal() or seen != present:
                raise UserError(
                    self.env._(
                        "Verdict or proposal for “%s” changed since you opened it. Look at it "
                        "again.",
                        action.name,
                    )
                )
            action.effectiveness = proposal
            notes.setdefault(action.complaint_id, []).append(
                self.env._(
                    "“%(measure)s”: %(verdict)s, as the figures propose.",
                    measure=action.name,
                    verdict=labels[proposal],
                )
            )
        self.env["complaint.complaint"]._note_in_chatter(notes)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Noted in the history of the complaint"),
                "message": " ".join(text for texts in notes.values() for text in texts),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ------------------------------------------------------------
    # What a check judges
    # ------------------------------------------------------------
    @api.depends("kind", "complaint_id.action_ids.state", "complaint_id.action_ids.kind")
    @api.depends_context("uid")
    def _compute_verified_measure_ids(self):
        """Of its measures those the user may read: a supervisor sees his department's."""
        for action in self:
            measures = self.browse()
            if action.kind == "verification":
                measures = action._get_verified_measures().sudo(False)._filtered_access("read")
            action.verified_measure_ids = measures

    def _get_verified_measures(self):
        """See super. A check that was made for certain measures judges these."""
        made_for = self.filtered("checked_measure_ids")
        measures = made_for.checked_measure_ids.filtered(lambda a: a.state == "done")
        return measures | super(ComplaintActionProposal, self - made_for)._get_verified_measures()
