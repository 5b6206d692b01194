from odoo.exceptions import UserError
from odoo.tests import tagged

from .mail_common import ADDRESS, PHOTO, MailCommon


@tagged("post_install", "-at_install")
class TestMailReply(MailCommon):
    """Answers land in the right complaint (R5, R48)."""

    def _post(self, complaint):
        return complaint.with_user(self.user_sales).message_post(
            body="Dear Hanna",
            partner_ids=self.contact.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def test_by_reference(self):
        complaint = self._registered_complaint()
        message = self._post(complaint)
        before = self._count()
        answered = self._receive(
            self._mail(
                "Here is the photo.",
                Subject="Re: whatever",
                References=f"<x@y> {message.message_id}",
                files=[("tear.png", PHOTO, "image/png")],
            )
        )
        self.assertEqual(answered, complaint)
        self.assertEqual(self._count()[0], before[0])
        self.assertIn("tear.png", complaint.evidence_ids.mapped("file_name"))
        self.assertFalse(complaint.sender_state, "it came another way")

    def test_case_that_takes_no_more_files(self):
        """The answer lands all the same, its files stay in it."""
        complaint = self._registered_complaint()
        message = self._post(complaint)
        self.company.complaint_evidence_max = len(complaint.evidence_ids)
        answer = self._mail(
            In_Reply_To=message.message_id, files=[("late.png", PHOTO, "image/png")]
        )
        self.assertEqual(self._receive(answer), complaint)
        self.assertNotIn("late.png", complaint.evidence_ids.mapped("file_name"))
        self.assertIn("late.png", "".join(complaint.message_ids.mapped("body")))

    def test_by_number(self):
        complaint = self._registered_complaint()
        for subject in (f"Re: [{complaint.name}] napkins", f"AW: {complaint.name}"):
            self.assertEqual(self._receive(self._mail(Subject=subject)), complaint)
        colleague = self._mail(From="office@harbour-hotel.example.com", Subject=complaint.name)
        self.assertEqual(self._receive(colleague), complaint, "his colleague belongs to it too")

    def test_number_of_another_company(self):
        company = self._second_company()
        other = self._complaint(company_id=company.id, partner_id=self.customer.id, user_id=False)
        other.name = other.name
        found = self._receive(self._mail(Subject=f"Re: {other.name}/x"))
        self.assertNotEqual(found, other)

    def test_after_the_end(self):
        complaint = self._registered_complaint()
        message = self._post(complaint)
        complaint.action_cancel(reason="Entered twice")
        complaint.activity_ids.unlink()
        for _number in range(2):
            answered = self._receive(
                self._mail("It is broken again.", Subject="Re:", In_Reply_To=message.message_id)
            )
            self.assertEqual(answered, complaint)
        self.assertEqual(complaint.state, "cancelled")
        kind = self.env.ref("complaint_management.mail_activity_incoming_mail")
        asked = complaint.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        self.assertEqual(asked.user_id, self.user_sales)
        self.assertEqual(len(asked), 1)

    def test_answer_to_a_deleted_draft(self):
        """What it answered is gone: a new draft, in the team of the address."""
        complaint = self._receive(self._mail())
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        name = message.message_id
        complaint.sudo().unlink()
        again = self._receive(self._mail(Subject="Re: Torn", In_Reply_To=name))
        self.assertEqual(again.team_id, self.team)

    def test_hints_and_taking_over(self):
        order = self._order(client_order_ref="PO 4711-X")
        picking = self._deliver(order)
        text = f"Your delivery {picking.name} for our order PO 4711-X is torn."
        complaint = self._receive(self._mail(text)).with_user(self.user_service)
        self.assertFalse(complaint.sale_order_id)
        self.assertEqual(complaint.hint_picking_id, picking)
        complaint.action_take_hint_picking()
        self.assertEqual(complaint.picking_id, picking)
        self.assertEqual(complaint.line_ids.product_id, self.product)
        self.assertEqual(complaint.description, text)
        with self.assertRaises(UserError):
            complaint.action_take_hint_picking()

    def test_hint_order_and_lot(self):
        product = self._product("lot", name="Napkins")
        lot = self._lot(product, "L-77-2026")
        order = self._order(lines=[(product, 5.0)], client_order_ref="4500012345")
        complaint = self._receive(self._mail("订单4500012345，批号L-77-2026有破损。"))
        complaint = complaint.with_user(self.user_service)
        self.assertEqual(complaint.hint_order_id, order)
        self.assertEqual(complaint.hint_lot_id, lot)
        complaint.action_take_hint_order()
        complaint.action_take_hint_lot()
        self.assertEqual(complaint.line_ids.lot_ids, lot)
        self.assertFalse(complaint.hint_order_id | complaint.hint_order_id)
        self.assertFalse(complaint.hint_lot_id)

    def test_hints_need_the_readers_rights(self):
        order = self._order(user=self.user_sales2)
        complaint = self._receive(self._mail(f"About {order.name}."))
        complaint.user_id = self.user_sales
        self.assertEqual(complaint.with_user(self.user_service).hint_order_id, order)
        self.assertFalse(complaint.with_user(self.user_sales).hint_order_id)

    def test_join(self):
        known = self._registered_complaint()
        draft = self._receive(
            self._mail(
                From="Guest <guest@nowhere.example.org>",
                Subject=f"About {known.name}",
                files=[("tear.png", PHOTO, "image/png")],
            )
        ).with_user(self.user_service)
        self.assertEqual(draft.hint_complaint_id, known)
        draft.action_join_hint_complaint()
        self.assertEqual((draft.state, draft.duplicate_of_id), ("cancelled", known))
        message = known.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(message.attachment_ids.res_id, known.id)
        self.assertIn("tear.png", known.evidence_ids.mapped("file_name"))

    def test_answers_come_to_the_team(self):
        """Where the reference is lost, the team's address still makes something of the mail."""
        complaint = self._registered_complaint(team_id=self.team.id)
        self.assertIn(ADDRESS, self._post(complaint).reply_to)

    def test_hints_for_many_cost_as_few(self):
        orders = [self._order() for _number in range(9)]
        drafts = self.env["complaint.complaint"]
        for order in orders:
            drafts |= self._complaint(description=f"About {order.name}.")
        drafts._write_trusted({"sender_state": "verified"})
        self.env.flush_all()
        counts = []
        for batch in (drafts[:1], drafts[:1], drafts):
            self.env.invalidate_all()
            batch.mapped("description")
            before = self.env.cr.sql_log_count
            self.assertEqual(len(batch.mapped("hint_order_id")), len(batch))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertNoQueryEach(*counts[1:], further=8)
