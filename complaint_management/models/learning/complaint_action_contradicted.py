from datetime import timedelta

from odoo import api, fields, models

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintActionContradicted(models.Model):
    """Which complaints speak against a measure, kept right by the job (R43).

    Only finished measures are spoken against. What was found is judged anew whenever the complaint,
    its goods or the clean point change; what speaks against it no more is withdrawn.
    """

    _inherit = "complaint.action"

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

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"is_refuted"}

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
        for row in gone:
            row._write_trusted({"state": "withdrawn", "withdrawn_because": row._get_why_gone()})
        # Told once for each measure and complaint: what stands again was told
        (made | again)._refute(told=made)
        gone._unrefute()

    @api.model
    def _get_pairs_behind(self, actions, complaints):
        """:return: list of (measure, complaint about goods behind its clean point), oldest first"""
        points, since = {}, None
        if actions is not None:
            points = actions._get_clean_points()
            if not points:
                return []
            since = min(point.get_day() for point in points.values()) - timedelta(days=2)
        likes = self._get_likes(actions, complaints, since)
        points = points or self.browse({like.action_id for like in likes})._get_clean_points()
        found = {}
        for like in likes:
            measure = self.browse(like.action_id)
            if like.complaint_id == measure.complaint_id.id:
                continue
            if points[measure].is_behind(like.goods):
                found[measure.id, like.complaint_id] = like.received
        get = self.env["complaint.complaint"].browse
        return [(self.browse(a), get(c)) for a, c in sorted(found, key=lambda p: (found[p], p))]

    def _can_be_contradicted(self):
        """:return: whether it was done, or is open again because it was spoken against"""
        self.ensure_one()
        return self.state == "done" or (self.is_refuted and self.state != "cancelled")


class ComplaintContradiction(models.Model):
    """What follows for the measures is in ``complaint_action_reopening``."""

    _inherit = "complaint.contradiction"

    def _get_why_gone(self):
        """:return: key of ``WITHDRAWN``"""
        self.ensure_one()
        complaint = self.new_complaint_id
        if complaint.outcome == "duplicate":
            return "duplicate"
        if complaint.state == "cancelled":
            return "cancelled"
        if complaint.validity == "not_justified":
            return "not_justified"
        likes = self.action_id._get_likes(self.action_id, complaint)
        return "goods" if likes else "other"

    def _refute(self, told):
        """Mark and reopen the measures spoken against; tell quality of those just found.

        :param told: those of these that were not told yet
        """
        by_action = self.grouped("action_id")
        fresh = self.action_id.filtered(lambda a: not a.is_refuted)
        fresh._reopen_refuted(by_action)
        fresh = fresh.filtered(lambda a: by_action[a] & told)
        fresh._tell_refuted({action: by_action[action] & told for action in fresh})

    def _unrefute(self):
        """Take the mark off measures nothing stands against any more."""
        actions = self.action_id.filtered("is_refuted")
        if actions:
            standing = self.search([("action_id", "in", actions.ids), ("state", "=", "standing")])
            (actions - standing.action_id)._clear_refutation(self.grouped("action_id"))
