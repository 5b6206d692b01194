from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, PortalCommon


@tagged("post_install", "-at_install")
class TestCustomerList(PortalCommon, HttpCase):
    """*My complaints*: what is open first, the rest by a filter; nonsense does no harm (T10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls._complaint_of(cls.customer, customer_reference="KR-1")
        cls.waiting = cls._complaint_of(cls.customer, customer_reference="KR-2")
        cls.waiting.demand_ids.answer = "Three new ones"
        cls.waiting.demand_ids.action_offer()
        cls.ended = cls._complaint_of(cls.customer, description="Wrong colour 颜色不对")
        cls.ended._write_trusted({"state": "closed"})

    def _page(self, query=""):
        self.authenticate(self.user_portal.login, PASSWORD)
        answer = self.url_open(f"/my/complaints{query}")
        self.assertEqual(answer.status_code, 200, query)
        return [c.name for c in self.open + self.waiting + self.ended if c.name in answer.text]

    def test_filters(self):
        names = [self.open.name, self.waiting.name, self.ended.name]
        self.assertEqual(self._page(), names[:2])
        self.assertEqual(self._page("?filterby=waiting"), [self.waiting.name])
        self.assertEqual(self._page("?filterby=all"), names)

    def test_search(self):
        self.assertEqual(self._page("?search=kr-2"), [self.waiting.name])
        self.assertEqual(self._page("?search=颜色&filterby=all"), [self.ended.name])
        self.assertEqual(self._page("?search=颜色&filterby=all&search_in=number"), [])

    def test_nonsense(self):
        for query in (
            "?sortby=severity",
            "?filterby=__class__",
            "?search_in=subject&search=x",
            "?search=%00",
            "?search=" + "x" * 5000,
            "?search=%25%5C_",
            "/page/0",
            "/page/99999999999999999999",
            "?sortby=&filterby=&search=",
        ):
            with self.subTest(query=query):
                self._page(query)

    def test_home_counts(self):
        self.authenticate(self.user_portal.login, PASSWORD)
        counters = ["complaint_count", "complaint_waiting_count"]
        counted = self.make_jsonrpc_request("/my/counters", {"counters": counters})
        self.assertEqual(counted, {"complaint_count": 3, "complaint_waiting_count": 1})
        self.authenticate(self.user_portal2.login, PASSWORD)
        counted = self.make_jsonrpc_request("/my/counters", {"counters": counters})
        self.assertEqual(counted, dict.fromkeys(counters, 0))

    def test_list_does_not_ask_for_each(self):
        for _number in range(10):
            self._complaint_of(self.customer)
        complaints = self.env["complaint.complaint"].search([("partner_id", "=", self.customer.id)])
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records._prepare_customer_rows()
            return self.cr.sql_log_count - before

        count(complaints)
        self.assertNoQueryEach(
            count(complaints[:2]), count(complaints), further=len(complaints) - 2
        )


@tagged("post_install", "-at_install")
class TestCustomerPage(PortalCommon, HttpCase):
    """One case in the customer's words: how far it is, what comes when (R46)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complaint_of(cls.customer, cls.contact)

    def _case(self, reader=None):
        return self.complaint._prepare_customer_page(reader or self.contact)

    def test_every_state_has_its_words(self):
        for state, _label in self.complaint._fields["state"].selection:
            with self.subTest(state=state):
                self.complaint._write_trusted({"state": state})
                stage = self._case()["stage"]
                self.assertTrue(stage["label"] and stage["hint"])
                self.assertEqual(sum(s["is_current"] for s in self._case()["steps"]), 1)

    def test_dates_to_come(self):
        labels = [row["label"] for row in self._case()["dates"]]
        self.assertIn("You hear from us by", labels)
        self.complaint._write_trusted({"date_responded": fields.Datetime.now()})
        labels = [row["label"] for row in self._case()["dates"]]
        self.assertNotIn("You hear from us by", labels)
        self.env["complaint.promise"].create(
            {
                "complaint_id": self.complaint.id,
                "name": "Ask Mr. Smith of production",
                "deadline": fields.Datetime.now() + timedelta(minutes=5),
                "user_id": self.user_quality.id,
            }
        )
        first = self._case()["dates"][0]
        self.assertEqual(first["label"], "We come back to you by")
        self.assertNotIn("Smith", str(self._case()))

    def test_what_is_late_is_no_promise(self):
        past = fields.Datetime.now() - timedelta(days=1)
        self.complaint.clock_ids._write_trusted({"date_deadline": past})
        dates = self._case()["dates"]
        self.assertEqual([row["date"] for row in dates], [""])
        self.assertIn("takes longer", dates[0]["label"])

    def test_answers_are_shown_once_they_are_given(self):
        demand = self.complaint.demand_ids
        demand.answer = "We think about it"
        demand.option_ids = [Command.create({"name": "Five new ones"})]
        self.assertNotIn("think about it", str(self._case()))
        self.assertNotIn("Five new ones", str(self._case()))
        demand.action_offer()
        self.assertIn("think about it", str(self._case()))
        self.assertIn("Five new ones", str(self._case()))

    def test_orders_are_the_customers_who_placed_them(self):
        self.complaint.customer_order_ref = "PO-1"
        self.assertEqual(self._case()["orders"], "PO-1")
        self.assertEqual(self._case(self.portal_partner2)["orders"], "")

    def test_colleagues_see_his_messages_only(self):
        """The preview shows what he sees, not what colleagues write to each other."""
        self.complaint.message_post(
            body="AMONG US", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.complaint.message_post(
            body="LETTER",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )
        self.user_sales.password = PASSWORD
        self.authenticate(self.user_sales.login, PASSWORD)
        token = self.complaint._portal_ensure_token()
        page = self.url_open(self.complaint.action_preview_customer()["url"]).text
        self.assertIn(f'data-token="{token}"', page)
        fetched = self.make_jsonrpc_request(
            "/mail/chatter_fetch",
            {
                "thread_model": self.complaint._name,
                "thread_id": self.complaint.id,
                "token": token,
            },
        )
        bodies = str(fetched)
        self.assertIn("LETTER", bodies)
        self.assertNotIn("AMONG US", bodies)

    def test_the_link_is_sent_without_our_title(self):
        self.complaint.subject = "Outspoken title"
        wizard = self.env["portal.share"].with_user(self.user_sales)
        self.user_sales.group_ids = [Command.link(self.env.ref("base.group_partner_manager").id)]
        wizard = wizard.with_context(
            active_model=self.complaint._name, active_id=self.complaint.id
        ).create({"partner_ids": [Command.set(self.contact.ids)]})
        wizard.action_send_mail()
        message = self.complaint.message_ids[0]
        mails = self.env["mail.mail"].sudo().search([("mail_message_id", "=", message.id)])
        self.assertTrue(mails)
        text = f"{message.subject} {message.body} {mails.body_html} {mails.subject}"
        self.assertIn(self.complaint.name, text)
        self.assertNotIn("Outspoken", text)
        self.assertIn(f"pid={self.contact.id}", text)

    def test_he_writes_a_message(self):
        self.authenticate(self.user_portal.login, PASSWORD)
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": self.complaint._name,
                "thread_id": self.complaint.id,
                "post_data": {
                    "body": "When will it come?",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                },
            },
        )
        message = self.complaint.message_ids[0]
        self.assertIn("When will it come?", message.body)
        self.assertEqual(message.author_id, self.portal_partner)

    @mute_logger("odoo.http")
    def test_passed_on_link_writes_no_message(self):
        self.authenticate(None, None)
        token = self.complaint._portal_ensure_token()
        before = self.complaint.message_ids
        params = {
            "thread_model": self.complaint._name,
            "thread_id": self.complaint.id,
            "post_data": {"body": "I am he", "message_type": "comment"},
            "token": token,
        }
        self.url_open("/mail/message/post", json={"params": params})
        self.assertEqual(self.complaint.message_ids, before)
        signed = {"pid": self.contact.id, "hash": self.complaint._sign_token(self.contact.id)}
        self.url_open("/mail/message/post", json={"params": {**params, **signed}})
        self.assertEqual((self.complaint.message_ids - before).author_id, self.contact)

    def test_remote_calls_tell_no_more_than_pages(self):
        """What a portal login may call by RPC: fields of the list only (T3)."""
        self.authenticate(self.user_portal.login, PASSWORD)

        def call(method, *args, **kwargs):
            with mute_logger("odoo.http"):
                answer = self.url_open(
                    f"/web/dataset/call_kw/complaint.complaint/{method}",
                    json={
                        "params": {
                            "model": "complaint.complaint",
                            "method": method,
                            "args": args,
                            "kwargs": kwargs,
                        }
                    },
                )
            return answer.json()

        ids = self.complaint.ids
        self.assertEqual(call("read", ids, ["name"])["result"][0]["name"], self.complaint.name)
        lines = {"line_ids": {"fields": {"name": {}}}}
        for method, *args in (
            ("read", ids, ["subject"]),
            ("search_read", [], ["partner_id"]),
            ("search", [["user_id.login", "=", "x"]]),
            ("formatted_read_group", [], ["severity"], ["__count"]),
            ("web_read_group", [], ["user_id"]),
            ("web_read", ids, lines),
            ("web_search_read", [], lines),
            ("write", ids, {"place": "Hall 2"}),
            ("action_resolve", ids),
        ):
            with self.subTest(method=method):
                refused = call(method, *args)
                self.assertIn("error", refused, refused)
                self.assertIn("AccessError", refused["error"]["data"]["name"])
