from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintLinked(models.AbstractModel):
    """Gives a record of another app its complaints: how many there are, and the way to them.

    Contract: ``_COMPLAINT_PATHS`` names the fields that lead from a complaint, or from its lines,
    to the record. A document that meets a customer's request has the request's complaint, too.
    Everybody counts and opens what he may see.
    """

    _name = "complaint.linked.mixin"
    _description = "Has Complaints"

    _COMPLAINT_PATHS = ()

    complaint_count = fields.Integer(
        "Complaints",
        compute="_compute_complaint_count",
        groups="complaint_management.group_complaint_user,"
        "complaint_management.group_complaint_leadership",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_complaint_count(self):
        """Count distinct complaints with one query a path, however many records there are.

        Duplicates count as the case they belong to.
        """
        ids_by_key = defaultdict(set)
        complaints = self.env["complaint.complaint"]
        counted = complaints._get_counted_domain()
        for path in self._COMPLAINT_PATHS:
            model, id_field, path = self._split_complaint_path(path)
            keys = self._get_complaint_key()
            domain = Domain(path, "in", keys.ids)
            if model == complaints._name:
                domain &= counted
            else:
                domain &= Domain(id_field, "any", counted)
            groups = self.env[model]._read_group(domain, [path], [f"{id_field}:array_agg"])
            for key, ids in groups:
                ids_by_key[key.id].update(ids)
        pairs = self._get_remedied_complaints()
        # The user may read them all: asked in memory, a query less
        remedied = complaints.union(*(c for _r, c in pairs)).filtered_domain(counted)
        for record, complaint in pairs:
            if complaint not in remedied:
                continue
            ids_by_key[record._get_complaint_key().id].add(complaint.id)
        for record in self:
            record.complaint_count = len(ids_by_key[record._get_complaint_key().id])

    def _split_complaint_path(self, path):
        """:return: model to count in, its field with the complaint, path from there"""
        if path.startswith("line_ids."):
            return "complaint.line", "complaint_id", path.removeprefix("line_ids.")
        return "complaint.complaint", "id", path

    def _get_complaint_key(self):
        """:return: the records ``_COMPLAINT_PATHS`` end at; others than these share complaints"""
        return self

    def _get_complaint_domain(self):
        """:return: domain of the complaints about these records"""
        ids = self._get_complaint_key().ids
        domain = Domain.OR([(path, "in", ids)] for path in self._COMPLAINT_PATHS)
        remedied = [complaint.id for _record, complaint in self._get_remedied_complaints()]
        return domain | Domain("id", "in", remedied)

    def _get_remedied_complaints(self):
        """:return: list of (record, complaint it makes good), as far as the user may see them"""
        if "complaint_demand_id" not in self._fields:
            return []
        # sudo: which request a document meets; whoever may not read the complaint does not get it
        linked = self.sudo().filtered("complaint_demand_id")
        pairs = [(record, record.complaint_demand_id.complaint_id) for record in linked]
        complaints = self.env["complaint.complaint"].union(*(c.sudo(False) for _r, c in pairs))
        visible = complaints._filtered_access("read") if complaints else complaints
        return [(record, complaint) for record, complaint in pairs if complaint in visible]

    def action_view_complaints(self):
        """Open the complaints about these records."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "complaint.complaint",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": list(self._get_complaint_domain()),
            # What the button counted; the others are one press away
            "context": {"create": False, "search_default_without_duplicates": True},
        }
