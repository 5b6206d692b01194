from odoo import api, fields, models
from odoo.tools import ormcache

from ..complaint.complaint_complaint import INSIDE_GROUPS, UNREGISTERED_STATES

# What decides whether a complaint says that something happened again.
COMPARED_FIELDS = frozenset(
    {"state", "validity", "defect_id", "category_id", "duplicate_of_id", "outcome", "date_received"}
)


class ComplaintComparing(models.Model):
    """Registered complaints, and those that change, are compared by a job (R43, R53, T14).

    Registering only sets a flag in the update it makes anyway. Where measures with a clean point
    wait for complaints the job is woken at once, else it comes by itself.
    """

    _inherit = "complaint.complaint"

    comparing_due = fields.Boolean(readonly=True, copy=False)
    is_imported = fields.Boolean(
        "Imported",
        readonly=True,
        copy=False,
        help="Came with its past, from an earlier register: it speaks against no measure, and is "
        "no repetition by itself.",
    )
    contradicted_ids = fields.One2many(
        "complaint.contradiction",
        "new_complaint_id",
        "Speaks against measures",
        domain=[("state", "=", "standing")],
        groups=INSIDE_GROUPS,
    )
    contradicts = fields.Char(
        "Speaks against",
        compute="_compute_contradicts",
        groups=INSIDE_GROUPS,
        help="Measures of earlier complaints that this one says do not work.",
    )

    _comparing_due_idx = models.Index("(id) WHERE comparing_due")

    @api.depends("contradicted_ids.state")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_contradicts(self):
        """What the user may read; one query for all."""
        for complaint in self:
            complaint.contradicts = "; ".join(
                self.env._(
                    "“%(measure)s” of %(complaint)s",
                    measure=row.action_id.name,
                    complaint=row.complaint_id.name,
                )
                for row in complaint.contradicted_ids
            )

    def action_view_contradicted(self):
        """Open the measures this complaint speaks against (R43).

        :return: action of a list or form; everybody sees what he may read
        """
        self.ensure_one()
        self.check_access("read")
        measures = self.contradicted_ids.action_id
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Measures this speaks against"),
            "res_model": "complaint.action",
            "views": [(False, "list"), (False, "form")],
            "view_mode": "list,form",
            "domain": [("id", "in", measures.ids)],
            "context": {"create": False},
        }
        if len(measures) == 1:
            action |= {"views": [(False, "form")], "view_mode": "form", "res_id": measures.id}
        return action

    # ------------------------------------------------------------
    # Noticing changes
    # ------------------------------------------------------------
    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"comparing_due", "is_imported"}

    def _note_import(self):
        """What comes with its past is known already: nobody is told of it by the job either."""
        result = super()._note_import()
        imported = self.filtered(lambda c: c.state not in UNREGISTERED_STATES)
        imported._write_trusted({"is_imported": True, "comparing_due": False})
        return result

    def write(self, vals):
        """Flag what has to be compared (anew), in the same update where a verb writes."""
        if not COMPARED_FIELDS.intersection(vals):
            return super().write(vals)
        if "state" in vals and self._is_trusted():
            result = super().write({**vals, "comparing_due": vals["state"] != "submitted"})
            self._wake_comparing()
            return result
        result = super().write(vals)
        self._compare_again()
        return result

    def _compare_again(self):
        """Flag registered complaints of which something changed; their parts call it, too."""
        again = self.sudo().filtered(  # sudo: a flag of ours, not the user's to write
            lambda c: c.state not in UNREGISTERED_STATES and not c.comparing_due
        )
        if again:
            again._write_trusted({"comparing_due": True})
            again._wake_comparing()

    def _wake_comparing(self):
        """Wake the job where something waits for complaints; else it comes by itself."""
        companies = {c.company_id.id for c in self if c.state not in UNREGISTERED_STATES}
        has_clean = self.env["complaint.action"]._has_clean_points
        if any(has_clean(company_id) for company_id in companies):
            self._wake_learning()

    @api.model
    def _wake_learning(self):
        """Run the job as soon as this transaction is committed; one query."""
        self.env["ir.cron"]._wake_complaint_job("complaint_management.ir_cron_learn")

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------
    def _get_company_day(self, moment):
        """:param moment: ``datetime`` (UTC)
        :return: its day where the company works
        """
        self.ensure_one()
        return self.company_id._get_complaint_day(moment)


class ComplaintAction(models.Model):
    """Whether anything waits for complaints, known without a query."""

    _inherit = "complaint.action"

    @api.model
    @ormcache("company_id")
    def _has_clean_points(self, company_id):
        """:return: whether measures of a company have a clean point"""
        # sudo: whether there are any, whoever registers
        domain = [("has_clean_point", "=", True), ("company_id", "=", company_id)]
        return bool(self.sudo().search_count(domain, limit=1))

    def _note_clean_points(self):
        """The first clean point of a company: from now on complaints wake the job."""
        for company in self.filtered("has_clean_point").company_id:
            if not self._has_clean_points(company.id):
                self.env.registry.clear_cache()
