from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.complaint.complaint_complaint import ComplaintComplaint
from .concerned import SECRET, ConcernedCommon
from .fixtures import own_models

COMPLAINT = ComplaintComplaint._name


@tagged("post_install", "-at_install")
class TestConcernedDoors(ConcernedCommon):
    """Who is complained about sees nothing of his case, by any door of the ORM (R73)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._name_them()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()
        logger = mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
        logger.__enter__()
        self.addCleanup(logger.__exit__)

    def _each(self, record):
        """Yield ``record`` as each of those it is about."""
        for user in self.concerned:
            self.env.invalidate_all()
            yield record.with_user(user)

    def _assert_closed(self, record, domain=None):
        """No way of reading, finding, counting or changing ``record``."""
        record.env.invalidate_all()
        domain = domain or [("id", "in", record.ids)]
        records = record.with_context(active_test=False)
        if records.browse().has_access("read"):
            self.assertFalse(records.search(domain))
            self.assertFalse(records.search_count(domain))
            self.assertFalse(records.search_read(domain, ["id"]))
            self.assertFalse(
                [g for g in records.formatted_read_group(domain, [], ["__count"]) if g["__count"]]
            )
            self.assertFalse(records.name_search("", domain))
        for operation in ("read", "write", "unlink"):
            self.assertFalse(record.has_access(operation), operation)
        with self.assertRaises(AccessError):
            record.read(["display_name"])
        with self.assertRaises(AccessError):
            record.web_read({"display_name": {}})
        with self.assertRaises(AccessError):
            record.export_data([".id", "display_name"])

    # ------------------------------------------------------------
    # The complaint and its parts
    # ------------------------------------------------------------
    def test_complaint(self):
        for complaint in self._each(self.complaint):
            with self.subTest(user=complaint.env.user.login):
                self._assert_closed(complaint)
                self.assertFalse(complaint.search([("description", "ilike", SECRET)]))
                self.assertFalse(complaint.name_search(SECRET))
                self.assertFalse(
                    complaint.search([("create_uid", "!=", 0), ("id", "=", complaint.id)])
                )

    def test_every_part(self):
        for record in self.records.values():
            if record:
                for part in self._each(record):
                    with self.subTest(user=part.env.user.login):
                        self._assert_closed(part)

    def test_all_of_a_part(self):
        """Parts made by the system as well: plan actions, rounds, clocks."""
        for name in own_models(self.env):
            model = self.env[name]
            if "complaint_id" not in model._fields or model._transient:
                continue
            for part in self._each(model):
                with self.subTest(user=part.env.user.login):
                    if part.has_access("read"):
                        self.assertFalse(part.search([("complaint_id", "=", self.complaint.id)]))
                        self.assertFalse(part.search([("complaint_id.subject", "=", SECRET)]))

    def test_verbs(self):
        for complaint in self._each(self.complaint):
            with self.subTest(user=complaint.env.user.login):
                for call in (
                    lambda c=complaint: c.write({"place": "Hall"}),
                    lambda c=complaint: c.action_cancel("No"),
                    lambda c=complaint: c.action_resolve(),
                    lambda c=complaint: c.action_approve_measures(),
                    lambda c=complaint: c.copy(),
                    lambda c=complaint: c.write({"concerned_user_ids": [(5,)]}),
                    lambda c=complaint: c.message_post(body="Me again"),
                    lambda c=complaint: c._get_print_internal(),
                ):
                    with self.assertRaises(AccessError):
                        call()
                self.assertFalse(complaint.message_subscribe(complaint.env.user.partner_id.ids))
        self.assertEqual(self.complaint.concerned_user_ids, self.concerned)

    def test_finishing_what_was_his(self):
        action = self.records["complaint.action"]
        self.assertNotIn(action.user_id, self.concerned)
        for record in self._each(action):
            with self.subTest(user=record.env.user.login), self.assertRaises(AccessError):
                record.action_finish("All fine")

    def test_new_parts(self):
        for model in self.records:
            if model == COMPLAINT:
                continue
            vals = self._prepare_part_vals(
                model, self.complaint, self.user_purchasing, self.records["complaint.report"]
            )
            for record in self._each(self.env[model]):
                with self.subTest(user=record.env.user.login), self.assertRaises(UserError):
                    record.create(vals)

    # ------------------------------------------------------------
    # What Odoo keeps beside it
    # ------------------------------------------------------------
    def test_messages(self):
        found = self.complaint.message_ids + self.records["complaint.report"].message_ids
        for messages in self._each(found):
            with self.subTest(user=messages.env.user.login):
                for message in messages:
                    self._assert_closed(message)
                self.assertFalse(messages.search([("body", "ilike", SECRET)]))
                self.assertFalse(messages.search([("starred", "=", True)]))
                self.assertFalse(messages.search([("needaction", "=", True)]) & messages)
                fetched = messages._message_fetch([("model", "=", COMPLAINT)])["messages"]
                self.assertFalse(fetched & messages)
                with self.assertRaises(AccessError):
                    messages.create({"model": COMPLAINT, "res_id": self.complaint.id, "body": "Hm"})

    def test_own_message_cannot_be_rewritten(self):
        message = self.own_message.with_user(self.user_sales)
        with self.assertRaises(UserError):
            message.write({"body": "I said nothing"})
        with self.assertRaises(AccessError):
            message.toggle_message_starred()

    def test_activities(self):
        activities = self.activities | self.complaint.sudo().activity_ids
        for records in self._each(activities):
            with self.subTest(user=records.env.user.login):
                for activity in records:
                    self._assert_closed(activity)
                with self.assertRaises(AccessError):
                    records[:1].action_feedback(feedback="Done")
                data = records.browse().get_activity_data(COMPLAINT, [], fetch_done=True)
                self.assertNotIn(SECRET, str(data))
                ids = [
                    id_
                    for group in records.env.user._get_activity_groups()
                    for id_ in group.get("activity_ids", [])
                ]
                self.assertFalse(set(ids) & set(records.ids))

    def test_files(self):
        evidence = self.records["complaint.evidence"]
        files = self.file | self.env["ir.attachment"].search(
            [
                ("res_model", "=", evidence._name),
                ("res_id", "=", evidence.id),
                ("res_field", "=", "file"),
            ]
        )
        self.assertEqual(len(files), 2)
        for records in self._each(files):
            with self.subTest(user=records.env.user.login):
                for file in records:
                    with self.assertRaises(AccessError):
                        file.read(["raw"])
                    self.assertFalse(file.search([("id", "=", file.id), ("res_field", "!=", "x")]))

    def test_followers_notifications_and_the_rest(self):
        notifications = self.messages.notification_ids
        followers = self.complaint.message_follower_ids
        self.assertFalse(followers.partner_id & self.concerned.partner_id)
        self.assertFalse(notifications.res_partner_id & self.concerned.partner_id)
        tracking = self.env["mail.tracking.value"].create(
            {
                "field_id": self.env["ir.model.fields"]._get(COMPLAINT, "subject").id,
                "mail_message_id": self.own_message.id,
                "new_value_char": SECRET,
            }
        )
        left = self.env["mail.notification"].create(
            {
                "mail_message_id": self.own_message.id,
                "res_partner_id": self.user_purchasing.partner_id.id,
            }
        )
        self.complaint.message_subscribe(self.user_purchasing.partner_id.ids)
        follower = self.complaint.message_follower_ids[:1]
        for record in (self.scheduled, tracking, left, follower):
            self.assertTrue(record)
            for closed in self._each(record):
                with self.subTest(user=closed.env.user.login):
                    self.assertFalse(closed.has_access("read"))
                    if closed.browse().has_access("read"):
                        self.assertFalse(closed.search([("id", "=", record.id)]))

    # ------------------------------------------------------------
    # Side doors
    # ------------------------------------------------------------
    def test_name_behind_a_link(self):
        """Core reads the name of a many2one with all rights."""
        for pointer in self._each(self.pointer):
            with self.subTest(user=pointer.env.user.login):
                if not pointer.has_access("read"):
                    continue
                self.assertNotIn(SECRET, str(pointer.read(["duplicate_of_id"])))
                values = pointer.web_read({"duplicate_of_id": {"fields": {"display_name": {}}}})
                self.assertNotIn(SECRET, str(values))

    def test_asking_a_new_line(self):
        for line in self._each(self.env["complaint.line"]):
            with self.subTest(user=line.env.user.login):
                if not line.has_access("create"):
                    continue
                spec = {"complaint_id": {"fields": {"display_name": {}, "description": {}}}}
                try:
                    answer = line.onchange(
                        {"complaint_id": self.complaint.id}, ["complaint_id"], spec
                    )
                except AccessError:
                    continue
                self.assertNotIn(SECRET, str(answer))

    def test_asking_the_form(self):
        for complaint in self._each(self.complaint):
            with self.subTest(user=complaint.env.user.login):
                spec = {"description": {}, "subject": {}}
                for target in (complaint, complaint.browse()):
                    try:
                        answer = target.onchange(
                            {"id": complaint.id, "place": "Hall"}, ["place"], spec
                        )
                    except AccessError:
                        continue
                    self.assertNotIn(SECRET, str(answer))

    def test_searching_around(self):
        """Other documents lead to it; nothing about it can be guessed from them."""
        for partner in self._each(self.env["res.partner"]):
            with self.subTest(user=partner.env.user.login):
                for path in ("message_ids.body", "activity_ids.note"):
                    self.assertFalse(partner.search([(path, "ilike", SECRET)]))
        for complaint in self._each(self.env[COMPLAINT]):
            with self.subTest(user=complaint.env.user.login):
                self.assertFalse(complaint.search([("duplicate_of_id.subject", "=", SECRET)]))
                self.assertFalse(complaint.search([("message_ids.body", "ilike", SECRET)]))
                self.assertFalse(complaint.search([("action_ids.name", "ilike", SECRET)]))

    def test_counters(self):
        """The customer's counter counts what one may open."""
        for partner in self._each(self.customer):
            with self.subTest(user=partner.env.user.login):
                if not partner._has_field_access(partner._fields["complaint_count"], "read"):
                    continue
                opened = self.env[COMPLAINT].with_user(partner.env.user)
                opened = opened.search(partner.action_view_complaints()["domain"])
                self.assertEqual(partner.complaint_count, len(opened))
                self.assertNotIn(self.complaint, opened)

    def test_wizards(self):
        for complaint in self._each(self.complaint):
            with self.subTest(user=complaint.env.user.login):
                wizards = complaint.env["complaint.reason.wizard"]
                if wizards.has_access("create"):
                    with self.assertRaises(AccessError):
                        wizards.create(
                            {"verb": "cancel", "complaint_ids": complaint.ids, "reason": "No"}
                        ).action_confirm()
                with self.assertRaises(AccessError):
                    complaint.env["mail.activity.schedule"].create(
                        {
                            "res_model": COMPLAINT,
                            "res_ids": str(complaint.ids),
                            "plan_id": self.env.ref("complaint_management.plan_quality").id,
                        }
                    ).action_schedule_plan()

    def test_composer(self):
        template = self.env["mail.template"].create(
            {
                "name": "Look",
                "model_id": self.env["ir.model"]._get_id(COMPLAINT),
                "subject": "{{ object.subject }}",
                "body_html": '<p t-out="object.description"/>',
            }
        )
        for complaint in self._each(self.complaint):
            with self.subTest(user=complaint.env.user.login):
                try:
                    composer = complaint.env["mail.compose.message"].create(
                        {
                            "model": COMPLAINT,
                            "res_ids": str(complaint.ids),
                            "template_id": template.id,
                            "composition_mode": "comment",
                        }
                    )
                    shown = f"{composer.subject} {composer.body}"
                except UserError:
                    continue
                self.assertNotIn(SECRET, shown)

    def test_others_see_it(self):
        """The rule closes it to nobody else."""
        self.complaint.user_id = self.user_sales2
        self.env.invalidate_all()
        complaint = self.complaint.with_user(self.user_sales2)
        self.assertTrue(complaint.read(["subject"]))
        self.assertEqual(complaint.concerned_user_ids, self.concerned)
        self.assertTrue(complaint.message_ids)
        self.assertIn(SECRET, complaint.display_name)
