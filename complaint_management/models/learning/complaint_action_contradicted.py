from datetime import timedelta

from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS
from .complaint_action_clean_point import ComplaintActionCleanPoint


class ComplaintActionContradicted(models.Model):
    """Which complaints speak against a measure, kept right by the job (R43).

    Only finished measures are spoken against. What was found is judged anew whenever the complaint,
    its goods or the clean point change; what speaks against it no more is withdrawn. Imported cases
    speak against nothing: what they say was known before.
    """

    _inherit = "complaint.action"
    # Whoever approves has seen whether the clean point is printed (T17)
    _VERSIONED_FIELDS = ComplaintActionCleanPoint._VERSIONED_FIELDS | {"is_refuted"}

    contradiction_ids = fields.One2many(
        "complaint.contradiction", "action_id", "Speaks against it", groups=INSIDE_GROUPS
    )
    is_refuted = fields.Boolean(
        "Clean point refuted",
        readonly=True,
        copy=False,
        help="Complaints came about goods that were said to carry the measure. Cleared when its "
        "clean point lies behind them, or when they turn out to say nothing against it.",
    )

    printed_clean_point = fields.Char(
        compute="_compute_printed_clean_point",
        compute_sudo=True,
        help="For the customer: nothing, while goods from there on are complained about.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"is_refuted"}

    @api.depends(
        "clean_point",
        "clean_basis",
        "clean_lot_id",
        "clean_date",
        "is_refuted",
        "contradiction_ids.state",
    )
    def _compute_printed_clean_point(self):
        """A clean point that was set anew is printed at once, if it lies behind what came; the job
        takes the mark off later.
        """
        refuted = self.filtered("is_refuted")
        if refuted:
            standing = refuted.contradiction_ids.filtered(lambda row: row.state == "standing")
            behind = refuted._get_pairs_behind(refuted, standing.new_complaint_id)
            refuted = refuted.browse().concat(*(action for action, _complaint in behind))
        for action in self:
            action.printed_clean_point = action not in refuted and action.clean_point

    @api.model
    def _confront(self, actions=None, complaints=None):
        """Find what speaks against measures, and what does no more; callers are jobs.

        :param actions: these measures, against all complaints
        :param complaints: these complaints, against all measures
        """
        behind = self._get_pairs_behind(actions, complaints)
        domain = (
            [("action_id", "in", actions.ids)]
            if actions is not None
            else [("new_complaint_id", "in", complaints.ids)]
        )
        known = self.env["complaint.contradiction"].search(domain)
        pairs = {(row.action_id, row.new_complaint_id): row for row in known}
        new = [pair for pair in behind if pair not in pairs and pair[0]._can_be_contradicted()]
        again = known.filtered(
            lambda row: (
                row.state == "withdrawn"
                and (row.action_id, row.new_complaint_id) in behind
                and row.action_id.state != "cancelled"
            )
        )
        gone = known.filtered(
            lambda row: (
                row.state == "standing"
                and row.action_id.state != "cancelled"
                and (row.action_id, row.new_complaint_id) not in behind
            )
        )
        made = known._record(new)
        again._write_trusted({"state": "standing", "withdrawn_because": False})
        for why, rows in gone._get_why_gone().items():
            rows._write_trusted({"state": "withdrawn", "withdrawn_because": why})
        # Told once for each measure and complaint: what stands again was told
        (made | again)._refute(told=made, later={pair for pair in behind if behind[pair]})
        gone._unrefute()

    @api.model
    def _get_pairs_behind(self, actions, complaints):
        """:return: dict (measure, complaint about goods behind its clean point) → whether such
        goods are from after the measure was done (again), oldest complaint first
        """
        points, since = {}, None
        if actions is not None:
            points = actions._get_clean_points()
            if not points:
                return {}
            since = min(point.get_day() for point in points.values()) - timedelta(days=2)
        likes = self._get_likes(actions, complaints, since)
        points = points or self.browse({like.action_id for like in likes})._get_clean_points()
        measures = {action.id: action for action in points}
        complaints = self.env["complaint.complaint"].browse({like.complaint_id for like in likes})
        cases = {complaint.id: complaint for complaint in complaints}
        own = {action: action._get_own_cases() for action in points}
        again = {a: point.from_day(a._get_done_day()) for a, point in points.items()}
        found = {}
        for like in sorted(likes, key=lambda x: (x.received, x.action_id, x.complaint_id)):
            pair = measure, complaint = measures[like.action_id], cases[like.complaint_id]
            if complaint.is_imported or complaint in own[measure]:
                continue
            # Received before its day it says nothing, whatever was recorded about its goods
            if measure.complaint_id._get_company_day(like.received) < points[measure].get_day():
                continue
            if points[measure].is_behind(like.goods):
                later = bool(again[measure].is_behind(like.goods))
                found[pair] = found.get(pair, False) or later
        return found

    def _get_own_cases(self):
        """:return: its complaint, and the one that goes on where that is a duplicate: their goods
        are those it was taken for
        """
        self.ensure_one()
        return self.complaint_id | self.complaint_id._get_root_case()

    def _is_refuted_anew(self, is_later):
        """A refuted measure answers for its goods again once somebody judged it, and for those made
        since it was done again.

        :param bool is_later: whether complaints came about goods from after it was done
        :return: whether it is to be marked and opened again, and quality told
        """
        self.ensure_one()
        if not self.is_refuted or self.effectiveness != "ineffective":
            return True
        return self.state == "done" and is_later

    def _can_be_contradicted(self):
        """:return: whether it was done, or is open again because it was spoken against"""
        self.ensure_one()
        return self.state == "done" or (self.is_refuted and self.state != "cancelled")


class ComplaintContradiction(models.Model):
    """What follows for the measures is in ``complaint_action_reopening``."""

    _inherit = "complaint.contradiction"

    def _get_why_gone(self):
        """:return: dict key of ``WITHDRAWN`` → those of these it holds for; looked up at once"""
        likes = self.action_id._get_likes(self.action_id, self.new_complaint_id) if self else ()
        alike = {(like.action_id, like.complaint_id) for like in likes}
        return self.grouped(lambda row: row._get_reason_gone(alike))

    def _get_reason_gone(self, alike):
        """:param set alike: tuples (id of a measure, id of a complaint about the same)
        :return: key of ``WITHDRAWN``
        """
        self.ensure_one()
        complaint = self.new_complaint_id
        if complaint.outcome == "duplicate" or complaint in self.action_id._get_own_cases():
            return "duplicate"
        if complaint.state == "cancelled":
            return "cancelled"
        if complaint.validity == "not_justified":
            return "not_justified"
        return "goods" if (self.action_id.id, complaint.id) in alike else "other"

    def _refute(self, told, later):
        """Mark and reopen the measures spoken against; tell quality of those just found.

        :param told: those of these that were not told yet
        :param set later: tuples (measure, complaint) with goods from after the measure was done
        """
        by_action = self.grouped("action_id")
        anew = self.filtered(lambda row: (row.action_id, row.new_complaint_id) in later).action_id
        fresh = self.action_id.filtered(lambda a: a._is_refuted_anew(a in anew))
        fresh._reopen_refuted(by_action)
        fresh = fresh.filtered(lambda a: by_action[a] & told)
        fresh._tell_refuted({action: by_action[action] & told for action in fresh})

    def _unrefute(self):
        """Take the mark off measures nothing stands against any more."""
        actions = self.action_id.filtered("is_refuted")
        if actions:
            standing = self.search([("action_id", "in", actions.ids), ("state", "=", "standing")])
            (actions - standing.action_id)._clear_refutation(self.grouped("action_id"))
