import base64
import hashlib
from datetime import timedelta
from io import BytesIO

from lxml import html
from PIL import Image

from odoo import Command, fields, http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import PASSWORD, PortalCommon

SIGNATURE = BytesIO()
Image.new("RGB", (60, 20), "blue").save(SIGNATURE, "PNG")
SIGNATURE = base64.b64encode(SIGNATURE.getvalue()).decode()


def _query(link):
    return "&".join(f"{name}={value}" for name, value in link.items())


class AnswersCommon(PortalCommon, HttpCase):
    """A case with an offer of two options, on its customer's page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(
            category_id=cls.category_simple.id,
            defect_id=cls.defect_billing.id,
            demand_ids=[Command.create({"kind": "credit", "name": "Pay for the bad ones"})],
        )
        cls.demand = cls.complaint.demand_ids
        cls.demand.option_ids = [
            Command.create({"name": "Ten new ones", "description": "By lorry"}),
            Command.create({"name": "The money back"}),
        ]
        cls.new, cls.money = cls.demand.option_ids
        cls.demand.action_offer()
        cls.url = f"/my/complaints/{cls.complaint.id}"

    def _login(self, user=None):
        user = user or self.user_portal
        self.authenticate(user.login, PASSWORD)

    def _post(self, verb, **form):
        """Send one of the page's forms, as the browser does.

        :return: the page it leads to
        """
        form.setdefault("seen", self.complaint._get_customer_version())
        return self.url_open(
            f"{self.url}/{verb}",
            data={"csrf_token": http.Request.csrf_token(self), **form},
            method="POST",
        )

    def _sign_link(self, partner):
        token = self.complaint._portal_ensure_token()
        return {
            "access_token": token,
            "pid": partner.id,
            "hash": self.complaint._sign_token(partner.id),
        }

    def _said(self):
        messages = self.complaint.message_ids.filtered(lambda m: m.message_type == "comment")
        return messages.filtered(lambda m: m.author_id.partner_share)


@tagged("post_install", "-at_install")
class TestCustomerOffers(AnswersCommon):
    """Options side by side: accept one, decline, object with a reason (R35, R46, R47)."""

    def test_accept_an_option(self):
        self._login()
        page = self._post(
            "accept", demand_id=self.demand.id, option_id=self.new.id, remark="By Friday\0 please"
        )
        self.assertIn("We have noted your choice", page.text)
        self.assertEqual(self.demand.state, "accepted")
        self.assertEqual((self.new + self.money).mapped("state"), ["chosen", "declined"])
        self.assertEqual(self.demand.customer_answered_by, "Pat Portal")
        self.assertEqual(self.demand.customer_remark, "By Friday please")
        said = self._said()
        self.assertEqual(said.author_id, self.portal_partner)
        self.assertIn("Ten new ones", said.body)
        self.assertNotIn(self.portal_partner, self.complaint.message_partner_ids)
        log = self.complaint.message_ids.filtered(lambda m: "Said on the customer" in m.body)
        self.assertIn("logged in, from 127.0.0.1", log.body)

    def test_salesperson_is_told(self):
        self._login()
        self._post("accept", demand_id=self.demand.id, option_id=self.new.id)
        told = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", self.user_sales.partner_id.id),
                ("mail_message_id.res_id", "=", self.complaint.id),
                ("mail_message_id.body", "ilike", "I choose for"),
            ]
        )
        self.assertTrue(told)

    def test_second_click_does_nothing(self):
        self._login()
        form = {"demand_id": self.demand.id, "option_id": self.new.id}
        seen = self.complaint._get_customer_version()
        for _click in range(2):
            page = self._post("accept", seen=seen, **form)
            self.assertIn("We have noted your choice", page.text)
        self.assertEqual(len(self._said()), 1)

    def test_stale_page_is_refused_kindly(self):
        self._login()
        seen = self.complaint._get_customer_version()
        self.new.name = "Five new ones"
        page = self._post("accept", demand_id=self.demand.id, option_id=self.new.id, seen=seen)
        self.assertIn("Something changed since you opened this page", page.text)
        self.assertIn("Five new ones", page.text)
        self.assertEqual(self.demand.state, "offered")
        page = self._post("accept", demand_id=self.demand.id, option_id=self.new.id)
        self.assertEqual(self.demand.state, "accepted")

    def test_what_colleagues_note_does_not_make_it_stale(self):
        self._login()
        seen = self.complaint._get_customer_version()
        self.complaint.write({"investigation_result": "Wrong price list"})
        self._post("accept", demand_id=self.demand.id, option_id=self.new.id, seen=seen)
        self.assertEqual(self.demand.state, "accepted")

    def test_decline_opens_the_request_again(self):
        self._login()
        page = self._post("decline", demand_id=self.demand.id, reason="Too late for us")
        self.assertIn("We look for another way", page.text)
        self.assertEqual(self.demand.state, "open")
        self.assertEqual(self.demand.customer_answer, "declined")
        self.assertEqual(self.demand.customer_remark, "Too late for us")
        self.assertNotIn(
            "Ten new ones", self.url_open(self.url).text.split("complaint_messages")[0]
        )
        self.demand.action_offer()
        self.assertFalse(self.demand.customer_answer)

    def test_refusal_is_on_the_salespersons_list_until_a_new_offer(self):
        def todo():
            return self.complaint.activity_ids.filtered(lambda a: a.complaint_until == "answer")

        self._login()
        self._post("decline", demand_id=self.demand.id, reason="Too late for us")
        self.assertEqual(todo().user_id, self.user_sales)
        self.assertIn("Too late for us", todo().note)
        self.assertIn("Pay for the bad ones", self.complaint.next_step)
        self.assertIn("objection", self.complaint.next_step)
        action = self.demand.with_user(self.user_sales).action_offer()
        self.assertEqual(action["res_model"], "mail.compose.message")
        letter = self.env.ref("complaint_management.mail_template_offer")
        self.assertEqual(action["context"]["default_template_id"], letter.id)
        self.assertFalse(todo())
        self.assertNotIn("objection", self.complaint.next_step or "")
        self._post("object", demand_id=self.demand.id, reason="Not that either")
        self.assertEqual(len(todo()), 1)
        self.complaint.with_user(self.user_sales).message_post(
            body="We call you at four",
            partner_ids=self.complaint.contact_id.ids or self.customer.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(todo())

    def test_object_before_a_plan_needs_a_reason(self):
        self._login()
        page = self._post("object", demand_id=self.demand.id, reason=" ")
        self.assertIn("what is not right", page.text)
        self.assertEqual(self.demand.state, "offered")
        self._post("object", demand_id=self.demand.id, reason="Not what we agreed")
        self.assertEqual(self.demand.state, "open")
        self.assertEqual(self.complaint.round, 1)

    def test_object_opens_the_next_round(self):
        self.complaint._write_trusted({"state": "executing"})
        self._login()
        seen = self.complaint._get_customer_version()
        for _click in range(2):
            self._post("object", demand_id=self.demand.id, reason="Not what we agreed", seen=seen)
        self.assertEqual(self.complaint.round, 2)
        self.assertEqual(self.complaint.state, "registered")
        current = self.complaint._get_current_rounds()
        self.assertEqual((current.kind, current.reason), ("objection", "Not what we agreed"))
        self.assertEqual(self.demand.state, "open")

    def test_what_is_being_done_is_not_objected_to_as_a_whole(self):
        self.complaint._write_trusted({"state": "executing"})
        self._login()
        for _attempt in range(2):
            page = self._post("object", reason="Again")
            self.assertIn("nothing to object to yet", page.text)
        self.assertEqual((self.complaint.state, self.complaint.round), ("executing", 1))

    def test_nonsense_is_refused_in_words(self):
        other = self._registered_complaint().demand_ids
        self._login()
        for form in (
            {},
            {"demand_id": "x"},
            {"demand_id": "9" * 40},
            {"demand_id": "-1"},
            {"demand_id": other.id},
            {"demand_id": self.demand.id},
            {"demand_id": self.demand.id, "option_id": other.id + 10**6},
            {"demand_id": self.demand.id, "option_id": "\0"},
            {"demand_id": self.demand.id, "option_id": self.new.id, "seen": ""},
        ):
            for verb in ("accept", "decline", "object"):
                with self.subTest(form=form, verb=verb):
                    if verb == "decline" and form.get("demand_id") == self.demand.id:
                        continue
                    answer = self._post(verb, **form)
                    self.assertEqual(answer.status_code, 200)
                    self.assertIn("complaint_flash", answer.text)
        self.assertEqual(self.demand.state, "offered")
        self.assertEqual(other.state, "open")


@tagged("post_install", "-at_install")
class TestCustomerWho(AnswersCommon):
    """Who may look, and who may answer (T1): a passed-on link shows, a personal one answers."""

    def _accept(self, **link):
        return self._post("accept", demand_id=self.demand.id, option_id=self.new.id, **link)

    def test_personal_link_answers(self):
        self.authenticate(None, None)
        link = self._sign_link(self.contact)
        self.assertIn("Accept this option", self.url_open(f"{self.url}?{_query(link)}").text)
        page = self._accept(**link)
        self.assertIn("We have noted your choice", page.text)
        self.assertEqual(self.demand.customer_answered_by, "Hanna Harbour")
        self.assertEqual(self._said().author_id, self.contact)

    def test_passed_on_link_only_shows(self):
        self.authenticate(None, None)
        link = self._sign_link(self.contact)
        outsider = self.portal_partner2
        for bad in (
            {"access_token": link["access_token"]},
            {**link, "pid": outsider.id},
            {**link, "hash": "0" * 64},
            {**link, "hash": "é"},
            {**link, "pid": "x"},
            {**link, "pid": "9" * 30},
            {**self._sign_link(outsider)},
        ):
            with self.subTest(link=bad):
                page = self.url_open(f"{self.url}?{_query(bad)}")
                self.assertIn(self.complaint.name, page.text)
                self.assertNotIn("Accept this option", page.text)
                self.assertIn("please log in", self._accept(**bad).text)
        self.assertEqual(self.demand.state, "offered")

    def test_colleagues_look_and_answer_nothing(self):
        self.user_sales.write({"password": PASSWORD})
        self._login(self.user_sales)
        page = self.url_open(self.url)
        self.assertIn("Back to edit mode", page.text)
        self.assertNotIn("Accept this option", page.text)
        self.assertIn("only the customer answers here", self._accept().text)
        self.assertEqual(self.demand.state, "offered")

    def test_whom_it_is_about_gets_in_by_no_link(self):
        self.complaint.write({"concerned_user_ids": [Command.set(self.user_sales2.ids)]})
        self.user_sales2.write({"password": PASSWORD})
        self._login(self.user_sales2)
        token = self.complaint._portal_ensure_token()
        page = self.url_open(f"{self.url}?access_token={token}")
        self.assertNotIn(self.complaint.name, page.text)

    def test_link_ends_after_the_case(self):
        self.authenticate(None, None)
        link = _query(self._sign_link(self.contact))
        self.complaint._write_trusted(
            {"state": "closed", "date_closed": fields.Datetime.now() - timedelta(days=89)}
        )
        self.assertIn(self.complaint.name, self.url_open(f"{self.url}?{link}").text)
        self.complaint._write_trusted({"date_closed": fields.Datetime.now() - timedelta(days=91)})
        self.assertNotIn(self.complaint.name, self.url_open(f"{self.url}?{link}").text)
        self._login()
        self.assertIn(self.complaint.name, self.url_open(self.url).text)

    def test_link_opens_no_draft_of_ours(self):
        draft = self._complaint()
        token = draft._portal_ensure_token()
        self.assertTrue(draft.access_warning)
        page = self.url_open(f"/my/complaints/{draft.id}?access_token={token}")
        self.assertNotIn(draft.name, page.text)


@tagged("post_install", "-at_install")
class TestCustomerEnd(AnswersCommon):
    """The customer tests, confirms, signs and rates (R45, R48, R50)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new.action_choose()
        cls.demand.action_done()
        cls.complaint.action_resolve()

    def test_confirming_closes(self):
        self._login()
        page = self._post("confirm", remark="All fine")
        self.assertIn("glad that it is settled", page.text)
        self.assertEqual((self.complaint.state, self.complaint.outcome), ("closed", "accepted"))
        self.assertEqual(self.complaint.customer_feedback, "All fine")
        self.assertEqual(self.complaint.customer_confirmed_by, "Pat Portal")
        self._post("confirm", remark="All fine")
        self.assertEqual(len(self._said()), 1)

    def test_confirming_with_something_open_leaves_closing_to_us(self):
        self.env["complaint.demand"].create({"complaint_id": self.complaint.id, "kind": "apology"})
        self._login()
        self._post("confirm", remark="All fine")
        self.assertEqual(self.complaint.state, "resolved")
        self.assertTrue(self.complaint.date_customer_confirmed)
        self.assertEqual(self.complaint.customer_feedback, "All fine")
        todo = self.complaint.activity_ids.filtered(lambda a: "confirmed" in (a.summary or ""))
        self.assertEqual(todo.user_id, self.user_sales)
        self.assertNotIn("Yes, it is settled", self.url_open(self.url).text)

    def test_testing_first_puts_off_our_question(self):
        self.assertTrue(self.complaint.date_next_reminder)
        self._login()
        page = self._post("test", days=30)
        self.assertIn("Take your time", page.text)
        self.assertGreater(
            self.complaint.date_next_reminder, fields.Datetime.now() + timedelta(days=29)
        )
        self.assertEqual(self.complaint.state, "resolved")
        self._post("test", days=30)
        self.assertEqual(len(self._said()), 1)
        self.assertIn("choose how long", self._post("test", days=10000).text)
        self._post("confirm")
        self.assertEqual(self.complaint.state, "closed")

    def test_not_settled_opens_the_next_round(self):
        self._login()
        self._post("object", reason="It rusts again")
        self.assertEqual((self.complaint.state, self.complaint.round), ("registered", 2))
        self.assertIn("It rusts again", self._said().body)

    def test_rating(self):
        self._login()
        self.assertNotIn("How content are you", self.url_open(self.url).text)
        self._post("confirm")
        self.assertIn("How content are you", self.url_open(self.url).text)
        page = self._post("rate", rating="4", comment="Quick help")
        self.assertIn("Thank you for your opinion", page.text)
        self.assertEqual(self.complaint.satisfaction, "4")
        self.assertIn("rated this already", self._post("rate", rating="1").text)
        self.assertEqual(self.complaint.satisfaction, "4")

    def test_choices_are_read_out_with_their_question(self):
        self._login()
        self._post("confirm")
        page = html.fromstring(self.url_open(self.url).content)
        groups = page.xpath("//*[@role='radiogroup']")
        self.assertTrue(groups)
        for group in groups:
            titles = page.xpath("//*[@id=$name]", name=group.get("aria-labelledby"))
            self.assertTrue(group.get("aria-label") or titles)

    def test_nonsense_ratings(self):
        self._login()
        for rating in ("", "0", "6", "x", "5.5", "9" * 30):
            with self.subTest(rating=rating):
                page = self._post("rate", rating=rating)
                self.assertEqual(page.status_code, 200)
                self.assertFalse(self.complaint.satisfaction)


