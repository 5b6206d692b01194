from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintDuplicates(models.Model):
    """The cases that ended as duplicates of one that goes on, and the way back (R5, T20).

    A duplicate may have duplicates: each points to what it was merged into, the last of them is the
    *root*. What was never registered goes back to a draft: reopening is no way around the gate.
    """

    _inherit = "complaint.complaint"

    duplicate_ids = fields.One2many(
        "complaint.complaint", "duplicate_of_id", "Direct duplicates", groups=INSIDE_GROUPS
    )
    duplicate_count = fields.Integer(
        "Duplicates", compute="_compute_duplicate_count", groups=INSIDE_GROUPS
    )

    @api.depends("duplicate_ids.outcome")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_duplicate_count(self):
        """As many as the user may read, with those of the duplicates; two queries for all."""
        pairs = self._get_duplicate_pairs()
        seen = set(self._get_readable_duplicates(pairs).ids)
        for complaint in self:
            complaint.duplicate_count = sum(
                root == complaint._origin.id and duplicate in seen for root, duplicate in pairs
            )

    def _get_duplicate_pairs(self):
        """:return: list of (id of one of these, id of a case that ended as its duplicate)"""
        ids = self._origin.ids
        if not ids:
            return []
        self.flush_model(["duplicate_of_id", "outcome"])
        return self.env.execute_query(
            SQL(
                """WITH RECURSIVE pair (root, id) AS (
                       SELECT duplicate_of_id, id FROM complaint_complaint
                        WHERE duplicate_of_id IN %s AND outcome = 'duplicate'
                        UNION
                       SELECT pair.root, c.id
                         FROM pair JOIN complaint_complaint c ON c.duplicate_of_id = pair.id
                        WHERE c.outcome = 'duplicate')
                   SELECT root, id FROM pair""",
                tuple(ids),
            )
        )

    def _get_readable_duplicates(self, pairs):
        """:param list pairs: as of :meth:`_get_duplicate_pairs`
        :return: the duplicates the user may read; of others not even a number is told
        """
        return self.browse({duplicate for _root, duplicate in pairs})._filtered_access("read")

    def action_view_duplicates(self):
        """Open the cases that ended as duplicates of this one.

        :return: action of a list; everybody sees what he may read
        """
        self.ensure_one()
        self.check_access("read")
        duplicates = self._get_readable_duplicates(self._get_duplicate_pairs())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Duplicates"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "view_mode": "list,form",
            "domain": [("id", "in", duplicates.ids)],
            "context": {"create": False},
        }

    def _get_root_case(self):
        """:return: the case that goes on: itself, or where the chain of duplicates ends"""
        self.ensure_one()
        # sudo: a link in the chain may be somebody else's; who acts checks his right at the root
        root = self.sudo()
        while root.outcome == "duplicate" and root.duplicate_of_id:
            root = root.duplicate_of_id
        return self.browse(root.id)

    # ------------------------------------------------------------
    # The way back
    # ------------------------------------------------------------
    def _is_unregistered_duplicate(self):
        """:return: whether it ended as duplicate before anybody registered it"""
        self.ensure_one()
        return self.outcome == "duplicate" and not self.round

    def _has_verb_right(self, verb):
        """See super. What was never registered goes back to a draft, everything else reopens."""
        if verb in ("redraft", "reopen"):
            is_draft = self._is_unregistered_duplicate()
            return (verb == "redraft") == is_draft and super()._has_verb_right(verb)
        return super()._has_verb_right(verb)

    def _get_verb_refusal(self, verb):
        if verb == "redraft":
            return self.env._("%s was registered: press Reopen.", self.name)
        if verb == "reopen" and self._is_unregistered_duplicate():
            return self.env._("%s was never registered: it becomes a draft again.", self.name)
        return super()._get_verb_refusal(verb)

    def action_reopen(self, reason=None):
        """See super. Of a duplicate the link goes: it is a case of its own again.

        What was taken over stays with the other case, where people may have relied on it.

        :param str reason: why; without it the wizard is returned
        :raise AccessError: without write access
        :raise UserError: from another state
        """
        self.check_access("write")
        drafts = self.filtered(lambda c: c._is_unregistered_duplicate())
        if not drafts:
            return super().action_reopen(reason)
        drafts._check_verb("redraft")
        if not (reason or "").strip():
            return self._open_reason_wizard("reopen")
        drafts.action_redraft(reason)
        return super(ComplaintDuplicates, self - drafts).action_reopen(reason)

    def action_redraft(self, reason=None):
        """Make a draft again of what ended as duplicate without ever having been registered.

        :param str reason: why; without it the wizard is returned
        :raise AccessError: without write access, or for what was registered
        :raise UserError: from another state
        """
        self._check_verb("redraft")
        if not (reason or "").strip():
            return self._open_reason_wizard("reopen")
        notes = {c: [self.env._("No duplicate any more: %s", reason)] for c in self}
        self._move("redraft", **self._prepare_reopen_vals())
        self._note_in_chatter(notes)
        return None

    @api.model
    def _prepare_reopen_vals(self):
        """Who opens it again says that it is a case of its own."""
        return {**super()._prepare_reopen_vals(), "duplicate_of_id": False}

    def _move(self, verb, **vals):
        """See super. The other case learns that one of its duplicates is a case of its own."""
        origins = {}
        if verb in ("reopen", "redraft"):
            # sudo: its number goes into the chatter of the case it belonged to
            origins = {c: c.sudo().duplicate_of_id for c in self if c.outcome == "duplicate"}
        result = super()._move(verb, **vals)
        notes = {}
        for duplicate, origin in origins.items():
            note = self.env._("%s is a case of its own again.", duplicate.name)
            notes.setdefault(origin, []).append(note)
        if notes:
            self._note_in_chatter(notes)
        return result

    def _check_same_case_right(self, other):
        """:raise AccessError: for who may not write both"""
        for complaint in (self, other):
            if not complaint.has_access("write"):
                raise AccessError(
                    self.env._(
                        "You may not work on both complaints: ask the lead, or who sees both, to "
                        "say that they are the same case."
                    )
                )
