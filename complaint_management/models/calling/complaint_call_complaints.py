from odoo import api, fields, models

from ..complaint.complaint_lifecycle import OPEN_STATES
from .complaint_call_figures import LAST


class ComplaintCallComplaints(models.AbstractModel):
    """The customer's last complaints: state, deadlines, and what comes next (R1)."""

    _inherit = "complaint.call"

    @api.model
    def _prepare_customer_vals(self, partner, customer, figures):
        vals = super()._prepare_customer_vals(partner, customer, figures)
        rows = figures.complaints if figures else []
        return {
            **vals,
            "complaints": self._prepare_complaints(self._find_last_complaints(rows)),
            "complaint_count": sum(row.number for row in rows),
        }

    @api.model
    def _find_last_complaints(self, rows):
        """:param list rows: ``ComplaintFigures``, newest period first
        :return: ``complaint.complaint``, newest first
        """
        ids = [complaint_id for row in rows for complaint_id in row.last_ids]
        return self.env["complaint.complaint"].browse(ids[:LAST])

    @api.model
    def _prepare_complaints(self, complaints):
        """:param complaints: ``complaint.complaint`` the user may read
        :return: list of dicts that can be sent to a browser
        """
        self._prefetch_parts(complaints, "clock_ids")
        self._prefetch_parts(complaints, "demand_ids")
        states = dict(complaints._fields["state"]._description_selection(self.env))
        kinds = dict(self.env["complaint.clock"]._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": complaint.id,
                "name": complaint.name,
                "subject": complaint.subject or "",
                "state": complaint.state,
                "state_label": states.get(complaint.state, ""),
                "severity": complaint.severity or False,
                "date_received": fields.Datetime.to_string(complaint.date_received),
                "next_step": complaint.next_step or "",
                # sudo: a name; he may belong to another company
                "next_user": complaint.next_user_id.sudo().name or "",
                "next_deadline": fields.Date.to_string(complaint.next_deadline) or False,
                "is_overdue": complaint.is_overdue,
                "is_open": complaint.state in OPEN_STATES,
                "clocks": [
                    {
                        "kind": clock.kind,
                        "label": kinds.get(clock.kind, ""),
                        "shown_state": clock.shown_state,
                        "summary": clock.summary,
                    }
                    for clock in self._get_shown_clocks(complaint)
                ],
            }
            for complaint in complaints
        ]

    @api.model
    def _get_shown_clocks(self, complaint):
        """:return: ``complaint.clock`` of an open complaint; how a closed one ended is history"""
        if complaint.state not in OPEN_STATES:
            return self.env["complaint.clock"]
        clocks = complaint._get_current_clocks().filtered(lambda clock: clock.state != "cancelled")
        return clocks.sorted(lambda clock: (clock.date_deadline, clock.id))

    @api.model
    def _prefetch_parts(self, complaints, name):
        """Read parts of complaints with one query; core takes two for each one2many.

        :param complaints: ``complaint.complaint`` the user may read
        :param str name: name of the one2many
        """
        # sudo: next step and deadlines follow from all parts, as the complaint's own form says them
        complaints = complaints.sudo()
        field = complaints._fields[name]
        parts = self.env[field.comodel_name].sudo()
        columns = [
            f.name for f in parts._fields.values() if f.store and f.column_type and f.prefetch
        ]
        found = parts.search_fetch([(field.inverse_name, "in", complaints.ids)], columns)
        by_complaint = found.grouped(field.inverse_name)
        field._insert_cache(
            complaints, [by_complaint.get(complaint, parts)._ids for complaint in complaints]
        )
