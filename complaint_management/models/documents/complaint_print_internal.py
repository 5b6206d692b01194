from odoo import models
from odoo.exceptions import AccessError

from ..complaint.complaint_complaint import INSIDE_GROUPS


class ComplaintPrintInternal(models.Model):
    """What the internal complaint form shows beside the customer's values.

    Requests and everybody's actions are on it, so contributors do not print it (R60); names of
    operators and penalties only for those who judge them (R31).
    """

    _inherit = "complaint.complaint"

    def _get_print_internal(self):
        """Everything the internal form prints.

        :return: dict of strings, lists and dicts of strings
        :raise AccessError: without read access to the complaint, and for contributors
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_groups(INSIDE_GROUPS):
            raise AccessError(
                self.env._("Only those who work on complaints print the internal form.")
            )
        # sudo: orders and lots of a case one may read; only strings leave this room
        safe = self.sudo()
        return {
            "case": safe._get_print_case(),
            "goods": safe._get_print_goods(),
            "requests": safe._get_print_requests(),
            "points": self._get_print_points_internal(),
            "contact": safe._get_print_contact(),
            "departments": safe._get_print_departments(),
            "facts": safe._get_print_facts(),
            "people": safe._get_print_people(),
            "texts": self._get_print_texts(),
            "causes": self._get_print_causes_internal(),
            "actions": safe._get_print_actions_internal(),
            "evidence": safe._get_print_evidence_internal(),
            "rounds": safe._get_print_rounds(),
            "reports": safe._get_print_reports(),
            "photos": safe._get_print_photos_internal(),
        }

    def _get_print_label(self, record, name):
        """:return: label of a selection's value in the reader's language"""
        value = record[name]
        field = record._fields[name]
        return dict(field._description_selection(self.env)).get(value, "") if value else ""

    def _get_print_facts(self):
        """:return: list of ``(label, value)`` pairs that classify the case; empty ones left out"""
        pairs = [
            (self.env._("State"), self._get_print_label(self, "state")),
            (self.env._("Round"), str(self.round or 1)),
            (self.env._("Channel"), self.channel_id.name),
            (self.env._("Category"), self.category_id.name),
            (self.env._("Severity"), self._get_print_label(self, "severity")),
            (self.env._("Urgency"), self._get_print_label(self, "urgency")),
            (self.env._("Validity"), self._get_print_label(self, "validity")),
            (self.env._("Responsibility"), self._get_print_label(self, "responsibility")),
            (self.env._("Outcome"), self._get_print_label(self, "outcome")),
            (self.env._("Carrier"), self.carrier_name),
            (self.env._("Tracking number"), self.tracking_ref),
            (self.env._("Received"), self._get_print_day(self.date_received)),
            (self.env._("Registered"), self._get_print_day(self.date_registered)),
            (self.env._("Planned"), self._get_print_day(self.date_planned)),
            (self.env._("Reported"), self._get_print_day(self.date_reported)),
            (self.env._("Resolved"), self._get_print_day(self.date_resolved)),
            (self.env._("Closed"), self._get_print_day(self.date_closed)),
        ]
        return [(label, value) for label, value in pairs if value]

    def _get_print_people(self):
        """:return: list of ``(role, name)``: who works on the case"""
        pairs = [
            (self.env._("Salesperson"), self.user_id.name),
            (self.env._("Lead"), self.lead_user_id.name),
            (self.env._("Team"), self.team_id.name),
            (self.env._("Cause and measures approved by"), self.measures_approved_by_id.name),
        ]
        return [(label, value) for label, value in pairs if value]

    def _get_print_texts(self):
        """:return: list of ``(title, text)`` with the user's own rights; empty ones left out"""
        fields_get = self.fields_get(
            [
                "description",
                "investigation_result",
                "plan_summary",
                "assessment",
                "customer_feedback",
            ],
            ["string"],
        )
        return [
            (info["string"], self[name].strip())
            for name, info in fields_get.items()
            if (self[name] or "").strip()
        ]

    def _get_print_causes_internal(self):
        """:return: list of ``{"name", "type", "details"}``; details are ``(label, value)`` pairs"""
        rows = []
        for cause in self.cause_ids:
            # Fields the user may not read are not among them
            labels = cause.fields_get(
                [
                    "category_id",
                    "department_id",
                    "whys",
                    "evidence_note",
                    "machine",
                    "shift",
                    "operator_name",
                    "penalty",
                ],
                ["string", "type"],
            )
            details = []
            for name, info in labels.items():
                value = cause[name].display_name if info["type"] == "many2one" else cause[name]
                if value:
                    details.append((info["string"], value))
            rows.append(
                {
                    "name": cause.name,
                    "type": self._get_print_label(cause, "cause_type"),
                    "state": self._get_print_label(cause, "state"),
                    "details": details,
                }
            )
        return rows

    def _get_print_actions_internal(self):
        """:return: list of dicts, one an action, with owner, dates, state and result"""
        return [
            {
                "kind": self._get_print_label(action, "kind"),
                "name": action.name,
                "owner": action.user_id.name or "",
                "department": action.department_id.name or "",
                "deadline": self._get_print_day(action.deadline),
                "done": self._get_print_day(action.date_done),
                "state": self._get_print_label(action, "state"),
                "note": action.completion_note or "",
            }
            for action in self.action_ids
        ]

    def _get_print_evidence_internal(self):
        """:return: list of dicts, one a piece of evidence"""
        return [
            {
                "kind": self._get_print_label(evidence, "kind"),
                "name": evidence.name,
                "sample": self._get_print_label(evidence, "sample_state"),
                "place": evidence.sample_place or "",
                "reason": evidence.missing_reason or "",
            }
            for evidence in self.evidence_ids
        ]

    def _get_print_photos_internal(self):
        """:return: photos as for customers, and those they do not see"""
        photos = []
        for evidence in self.evidence_ids.filtered(lambda e: e.kind in ("photo", "sample")):
            uri = evidence._get_photo_uri()
            if uri:
                photos.append({"uri": uri, "caption": evidence.name})
        return photos

    def _get_print_rounds(self):
        """:return: list of dicts of the earlier rounds; none for a case with one round"""
        if len(self.round_ids) < 2:
            return []
        return [
            {
                "number": str(round_.number),
                "kind": self._get_print_label(round_, "kind"),
                "reason": round_.reason or "",
                "opened": self._get_print_day(round_.date_opened),
            }
            for round_ in self.round_ids
        ]

    def _get_print_reports(self):
        """:return: list of dicts of the documents that exist"""
        return [
            {
                "name": report.name,
                "kind": self._get_print_label(report, "kind"),
                "state": self._get_print_label(report, "state"),
                "sent": self._get_print_day(report.date_sent),
            }
            for report in self.report_ids
        ]