@tagged("post_install", "-at_install")
class TestCustomerSignature(AnswersCommon):
    """What was sent is read as it was approved, and signed (R44, R45)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report, cls.other = cls.env["complaint.report"].create(
            [
                {
                    "complaint_id": cls.complaint.id,
                    "kind": "feedback",
                    "partner_id": partner.id,
                    "lang": "en_US",
                }
                for partner in (cls.contact, cls.customer2)
            ]
        )
        cls.content = b"%PDF-1.4 what was approved"
        for report in cls.report + cls.other:
            report._write_trusted(
                {
                    "state": "sent",
                    "date_sent": fields.Datetime.now(),
                    "pdf": base64.b64encode(cls.content),
                    "pdf_name": f"{report.name}.pdf",
                    "pdf_sha256": hashlib.sha256(cls.content).hexdigest(),
                }
            )

    def _sign(self, report=None, **params):
        report = report or self.report
        return self.make_jsonrpc_request(f"{self.url}/report/{report.id}/sign", params)

    def test_stored_bytes(self):
        self._login()
        answer = self.url_open(f"{self.url}/report/{self.report.id}")
        self.assertEqual(answer.content, self.content)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")

    def test_documents_of_another_addressee_stay_his(self):
        """The dealer's document is not the hotel's (R62)."""
        self._login()
        self.assertEqual(self.url_open(f"{self.url}/report/{self.other.id}").status_code, 404)
        self.assertNotIn(self.other.name, self.url_open(self.url).text)
        self.assertIn("error", self._sign(self.other, name="Pat", signature=SIGNATURE))
        self.assertFalse(self.other.signature)

    def test_signing_acknowledges_once(self):
        self._login()
        answer = self._sign(name="Pat P.", signature=SIGNATURE)
        self.assertEqual(answer["redirect_url"], self.url)
        self.assertEqual(self.report.state, "acknowledged")
        self.assertEqual(self.report.signed_by, "Pat P.")
        self.assertTrue(self.report.date_signed)
        before = self.report.signature
        self._sign(name="Somebody else", signature=SIGNATURE)
        self.assertEqual((self.report.signed_by, self.report.signature), ("Pat P.", before))
        with self.assertRaises(UserError):
            self.report.write({"signed_by": "Forged"})
        self.assertIn("Signed by", self.url_open(self.url).text)

    def test_replaced_and_confirmed_ask_for_no_signature(self):
        self._login()
        vals = self.report.copy_data()[0]
        newer = self.report.create({**vals, "version": 0})
        stored = ("pdf", "pdf_name", "pdf_sha256", "date_sent")
        newer._write_trusted({"state": "sent", **{name: self.report[name] for name in stored}})
        page = self.url_open(self.url).text
        self.assertIn("Replaced by a newer version", page)
        self.assertIn(f"Sign {newer.name}", " ".join(html.fromstring(page).text_content().split()))
        answer = self._sign(name="Pat", signature=SIGNATURE)
        self.assertIn(newer.name, answer["error"])
        self.assertFalse(self.report.signature)
        newer.action_acknowledge()
        page = self.url_open(self.url).text
        self.assertIn("Confirmed on", page)
        self.assertNotIn("complaint_sign", page)
        self._sign(newer, name="Pat", signature=SIGNATURE)
        self.assertFalse(newer.signature)

    def test_versions_of_an_8d_are_told_apart(self):
        report = self.env["complaint.report"].create(
            {
                "complaint_id": self.complaint.id,
                "kind": "8d",
                "stage": "d3",
                "partner_id": self.contact.id,
            }
        )
        row = self.complaint._prepare_customer_report(report)
        self.assertEqual((row["stage"], row["version"]), ("Interim, D3", 1))

    def test_what_is_no_signature(self):
        self._login()
        for params in (
            {},
            {"name": " ", "signature": SIGNATURE},
            {"name": "Pat", "signature": "?"},
            {"name": "Pat", "signature": base64.b64encode(b"<svg/>").decode()},
            {"name": "Pat", "signature": 7},
            {"name": ["Pat"], "signature": SIGNATURE},
            {"name": "Pat", "signature": "A" * 2_000_000},
        ):
            with self.subTest(params=str(params)[:60]):
                self.assertIn("error", self._sign(**params))
        self.assertEqual(self.report.state, "sent")

    def test_altered_document_is_not_shown(self):
        self.report._write_trusted({"pdf_sha256": "0" * 64})
        self._login()
        with self.assertLogs("odoo.addons.complaint_management.controllers.portal_files"):
            page = self.url_open(f"{self.url}/report/{self.report.id}")
        self.assertIn("cannot be shown at the moment", page.text)
