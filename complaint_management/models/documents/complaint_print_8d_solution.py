from odoo import fields, models

MEASURE_KINDS = ("corrective", "preventive")


class ComplaintPrint8dSolution(models.Model):
    """D5 to D8 of an 8D report: what removes the causes, since when, and that it works."""

    _inherit = "complaint.complaint"

    def _get_print_8d_measures(self):
        """:return: the ``complaint.action`` against causes in the order of their causes; what was
        rolled out elsewhere is read-across (D7) and not among them
        """
        causes = list(self._get_print_causes())
        actions = self.action_ids.filtered(
            lambda a: (
                a.kind in MEASURE_KINDS
                and a.state != "cancelled"
                and not self._is_print_readacross(a)
            )
        )
        return actions.sorted(
            lambda a: (
                causes.index(a.cause_id) if a.cause_id in causes else len(causes),
                a.kind != "corrective",
                a.deadline,
                a.id,
            )
        )

    @staticmethod
    def _is_print_readacross(action):
        """:return: whether a measure stops elsewhere what happened here"""
        return bool(action.origin_action_id) or (
            action.kind == "preventive" and not action.cause_id
        )

    def _fill_print_8d_d5(self, section):
        """Measure per cause: which, by whom until when, chosen and verified how."""
        labels = self._get_print_cause_labels()
        rows = [
            [
                labels.get(action.cause_id.cause_type, ""),
                action.name,
                action.department_id.name or "",
                self._get_print_day(action.deadline),
                (action.choice_note or "").strip(),
            ]
            for action in self._get_print_8d_measures()
        ]
        columns = [
            (self.env._("Against the cause"), 17),
            (self.env._("Measure"), 36),
            (self.env._("Department"), 15),
            (self.env._("Due"), 14),
            (self.env._("Chosen and verified how"), 30),
        ]
        if rows and not any(row[0] for row in rows):
            rows, columns = [row[1:] for row in rows], columns[1:]
        section["tables"].append(self._make_print_table("measures", columns, rows))

    def _fill_print_8d_d6(self, section):
        """Introduced when, good from which goods on, validated by which numbers."""
        rows = []
        for action in self._get_print_8d_measures():
            row = self._prepare_print_measure(action)
            validation = (action.validation_note or action.evidence_note or "").strip()
            if row["done"] or row["clean"] or validation:
                rows.append([row["name"], row["done"], row["clean"], validation])
        columns = [
            (self.env._("Measure"), 38),
            (self.env._("Introduced"), 14),
            (self.env._("Good from"), 17),
            (self.env._("Validation"), 32),
        ]
        section["tables"].append(self._make_print_table("introduced", columns, rows))

    def _fill_print_8d_d7(self, section):
        """Documents revised, and where else the measure was applied; the lesson is the text."""
        rows = [
            [
                self._get_print_label(row, "kind"),
                row.name or "",
                row.revision or "",
                self._get_print_day(row.date_due),
                self._get_print_day(self._get_print_past(row.date_done)),
            ]
            for row in self.revision_ids
        ]
        columns = [
            (self.env._("Document"), 22),
            (self.env._("Number and title"), 36),
            (self.env._("Revision"), 14),
            (self.env._("Due"), 14),
            (self.env._("Released"), 14),
        ]
        section["tables"].append(self._make_print_table("documents", columns, rows))
        actions = self.action_ids.filtered(
            lambda a: (
                a.kind in MEASURE_KINDS and a.state != "cancelled" and self._is_print_readacross(a)
            )
        )
        rows = [
            [row["name"], row["department"], row["due"], row["done"]]
            for row in map(self._prepare_print_measure, actions)
        ]
        columns = [
            (self.env._("Applied elsewhere"), 50),
            (self.env._("Department"), 20),
            (self.env._("Due"), 14),
            (self.env._("Done"), 14),
        ]
        section["tables"].append(self._make_print_table("readacross", columns, rows))

    def _get_print_past(self, day):
        """:return: a day that has come, else False: no future day stands under *done*"""
        # The company's day: east of Greenwich it begins before that of UTC
        local = self.with_context(tz=self._get_print_tz())
        today = fields.Datetime.context_timestamp(local, self._get_print_now()).date()
        return day if day and day <= today else False

    def _fill_print_8d_d8(self, section):
        """Whether it works, and that sorting has ended; thanks is the text."""
        verdicts = dict(self.action_ids._fields["verdict"]._description_selection(self.env))
        rows = [
            [
                row["name"],
                row["due"],
                row["done"],
                verdicts.get(action.verdict, ""),
                row["evidence"],
            ]
            for action in self.action_ids.filtered(
                lambda a: a.kind == "verification" and a.state != "cancelled"
            )
            for row in (self._prepare_print_measure(action),)
        ]
        columns = [
            (self.env._("Check of effectiveness"), 40),
            (self.env._("Due"), 14),
            (self.env._("Done"), 14),
            (self.env._("Result"), 14),
            (self.env._("Evidence"), 20),
        ]
        section["tables"].append(self._make_print_table("effect", columns, rows))
        removed = self._get_print_past(self.date_containment_removed)
        section["pairs"].append(
            [self.env._("Containment removed on"), self._get_print_day(removed)]
        )
