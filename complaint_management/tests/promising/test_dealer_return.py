import hashlib
import io

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from .approval_common import ApprovalCommon


class DealerCommon(ApprovalCommon):
    """A dealer wants to give rusty screwdrivers back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.name = "Dealer 螺丝"
        cls.order = cls._order()

    def _dealer_return(self, deliver=True, **vals):
        if deliver:
            self._deliver(self.order)
        line = self._prepare_line_vals(sale_line_id=self.order.order_line.id)
        if deliver:
            line["move_id"] = self.order.picking_ids.move_ids.id
        complaint = self._registered_complaint(
            **{
                "complainant_type": "dealer",
                "customer_reference": "D-88",
                "sale_order_id": self.order.id,
                "line_ids": [Command.create(line)],
                "demand_ids": [Command.create({"kind": "return", "name": "Take them back"})],
                **vals,
            }
        )
        complaint.investigation_result = "Rust under the coating"
        return complaint.demand_ids.with_user(self.user_sales)

    def _find_ours(self, demand):
        demand.complaint_id.with_user(self.user_quality).responsibility = "ours"


@tagged("post_install", "-at_install")
class TestDealerReturn(DealerCommon):
    """Quality finds “ours”, the leadership decides, the application is made, the return starts
    (R39, R66).
    """

    def test_whole_way(self):
        demand = self._dealer_return()
        complaint = demand.complaint_id
        with self.assertRaisesRegex(UserError, r"quality \(Quality\) first has to find"):
            demand.action_accept()
        with self.assertRaisesRegex(UserError, r"quality \(Quality\) first has to find"):
            demand.action_request_approval("")
        self._find_ours(demand)
        self.assertEqual(complaint.found_ours_by_id, self.user_quality)
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            demand.action_accept()
        approval = self._ask(demand)
        self.assertEqual(approval.asked_user_id, self.user_leadership)
        with self.assertRaises(AccessError):
            approval.with_user(self.user_manager).action_approve("")

        approval.with_user(self.user_leadership).action_approve("Only this once, Zebra")
        self.assertEqual(approval.state, "approved")
        self.assertTrue(approval.decided_by_leadership)
        self.assertTrue(approval.application)
        self.assertEqual(demand.state, "accepted")
        picking = demand.sudo().picking_ids
        self.assertEqual(picking.picking_type_code, "incoming")
        self.assertEqual(picking.move_ids.product_uom_qty, 3.0)
        self._validate(picking)
        self.assertEqual(demand.state, "done")

    def test_a_salesperson_saying_ours_is_not_enough(self):
        demand = self._dealer_return()
        demand.complaint_id.with_user(self.user_sales).responsibility = "ours"
        self.assertFalse(demand.complaint_id.found_ours_by_id)
        with self.assertRaisesRegex(UserError, "first has to find"):
            demand.action_request_approval("")
        quality = demand.with_user(self.user_quality)
        self.assertFalse(demand.can_find_ours)
        self.assertTrue(quality.can_find_ours)
        with self.assertRaises(AccessError):
            demand.action_find_ours()
        quality.action_find_ours()
        self.assertEqual(demand.complaint_id.found_ours_by_id, self.user_quality)
        self._ask(demand)

    def test_another_finding_takes_it_back(self):
        demand = self._dealer_return()
        self._find_ours(demand)
        approval = self._ask(demand)
        demand.complaint_id.with_user(self.user_quality).responsibility = "carrier"
        self.assertFalse(demand.complaint_id.found_ours_by_id)
        with self.assertRaisesRegex(UserError, "first has to find"):
            approval.with_user(self.user_leadership).action_approve("")
        self.assertEqual(approval.state, "requested")

    def test_found_by_the_points(self):
        """Quality judges the only point; the complaint follows."""
        demand = self._dealer_return()
        point = demand.complaint_id.point_ids.with_user(self.user_quality)
        point.write({"finding": "confirmed", "responsibility": "ours"})
        self.assertEqual(demand.complaint_id.found_ours_by_id, self.user_quality)

    def test_nothing_delivered(self):
        """The approval stands, and the lead reads why it could not be started."""
        demand = self._dealer_return(deliver=False)
        self._find_ours(demand)
        approval = self._ask(demand)
        approval.with_user(self.user_leadership).action_approve("")
        self.assertEqual(approval.state, "approved")
        self.assertTrue(approval.application_sha256)
        self.assertFalse(demand.sudo().picking_ids)
        complaint = demand.complaint_id
        self.assertTrue(
            any("could not be started" in body for body in complaint.message_ids.mapped("body"))
        )
        todo = complaint.activity_ids.filtered(lambda a: "Start “" in (a.summary or ""))
        self.assertEqual(todo.user_id, complaint.lead_user_id)

    def test_leadership_does_not_skip_the_application(self):
        demand = self._dealer_return()
        self._find_ours(demand)
        with self.assertRaisesRegex(UserError, "the leadership decides"):
            demand.with_user(self.user_leadership).sudo().action_accept()

    def test_customers_need_no_application(self):
        demand = self._dealer_return(complainant_type="customer")
        demand.action_accept()
        self.assertFalse(demand.approval_ids)

    def test_the_file_stays(self):
        demand = self._dealer_return()
        self._find_ours(demand)
        approval = self._ask(demand)
        approval.with_user(self.user_leadership).action_approve("")
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "complaint.approval"),
                ("res_id", "=", approval.id),
                ("res_field", "=", "application"),
            ]
        )
        self.assertEqual(hashlib.sha256(file.raw).hexdigest(), approval.application_sha256)
        for attempt in (
            lambda: file.write({"raw": b"forged"}),
            lambda: file.write({"name": "other.pdf"}),
            file.unlink,
            lambda: file.copy(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.assertEqual(approval._get_application_bytes(), file.raw)

    def test_values_keep_inside_what_is_inside(self):
        demand = self._dealer_return()
        self._find_ours(demand)
        demand.complaint_id.sudo().cause_ids = [
            Command.create({"name": "Film", "operator_name": "Otto Operator", "penalty": "50"})
        ]
        approval = self._ask(demand, "Secret reason")
        approval.with_user(self.user_leadership).action_approve("Secret instruction")
        html, _type = (
            self.env["ir.actions.report"]
            .with_user(self.user_sales)
            ._render_qweb_html("complaint_management.report_return_application", approval.ids)
        )
        html = html.decode()
        for text in ("Dealer 螺丝", "D-88", "L-2001", "Rust under the coating", "Leadership"):
            self.assertIn(text, html)
        for secret in ("Otto", "Secret", "60.0", "20000", "50"):
            self.assertNotIn(f">{secret}", html)
        self.assertNotIn("Secret", html)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_colleagues_without_the_case_read_nothing(self):
        demand = self._dealer_return()
        self._find_ours(demand)
        approval = self._ask(demand)
        approval.with_user(self.user_leadership).action_approve("")
        with self.assertRaises(AccessError):
            approval.with_user(self.user_sales2).action_open_application()


@tagged("post_install", "-at_install")
class TestReturnApplicationPdf(DealerCommon, BrowserCase):
    """The PDF is made by the real engine once, and kept (R66, T20)."""

    def test_pdf(self):
        demand = self._dealer_return()
        self._find_ours(demand)
        approval = self._ask(demand)
        leader = approval.with_user(self.user_leadership)
        leader.with_context(force_report_rendering=True).action_approve("")
        content = approval._get_application_bytes()
        self.assertTrue(content.startswith(b"%PDF"))
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 1)
        text = pages[0].extract_text()
        for words in ("Return Application", "Screwdriver", "L-2001", "3 Units", "Leadership"):
            self.assertIn(words, text)
        self.authenticate(self.user_leadership.login, self.user_leadership.login)
        answer = self.url_open(leader.action_open_application()["url"])
        self.assertEqual(answer.content, content)
        demand.complaint_id.investigation_result = "Something else"
        self.assertEqual(approval._get_application_bytes(), content)
