from odoo import models


class ComplaintPrint8dProblem(models.Model):
    """D0 to D3 of an 8D report: who, what, and how the customer is protected meanwhile."""

    _inherit = "complaint.complaint"

    def _fill_print_8d_d0(self, section):
        """Immediate protection: what was done at once, with the day it was done."""
        rows = [
            [row["name"], row["department"], row["due"], row["done"], row["evidence"]]
            for row in self._get_print_measures("containment")
        ]
        columns = [
            (self.env._("Immediate action"), 44),
            (self.env._("Department"), 16),
            (self.env._("Due"), 14),
            (self.env._("Done"), 14),
            (self.env._("Evidence"), 22),
        ]
        section["tables"].append(self._make_print_table("protection", columns, rows))

    def _fill_print_8d_d1(self, section):
        """The team: who was named, else who leads the case."""
        rows = [
            [
                self._get_print_label(member, "role"),
                member.name,
                member.function or "",
                member.contact or "",
            ]
            for member in self._get_print_members()
        ]
        if not any(member.role == "leader" for member in self.member_ids):
            leader = self.lead_user_id or self.user_id
            if leader:
                label = dict(self.member_ids._fields["role"]._description_selection(self.env))
                rows.insert(0, [label["leader"], leader.name, "", ""])
        columns = [
            (self.env._("Role"), 20),
            (self.env._("Name"), 30),
            (self.env._("Function"), 30),
            (self.env._("Contact"), 30),
        ]
        section["tables"].append(self._make_print_table("team", columns, rows))

    def _get_print_members(self):
        """:return: ``complaint.member``, champion and leader first"""
        order = [key for key, _label in self.member_ids._fields["role"].selection]
        return self.member_ids.sorted(lambda m: (order.index(m.role), m.sequence, m.id))

    def _fill_print_8d_d2(self, section):
        """The problem: 5W2H or is/is-not, goods, finding per point, OK and NOK photos."""
        section["tables"].append(self._get_print_8d_comparison())
        section["tables"].append(self._get_print_8d_goods())
        section["tables"].append(self._get_print_8d_points())
        section["photos"] = self._get_print_8d_photos()

    def _get_print_8d_comparison(self):
        rows = [
            [
                self._get_print_label(row, "question"),
                row.observed.strip(),
                (row.not_observed or "").strip(),
            ]
            for row in self.comparison_ids
        ] or [[*pair, ""] for pair in self._get_print_8d_questions() if pair[1]]
        columns = [
            (self.env._("Question"), 18),
            (self.env._("Is"), 41),
            (self.env._("Is not"), 41),
        ]
        return self._make_print_table("comparison", columns, rows)

    def _get_print_8d_questions(self):
        """:return: 5W2H as far as registration answered it: list of ``[label, value]``"""
        case = self._get_print_case()
        labels = dict(self.comparison_ids._fields["question"]._description_selection(self.env))
        lines = self._get_print_8d_lines()
        return [
            [labels["what"], case["defect"]],
            [labels["who"], case["complainant"] or case["contact"]],
            [labels["where"], case["place"] or case["purchase_place"]],
            [labels["when"], case["occurred"]],
            [labels["how_many"], self._get_print_8d_quantity(lines, "quantity_complained")],
        ]

    def _get_print_8d_goods(self):
        """A table of the goods where the header box cannot say which lot had how many."""
        rows = [
            [
                row["name"],
                line.customer_part or "",
                row["code"],
                line.drawing_revision or "",
                line.picking_id.name or "",
                row["lots"],
                row["production_date"],
                row["shipped"],
                row["quantity"],
            ]
            for row, line in zip(self._get_print_goods(), self._get_print_8d_lines(), strict=True)
        ]
        columns = [
            (self.env._("Goods"), 34),
            (self.env._("Part number (customer)"), 18),
            (self.env._("Part number (supplier)"), 18),
            (self.env._("Drawing, revision"), 16),
            (self.env._("Delivery note"), 18),
            (self.env._("Lot"), 20),
            (self.env._("Production date"), 15),
            (self.env._("Shipped on"), 15),
            (self.env._("Quantity"), 16),
        ]
        return self._make_print_table("goods", columns, rows if len(rows) > 1 else [])

    def _get_print_8d_points(self):
        """Finding per point; of one point too, where anything was found."""
        rows = [
            [row["name"], row["goods"], row["finding"], row["note"]]
            for row in map(self._prepare_print_point, self.point_ids)
        ]
        if len(rows) == 1 and not (rows[0][2] or rows[0][3]):
            rows = []
        columns = [
            (self.env._("Point"), 26),
            (self.env._("Goods"), 20),
            (self.env._("Finding"), 16),
            (self.env._("What was found"), 38),
        ]
        return self._make_print_table("points", columns, rows)

    def _get_print_8d_photos(self):
        """:return: photos the customer may see, bad ones first, marked OK or not OK"""
        order = {"nok": 0, False: 1, "ok": 2}
        photos = []
        for evidence in self._get_photo_evidence().sorted(
            lambda e: (order[e.condition], e.sequence, e.id)
        ):
            uri = evidence._get_photo_uri()
            if uri:
                photos.append(
                    {
                        "uri": uri,
                        "caption": evidence.name,
                        "condition": self._get_print_label(evidence, "condition"),
                        "condition_code": evidence.condition or "",
                    }
                )
        return photos

    def _fill_print_8d_d3(self, section):
        """Containment: checked where, how many bad, and from which lot on goods are good."""
        rows = [
            [
                self._get_print_label(check, "place"),
                self._get_print_quantity(check.quantity_checked, self.env["uom.uom"])
                if check.date
                else "",
                self._get_print_quantity(check.quantity_nok, self.env["uom.uom"])
                if check.date
                else "",
                check.action or "",
                self._get_print_day(check.date),
            ]
            for check in self.check_ids
        ]
        columns = [
            (self.env._("Place"), 28),
            (self.env._("Pieces checked"), 12),
            (self.env._("Not OK"), 12),
            (self.env._("Action"), 36),
            (self.env._("Date"), 14),
        ]
        section["tables"].append(self._make_print_table("checks", columns, rows))
        rows = [
            [row["name"], row["department"], row["due"], row["done"], row["evidence"]]
            for row in self._get_print_measures("correction")
        ]
        columns = [
            (self.env._("Correction"), 44),
            (self.env._("Department"), 16),
            (self.env._("Due"), 14),
            (self.env._("Done"), 14),
            (self.env._("Evidence"), 22),
        ]
        section["tables"].append(self._make_print_table("corrections", columns, rows))
        section["pairs"] += [
            [self.env._("First certified-good lot"), self.first_good_lot or ""],
            [self.env._("Marked how"), self.first_good_marking or ""],
        ]
