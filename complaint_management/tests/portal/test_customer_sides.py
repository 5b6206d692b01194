import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, PortalCommon

QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")


@tagged("post_install", "-at_install")
class TestCustomerSides(PortalCommon, HttpCase):
    """A dealer's case and the hotel that complained: a link may be passed on from one to the other,
    and shows neither the other's letters; who merely has it writes nothing (R62, T1, T2).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Corner Shop bought from us, Harbour Hotel complains
        cls.shared = cls._complaint_of(
            cls.customer2,
            cls.portal_partner2,
            complainant_id=cls.customer.id,
            customer_order_ref="DEALER-ORDER",
        )
        cls.own = cls._complaint_of(cls.customer2, cls.portal_partner2)
        for complaint in cls.shared + cls.own:
            complaint._portal_ensure_token()
            cls._write(complaint, "TO THE DEALER", cls.portal_partner2)
            cls._write(complaint, "TO THE HOTEL", cls.portal_partner)
        cls.among_us = cls._write(cls.shared, "AMONG US", cls.user_quality.partner_id)
        cls.user_stranger.write({"password": PASSWORD})
        cls.env.flush_all()

    @classmethod
    def _write(cls, complaint, body, partner):
        return complaint.message_post(
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=partner.ids,
        )

    def _log_in(self, user):
        self.authenticate(user and user.login, user and PASSWORD)

    def _link(self, complaint, partner=None):
        """:return: dict with the parts of a link, as core's routes for messages call them"""
        link = {"token": complaint.access_token}
        if partner:
            link.update(pid=partner.id, hash=complaint._sign_token(partner.id))
        return link

    def _rpc(self, address, complaint=None, **params):
        if complaint:
            params.update(thread_model=complaint._name, thread_id=complaint.id)
        return self.url_open(
            address,
            data=json.dumps({"jsonrpc": "2.0", "id": 1, "params": params}),
            headers={"Content-Type": "application/json"},
        )

    def _read(self, complaint, link):
        """:return: texts of the page and of its messages"""
        query = {**link, "access_token": link["token"]} if link else {}
        page = self.opener.get(f"{self.base_url()}/my/complaints/{complaint.id}", params=query)
        return page.text + self._rpc("/mail/chatter_fetch", complaint, **link).text

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------
    def test_a_mere_link_shows_no_side_of_a_shared_case(self):
        self._log_in(None)
        text = self._read(self.shared, self._link(self.shared))
        self.assertIn(self.shared.name, text)
        for words in ("TO THE DEALER", "TO THE HOTEL", "DEALER-ORDER", "AMONG US"):
            self.assertNotIn(words, text)
        text = self._read(self.own, self._link(self.own))
        self.assertIn("TO THE DEALER", text)

    def test_a_personal_link_shows_its_side(self):
        self._log_in(None)
        text = self._read(self.shared, self._link(self.shared, self.portal_partner))
        self.assertIn("TO THE HOTEL", text)
        self.assertNotIn("TO THE DEALER", text)
        self.assertNotIn("DEALER-ORDER", text)
        text = self._read(self.shared, self._link(self.shared, self.portal_partner2))
        self.assertIn("TO THE DEALER", text)
        self.assertIn("DEALER-ORDER", text)
        self.assertNotIn("TO THE HOTEL", text)

    def test_a_login_shows_its_side_by_whatever_link(self):
        self._log_in(self.user_portal)
        for link in ({}, self._link(self.shared), self._link(self.shared, self.portal_partner2)):
            text = self._read(self.shared, link)
            self.assertIn("TO THE HOTEL", text)
            self.assertNotIn("TO THE DEALER", text)

    def test_colleagues_look_at_it_as_the_customer_does(self):
        self.user_manager.password = PASSWORD
        self._log_in(self.user_manager)
        text = self._read(self.shared, self._link(self.shared))
        self.assertIn("TO THE DEALER", text)
        self.assertNotIn("AMONG US", text)

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------
    def _try_to_write(self, link):
        """:return: whether anything was written, changed or reacted to"""
        messages = self.own.message_ids
        letter = messages.filtered(lambda m: "TO THE DEALER" in m.body)
        said = messages.filtered(lambda m: m.author_id == self.portal_partner2)
        self._rpc("/mail/message/post", self.own, post_data={"body": "Me, too"}, **link)
        self._rpc(
            "/mail/message/reaction", message_id=letter.id, content="👍", action="add", **link
        )
        self._rpc(
            "/mail/message/update_content", message_id=said.id, update_data={"body": "No"}, **link
        )
        self.env.invalidate_all()
        return self.own.message_ids != messages or messages.reaction_ids or "No" in said.body

    @mute_logger(*QUIET)
    def test_a_mere_link_writes_nothing(self):
        self.own.message_post(
            body="His words",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.portal_partner2.id,
        )
        for user in (None, self.user_portal, self.user_stranger):
            with self.subTest(user=user and user.login):
                self._log_in(user)
                self.assertFalse(self._try_to_write(self._link(self.own)))
        self._log_in(None)
        self.assertTrue(self._try_to_write(self._link(self.own, self.portal_partner2)))

    @mute_logger(*QUIET)
    def test_nobody_reacts_to_what_he_may_not_read(self):
        self._log_in(self.user_portal)
        self._rpc("/mail/message/reaction", message_id=self.among_us.id, content="👍", action="add")
        self.assertFalse(self.among_us.reaction_ids)

    def test_who_left_answers_no_more(self):
        left = self.env["res.partner"].create({"name": "Lee Left", "parent_id": self.customer2.id})
        link = self._link(self.own, left)
        self._log_in(None)
        refusal = "To write to us, please log in"
        self.assertNotIn(refusal, self._read(self.own, link))
        left.active = False
        self.assertIn(refusal, self._read(self.own, link))
