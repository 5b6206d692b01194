from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

# What was promised: for users to word while it is open.
PROMISE_FIELDS = frozenset({"name", "deadline", "user_id"})


class ComplaintPromise(models.Model):
    """What somebody of ours promised the customer, by when, and whether it was kept (R65).

    Promises not marked as kept in time are broken by themselves (``complaint_promise_watch``).
    """

    _name = "complaint.promise"
    _description = "Promise to the Customer"
    _inherit = ["complaint.child.mixin"]
    _order = "deadline, id"
    _IS_SAID = True
    _VERSIONED_FIELDS = frozenset({"name", "deadline", "state"})

    name = fields.Char("What", required=True)
    deadline = fields.Datetime("By when", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Promised by",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        check_company=True,
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            # Its complaint ended as duplicate: it is kept there
            ("moved", "Goes on in another complaint"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="open",
        index=True,
    )
    date_kept = fields.Datetime(
        "Kept on", readonly=True, copy=False, help="A broken promise may still be kept, late."
    )
    date_broken = fields.Datetime("Broken on", readonly=True, copy=False)
    note = fields.Char("Remark", help="Why it could not be kept, or how it was. Internal.")

    _deadline_idx = models.Index("(deadline) WHERE state = 'open'")

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create(vals_list)
        promises._wake_watch()
        return promises

    def write(self, vals):
        """An open promise may be worded anew, and the chatter keeps what it was (T20).

        :raise UserError: when one is changed that was kept or broken already
        """
        changed = PROMISE_FIELDS.intersection(vals) and self._filter_changed(vals)
        if changed:
            over = changed.filtered(lambda p: p.state != "open")
            if over and not self._is_trusted():
                raise UserError(
                    self.env._(
                        "“%s” is over and stays as it was: make a new promise.", over[:1].name
                    )
                )
            notes = {p: p._get_terms() for p in changed}
        result = super().write(vals)
        if changed:
            changed._note_changed_terms(notes)
            changed._wake_watch()
        return result

    def _filter_changed(self, vals):
        """:return: the promises that ``vals`` give other words, another moment or another owner"""
        new = {name: vals[name] for name in PROMISE_FIELDS & vals.keys()}
        return self.filtered(
            lambda p: any(
                p._fields[name].convert_to_cache(value, p)
                != p._fields[name].convert_to_cache(p[name], p)
                for name, value in new.items()
            )
        )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"date_kept", "date_broken"}

    def _get_terms(self):
        """:return: translated text: what is promised, by when, by whom"""
        self.ensure_one()
        return self.env._(
            "%(what)s, by %(moment)s (%(user)s)",
            what=self.name,
            moment=format_datetime(self.env, self.deadline, dt_format="short"),
            user=self.user_id.name,
        )

    def _note_changed_terms(self, before):
        """Log what was promised before; drafts are one person's work.

        :param dict before: promise → its terms before the change
        """
        notes = {}
        for promise in self.filtered(lambda p: p.complaint_id.state != "draft"):
            notes.setdefault(promise.complaint_id, []).append(
                self.env._(
                    "Promise changed from “%(old)s” to “%(new)s”.",
                    old=before[promise],
                    new=promise._get_terms(),
                )
            )
        self.env["complaint.complaint"]._note_in_chatter(notes)

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_keep(self):
        """It is done. A promise broken before stays broken, with the day it was kept after all.

        :raise AccessError: without write access
        :raise UserError: when it is marked as kept already
        """
        self.check_access("write")
        moved = self.filtered(lambda p: p.state == "moved")
        if moved:
            raise UserError(
                self.env._("“%s” goes on in another complaint: keep it there.", moved[:1].name)
            )
        kept = self.filtered("date_kept")
        if kept:
            raise UserError(self.env._("“%s” is kept already.", kept[:1].name))
        now = fields.Datetime.now()
        late = self.filtered(lambda p: p.state == "broken" or p.deadline < now)
        missed = late.filtered(lambda p: p.state == "open")
        missed._write_trusted({"state": "broken", "date_broken": now})
        late._write_trusted({"date_kept": now})
        (self - late)._write_trusted({"state": "kept", "date_kept": now})

    def action_break(self, note=None):
        """We cannot keep it, whoever noticed first.

        :param str note: why; what stands in the remark stays without one
        :raise AccessError: without write access
        :raise UserError: when it is kept or broken already
        """
        self.check_access("write")
        over = self.filtered(lambda p: p.state != "open")
        if over:
            raise UserError(self.env._("“%s” is kept or broken already.", over[:1].name))
        if (note or "").strip():
            self.write({"note": note})
        self._break()
