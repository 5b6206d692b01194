import json
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.calling import complaint_call_ring
from .telephone import TelephoneCase

NUMBER = "+1 555 010 0101"
# What is no number at all, and what could hurt a database.
GARBAGE = (None, True, 4711, 1.5, [], ["1"], {}, {"a": 1}, "1" * 256, "\x00", "1\x002", "\ud800")


@tagged("post_install", "-at_install")
class TestRing(TelephoneCase):
    """A telephone system, a real HTTP client, tells one user that somebody calls (R1)."""

    def _ring(self, number=NUMBER, user=None, key=None):
        body = {"number": number, "login": (user or self.user_sales).login}
        return self._post(key or self.key, body)

    def _assert_refused(self, answer, status):
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertTrue(answer.json()["message"])
        self.assertFalse(self._get_rings())

    # ------------------------------------------------------------
    # What arrives, and where
    # ------------------------------------------------------------
    def test_rings_at_one_user(self):
        answer = self._ring()
        self.assertEqual((answer.status_code, answer.json()), (200, {"notified": True}))
        (ring,) = self._get_rings()
        self.assertEqual(self._get_rings(self.user_sales), [ring], "and nobody else is told")
        self.assertEqual(ring["number"], NUMBER)

    def test_message_tells_nothing_we_know(self):
        """The number is a contact's of a customer with an order; the bus does not say so."""
        order = self._order()
        self._ring()
        (ring,) = self._get_rings()
        self.assertEqual(set(ring), {"id", "number", "date"})
        told = json.dumps(ring)
        for secret in (self.contact.name, self.customer.name, self.contact.email, order.name):
            self.assertNotIn(secret, told)

    def test_notations(self):
        """However it is written: what is meant by it arrives."""
        spoken = {
            "": "",
            "  ": "",
            "anonymous": "",
            "sip:anonymous@anonymous.invalid": "",
            "Unknown": "",
            "00 1 (555) 010-0101": "00 1 (555) 010-0101",
            '"Hanna" <sip:+15550100101@pbx.example.com;user=phone>': "+15550100101",
            "sips:%2B15550100102@pbx.example.com": "+15550100102",
            "tel:+1-555-010-0103;ext=7": "+1-555-010-0103",
            "23": "23",
            "０１２３": "０１２３",
            "\t+1 555\n010 0104": "+1 555 010 0104",
            "<b>1</b>": "<b>1</b>",
        }
        for sent, meant in spoken.items():
            with self.subTest(sent=sent):
                self.env["bus.bus"].search([]).unlink()
                self.assertEqual(self._ring(sent).status_code, 200)
                (ring,) = self._get_rings(self.user_sales)
                self.assertEqual(ring["number"], meant)

    # ------------------------------------------------------------
    # Who may announce
    # ------------------------------------------------------------
    def test_own_calls(self):
        """A softphone with its owner's key: no login needed, nobody else can be meant."""
        key = self._key(self.user_sales)
        self.assertEqual(self._post(key, {"number": NUMBER}).json(), {"notified": True})
        self.assertEqual(self._ring("+1 555 010 0199", key=key).json(), {"notified": True})
        self.assertEqual(len(self._get_rings(self.user_sales)), 2)
        self.assertEqual(len(self._get_rings()), 2)

    @mute_logger("odoo.http")
    def test_others_only_for_a_telephone_system(self):
        """Nobody learns from the refusal whether there is such a user."""
        for user in (self.user_sales2, self.user_manager):
            key = self._key(user)
            answers = [
                self._ring(user=self.user_sales, key=key),
                self._post(key, {"number": NUMBER, "login": "nobody@example.com"}),
            ]
            for answer in answers:
                self._assert_refused(answer, 403)
            self.assertEqual(answers[0].json()["message"], answers[1].json()["message"])

    def test_administrator_of_complaints(self):
        self.assertEqual(self._ring(key=self._key(self.user_admin)).status_code, 200)
        self.assertEqual(len(self._get_rings(self.user_sales)), 1)

    @mute_logger("odoo.http")
    def test_keys_without_right(self):
        """Employees without our groups, and customers, ring at nobody, not even themselves."""
        for user in (self.user_stranger, self.user_contributor, self.user_leadership):
            key = self._key(user)
            self._assert_refused(self._post(key, {"number": NUMBER}), 403)
            self._assert_refused(self._ring(key=key), 403)
        key = self._key(self.user_portal)
        self._assert_refused(self._post(key, {"number": NUMBER}), 403)
        self._assert_refused(self._ring(key=key), 403)

    @mute_logger("odoo.http")
    def test_keys(self):
        """No key, a wrong one, an expired one, one that was taken away."""
        body = {"number": NUMBER, "login": self.user_sales.login}
        gone = self._key(self.user_telephone)
        self.env["res.users.apikeys"].search([], order="id desc", limit=1)._remove()
        keys = (None, "wrong", self.key[:-1] + "x", self._key(self.user_telephone, days=-1), gone)
        for key in keys:
            with self.subTest(key=key):
                self._assert_refused(self._post(key, body), 401)
        self.assertEqual(self._ring().status_code, 200, "the right one still works")

    @mute_logger("odoo.http")
    def test_archived_telephone_system(self):
        self.user_telephone.active = False
        self.assertGreaterEqual(self._ring().status_code, 400)
        self.assertFalse(self._get_rings())

    # ------------------------------------------------------------
    # Who may be called
    # ------------------------------------------------------------
    @mute_logger("odoo.http")
    def test_nobody_to_call(self):
        """All answered alike: the telephone system is told to look at the login."""
        self.user_sales2.active = False
        logins = [
            "nobody@example.com",
            "x" * 5000,
            *(
                user.login
                for user in (
                    self.user_sales2,
                    self.user_portal,
                    self.user_stranger,
                    self.user_leadership,
                    self.user_telephone,
                )
            ),
        ]
        for login in logins:
            with self.subTest(login=login[:20]):
                answer = self._post(self.key, {"number": NUMBER, "login": login})
                self._assert_refused(answer, 422)
                self.assertIn("is no user who takes complaints", answer.json()["message"])
        self._assert_refused(self._post(self.key, {"number": NUMBER}), 422)

    def test_everybody_with_our_group(self):
        users = (self.user_sales, self.user_service, self.user_quality, self.user_manager)
        for user in users:
            self.assertEqual(self._ring(user=user).status_code, 200)
            self.assertEqual(len(self._get_rings(user)), 1)

    # ------------------------------------------------------------
    # Programs with mistakes
    # ------------------------------------------------------------
    @mute_logger("odoo.http", "odoo.addons.complaint_management.controllers.api")
    def test_garbage(self):
        for value in GARBAGE:
            with self.subTest(value=value):
                self._assert_refused(self._ring(value), 422)
        for value in GARBAGE[1:8]:
            with self.subTest(login=value):
                answer = self._post(self.key, {"number": NUMBER, "login": value})
                self._assert_refused(answer, 422)

    @mute_logger("odoo.http", "odoo.addons.complaint_management.controllers.api")
    def test_wrong_requests(self):
        login = self.user_sales.login
        for body, status in (
            ({"login": login}, 422),
            ({"number": NUMBER, "login": login, "name": "Hanna"}, 422),
            ({"number": NUMBER, "login": login, "ids": [1]}, 422),
            ([], 422),
            (b"", 422),
            (b"number=1", 400),
        ):
            with self.subTest(body=body):
                self._assert_refused(self._post(self.key, body), status)
        answer = self._post(self.key, {"number": NUMBER, "login": login}, http="GET")
        self.assertIn(answer.status_code, (404, 405))
        self.assertFalse(self._get_rings())

    def test_sent_again(self):
        """What a telephone system repeats within seconds is one call; another caller is told."""
        for _attempt in range(3):
            self.assertEqual(self._ring().json(), {"notified": True})
        self._ring("+1 555 010 0199")
        self._ring(user=self.user_service)
        self.assertEqual(len(self._get_rings(self.user_sales)), 2)
        self.assertEqual(len(self._get_rings(self.user_service)), 1)

    def test_sent_again_without_number(self):
        """Whom nobody can tell apart is told again as soon as it can be another one."""
        for _attempt in range(2):
            self._ring("anonymous")
        self.assertEqual(len(self._get_rings(self.user_sales)), 1)
        # Rather than to wait
        message = self.env["bus.bus"].search([], order="id desc", limit=1)
        content = json.loads(message.message)
        rang = fields.Datetime.to_datetime(content["payload"]["date"]) - timedelta(seconds=3)
        content["payload"]["date"] = fields.Datetime.to_string(rang)
        message.message = json.dumps(content)
        self._ring("")
        self.assertEqual(len(self._get_rings(self.user_sales)), 2)

    @mute_logger("odoo.http")
    def test_flood(self):
        """A program gone mad fills one person's screen no further than a limit."""
        with patch.object(complaint_call_ring, "RING_LIMIT", 3):
            answers = [self._ring(f"+1 555 010 01{index}").status_code for index in range(10, 15)]
            self.assertEqual(answers, [200, 200, 200, 422, 422])
            self.assertEqual(self._ring(user=self.user_service).status_code, 200)
        self.assertEqual(len(self._get_rings(self.user_sales)), 3)


