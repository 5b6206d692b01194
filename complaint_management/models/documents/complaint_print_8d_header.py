from odoo import models

SAFETY_CODE = "safety"
# The header box stays on one page: of more goods than this only some are named there.
HEADER_VALUES = 8
HEADER_SHOWN = 5


class ComplaintPrint8dHeader(models.Model):
    """The header box of an 8D report: whose case it is, which goods, where from."""

    _inherit = "complaint.complaint"

    def _get_print_8d_header(self, report):
        """:return: list of ``{"key", "label", "value", "side"}``, empty values included"""
        case = self._get_print_case()
        contact = self._get_print_contact()
        # sudo: the profile of a document the user may read
        profile = report.profile_id.sudo()
        left = [
            ("customer", self.env._("Customer"), case["customer"]),
            ("plant", self.env._("Plant"), self.customer_plant or profile.plant or ""),
            ("reference", self.env._("Customer's complaint no."), case["reference"]),
            *self._get_print_8d_part(),
            ("order", self.env._("Order"), self._get_print_8d_order(case)),
            *self._get_print_8d_marks(),
        ]
        right = [
            ("supplier", self.env._("Supplier"), self.company_id.name),
            ("supplier_code", self.env._("Supplier code"), profile.supplier_code or ""),
            ("our_number", self.env._("Our number"), self.name),
            ("received", self.env._("Received on"), case["date"]),
            *self._get_print_8d_delivery(),
            ("contact", self.env._("Contact"), ", ".join(filter(None, contact.values()))),
        ]
        return [
            {"key": key, "label": label, "value": value, "side": side}
            for side, rows in (("left", left), ("right", right))
            for key, label, value in rows
        ]

    def _get_print_8d_order(self, case):
        """:return: the customer's order number, then ours"""
        return ", ".join(filter(None, (case["order_ref"], case["orders"])))

    def _get_print_8d_lines(self):
        """:return: the affected ``complaint.line``"""
        return self.line_ids.filtered(lambda line: line.quantity_complained or not line.move_id)

    def _get_print_8d_part(self):
        """:return: list of (key, label, value): which part, in the customer's words and ours"""
        lines = self._get_print_8d_lines()
        goods = self._get_print_goods()
        names = dict.fromkeys(row["name"] for row in goods if row["name"])
        codes = dict.fromkeys(row["code"] for row in goods if row["code"])
        parts = dict.fromkeys(filter(None, lines.mapped("customer_part")))
        drawings = dict.fromkeys(filter(None, lines.mapped("drawing_revision")))
        return [
            ("part_name", self.env._("Part name"), self._join_print_few(names)),
            ("part_number", self.env._("Part number (customer)"), self._join_print_few(parts)),
            ("part_code", self.env._("Part number (supplier)"), self._join_print_few(codes)),
            ("drawing", self.env._("Drawing, revision"), self._join_print_few(drawings)),
        ]

    def _join_print_few(self, values):
        """:return: the values in one line; of many the first, all are in the table of goods"""
        values = list(values)
        if len(values) <= HEADER_VALUES:
            return ", ".join(values)
        return self.env._(
            "%(values)s … (%(count)s in all, see D2)",
            values=", ".join(values[:HEADER_SHOWN]),
            count=len(values),
        )

    def _get_print_8d_delivery(self):
        """:return: list of (key, label, value): delivery, lot, production date, quantities"""
        lines = self._get_print_8d_lines()
        goods = self._get_print_goods()
        pickings = lines.picking_id | self.picking_id
        lots = dict.fromkeys(row["lots"] for row in goods if row["lots"])
        days = dict.fromkeys(row["production_date"] for row in goods if row["production_date"])
        return [
            (
                "delivery",
                self.env._("Delivery note"),
                self._join_print_few(pickings.mapped("name")),
            ),
            ("lot", self.env._("Lot"), self._join_print_few(lots)),
            ("production_date", self.env._("Production date"), self._join_print_few(days)),
            (
                "quantity",
                self.env._("Quantity complained"),
                self._get_print_8d_quantity(lines, "quantity_complained"),
            ),
            (
                "confirmed",
                self.env._("Quantity confirmed"),
                self._get_print_8d_quantity(lines, "quantity_confirmed"),
            ),
        ]

    def _get_print_8d_quantity(self, lines, name):
        """:return: sum of a quantity, one for each unit; empty where it is nought"""
        sums = {}
        for line in lines:
            sums[line.product_uom_id] = sums.get(line.product_uom_id, 0) + line[name]
        return ", ".join(
            self._get_print_quantity(total, uom) for uom, total in sums.items() if total
        )

    def _get_print_8d_marks(self):
        """:return: list of (key, label, value): 0 km or field, repeat, safety"""
        safety = SAFETY_CODE in (self.risk_id.code, self.category_id.code)
        return [
            ("failure", self.env._("Failure type"), self._get_print_label(self, "failure_place")),
            ("repeat", self.env._("Repeated complaint"), self._get_print_yes(self.is_repeat)),
            ("safety", self.env._("Safety relevant"), self._get_print_yes(safety)),
        ]

    def _get_print_yes(self, value):
        return self.env._("yes") if value else self.env._("no")
