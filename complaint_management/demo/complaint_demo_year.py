import csv
from datetime import datetime, time, timedelta

from odoo import Command, api, fields, models
from odoo.tools import file_open

from ..models.clocks.working_time import get_working_times
from ..models.complaint.complaint_state_guard import TRUSTED
from .complaint_demo import MODULE

# Working hours the four deadlines of a case in the old register allowed.
ALLOWED_HOURS = {"response": 0.25, "plan": 24.0, "handling": 40.0, "report": 56.0}
# Which date of the complaint stopped them, and after which share of the days it took.
STOPS = {
    "response": ("date_responded", 0.0),
    "plan": ("date_planned", 0.5),
    "handling": ("date_handled", 0.9),
    "report": ("date_reported", 1.0),
}


class ComplaintDemoYear(models.AbstractModel):
    """A year of closed cases, taken over from an old register: what the figures are made of.

    An administrator imports them with their past, as ``create`` allows; nobody is told anything.
    Each case has an order that was shipped, so that parts per million mean something.
    """

    _inherit = "complaint.demo"

    @api.model
    def _record_year(self, salesperson_id, lead_id):
        """Record the orders of ``complaint_year.csv`` and the cases about them.

        Columns: ``days`` ago it was received; quantities in the product's unit; ``answered`` after
        so many minutes; ``took`` so many days until it was resolved; ``measure_days`` after which
        the measure was done. A line without words is an order nobody complained about.
        """
        with file_open(f"{MODULE}/demo/complaint_year.csv") as table:
            cases = list(csv.DictReader(table))
        for number, case in enumerate(cases, 1):
            order = self._record_order(salesperson_id, case)
            if not case["words"]:
                continue
            complaint = self._record_case(order, number, case, lead_id)
            self._record_clocks(complaint)
            self._record_measure(complaint, case, lead_id)
            if case["stars"]:
                complaint._rate_by_customer(case["stars"], case["feedback"], "survey")
        self._compare_year()

    @api.model
    def _find(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    @api.model
    def _trusted(self, model):
        """:return: ``model`` as verbs write it: nobody else adds to a case that is over"""
        return self.env[model].with_context(complaint_transition=TRUSTED)

    # ------------------------------------------------------------
    # What was sold
    # ------------------------------------------------------------
    @api.model
    def _record_order(self, salesperson_id, case):
        """Goods made ten days before they left, which was 20 days before somebody complained."""
        product, quantity = self._find(case["product"]), float(case["shipped"])
        days = int(case["days"]) + 20
        order = self.env["sale.order"].create(
            {
                "partner_id": self._find(case["partner"]).id,
                "user_id": salesperson_id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                ],
            }
        )
        made = fields.Date.context_today(self) - timedelta(days=days + 10)
        lot = self.env["stock.lot"].create(
            {"product_id": product.id, "name": f"{product.default_code}-{made:%y%m%d}-{order.id}"}
        )
        self._ship(order.id, days, [(product.id, lot.id, quantity)])
        return order

    # ------------------------------------------------------------
    # What was complained about
    # ------------------------------------------------------------
    @api.model
    def _record_case(self, order, number, case, lead_id):
        received = datetime.combine(
            fields.Date.context_today(self) - timedelta(days=int(case["days"])),
            time(8 + number % 6, 10),
        )
        complaints = self.env["complaint.complaint"]
        prepared = complaints._prepare_from_order(order)
        complaint = complaints.create(
            {
                **prepared,
                **self._prepare_case_vals(case, received, lead_id),
                "name": f"REG-{received:%Y}-{number:03}",
                "line_ids": [
                    Command.create({**vals, **self._prepare_quantities(case)})
                    for _command, _id, vals in prepared["line_ids"]
                ],
            }
        )
        self._record_findings(complaint, case)
        return complaint

    @api.model
    def _prepare_case_vals(self, case, received, lead_id):
        defect = self._find(case["defect"])
        took = timedelta(days=int(case["took"]))
        return {
            **{name: received + took * share for name, share in STOPS.values()},
            "date_responded": received + timedelta(minutes=int(case["answered"] or 10)),
            "description": case["words"],
            "defect_id": defect.id,
            "category_id": defect.category_id.id,
            "channel_id": self._find(case["channel"] or "channel_email").id,
            "lead_user_id": lead_id,
            "state": "closed",
            "date_received": received,
            "date_registered": received + timedelta(hours=1),
            "date_resolved": received + took,
            "date_closed": received + took + timedelta(days=3),
            "outcome": case["outcome"] or "accepted",
            "validity": case["validity"] or "justified",
            "plan_summary": case["plan"],
            "investigation_result": case["found"],
            "customer_feedback": case["feedback"],
        }

    @api.model
    def _prepare_quantities(self, case):
        return {
            "quantity_complained": float(case["complained"]),
            "quantity_confirmed": float(case["confirmed"]),
            "defect_id": self._find(case["defect"]).id,
        }

    @api.model
    def _record_findings(self, complaint, case):
        """The point, its finding, and the cause that was verified."""
        complaint._make_points()
        complaint.point_ids._write_trusted(
            {"finding": "confirmed" if float(case["confirmed"]) else "not_confirmed"}
        )
        if case["cause"]:
            self._trusted("complaint.cause").create(
                {
                    "complaint_id": complaint.id,
                    "name": case["cause_words"],
                    "category_id": self._find(case["cause"]).id,
                    "department_id": self._find(case["department"]).id,
                    "evidence_note": "Tried out at the workshop.",
                    "state": "verified",
                }
            )

    # ------------------------------------------------------------
    # What was done
    # ------------------------------------------------------------
    @api.model
    def _record_measure(self, complaint, case, lead_id):
        if not case["measure"]:
            return
        done = complaint.date_received + timedelta(days=int(case["measure_days"]))
        self._trusted("complaint.action").create(
            {
                "complaint_id": complaint.id,
                "kind": case["measure"],
                "name": case["measure_words"],
                "user_id": lead_id,
                "deadline": done.date(),
                "date_done": done,
                "completion_note": "Introduced and shown to everybody concerned.",
                # Goods that left from then on carry it
                "clean_date": done.date(),
                "state": "done",
                "cause_id": complaint.cause_ids.id,
                "department_id": complaint.cause_ids.department_id.id,
            }
        )

    @api.model
    def _compare_year(self):
        """What the job finds: which measures work, what comes again and again."""
        actions = self.env["complaint.action"]
        actions.search([("has_clean_point", "=", True)])._compare_due()
        complaints = self.env["complaint.complaint"].search([("is_counted", "=", True)])
        self.env["complaint.repetition"]._find(complaints)

    @api.model
    def _record_clocks(self, complaint):
        """The deadlines as they would have run, by the working hours of the team."""
        complaint_round = complaint.round_ids
        complaint_round.date_opened = complaint.date_received
        working_time = get_working_times(complaint)[complaint]
        vals_list = [
            complaint._prepare_clock_vals(
                kind, complaint_round, complaint.date_received, (hours, 80), working_time
            )
            for kind, hours in ALLOWED_HOURS.items()
        ]
        self._trusted("complaint.clock").create(vals_list)