@tagged("post_install", "-at_install")
class TestRingRights(TelephoneCase):
    """What is shown is looked up by whoever looks; the telephone system sees nothing (R1, R53)."""

    def test_group_gives_no_right(self):
        group = self.env.ref("complaint_management.group_complaint_telephone")
        self.assertFalse(group.model_access)
        self.assertFalse(group.rule_groups)
        self.assertFalse(group.implied_ids)
        self.assertFalse(group.implied_by_ids)
        self.assertFalse(self._order().with_user(self.user_telephone).has_access("read"))
        complaint = self._complaint().with_user(self.user_telephone)
        self.assertFalse(complaint.has_access("read"))

    @mute_logger("odoo.http")
    def test_telephone_system_opens_no_card(self):
        for method in ("card", "caller"):
            answer = self._post(self.key, {"number": NUMBER}, method)
            self.assertEqual(answer.status_code, 403)
            self.assertNotIn(self.contact.name, answer.text)

    def test_unknown_number(self):
        calls = self.env["complaint.call"].with_user(self.user_sales)
        for number in ("", "anonymous", "+1 555 010 0999"):
            caller = calls.caller(number)
            self.assertFalse(caller["known"])
            self.assertEqual((caller["name"], caller["partner_id"]), ("", False))

    def test_known_number(self):
        """In any notation; shown with the names the called user may read."""
        calls = self.env["complaint.call"].with_user(self.user_sales)
        for number in (NUMBER, "sip:0015550100101@pbx.example.com"):
            caller = calls.caller(number)
            self.assertTrue(caller["known"])
            self.assertEqual(caller["partner_id"], self.contact.id)
            self.assertEqual(caller["name"], "Hanna Harbour")
            self.assertEqual(caller["customer_name"], "Harbour Hotel")

    def test_consumer_without_contact(self):
        """A number that only a complaint carries: his name, for whom may read that complaint."""
        self._complaint(
            self.user_sales,
            partner_id=False,
            contact_id=False,
            complainant_name="Conny Consumer",
            phone="+1 555 010 0888",
        )
        calls = self.env["complaint.call"]
        caller = calls.with_user(self.user_sales).caller("5550100888")
        self.assertEqual((caller["known"], caller["name"]), (True, "Conny Consumer"))
        caller = calls.with_user(self.user_sales2).caller("5550100888")
        self.assertEqual((caller["known"], caller["name"]), (False, ""))

    def test_contact_of_another_company(self):
        """Who may not read the contact is told of an unknown number."""
        self.contact.company_id = self._second_company()
        caller = self.env["complaint.call"].with_user(self.user_sales).caller(NUMBER)
        self.assertEqual((caller["known"], caller["name"]), (False, ""))
        self.assertNotIn("Hanna", str(caller))

    def test_heard_of_late(self):
        """A computer that slept is told of calls that nobody waits for any more."""
        calls = self.env["complaint.call"].with_user(self.user_sales)
        now = fields.Datetime.now()
        for minutes, is_over in ((0, False), (1, False), (3, True), (-5, False)):
            rang = fields.Datetime.to_string(now - timedelta(minutes=minutes))
            self.assertEqual(calls.caller(NUMBER, rang)["is_over"], is_over)

    def test_second_company(self):
        """Whose key it is does not decide what the called user sees, nor whom he may be."""
        company = self._second_company()
        self.user_sales2.write(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )
        body = {"number": NUMBER, "login": self.user_sales2.login}
        self.assertEqual(self._post(self.key, body).status_code, 200)
