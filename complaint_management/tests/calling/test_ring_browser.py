import json

from odoo.tests import tagged

from odoo.addons.bus.tests.common import WebsocketCase

from ..browser import BrowserCase
from ..common import ComplaintCommon
from .telephone import TelephoneMixin

NUMBER = "+1 555 010 0101"


@tagged("post_install", "-at_install")
class TestRingWebsocket(TelephoneMixin, ComplaintCommon, WebsocketCase):
    """The call arrives at the websocket of the user called, and at no other (R1)."""

    def _listen(self, user):
        session = self.authenticate(user.login, user.login)
        websocket = self.websocket_connect(cookie=f"session_id={session.sid}")
        self.subscribe(websocket, last=self.env["bus.bus"]._bus_last_id())
        self.session = None  # else the next one to log in ends this session
        return websocket

    def test_arrives(self):
        called, other = self._listen(self.user_sales), self._listen(self.user_sales2)
        self.authenticate(None, None)
        answer = self._post(self._key(self.user_sales), {"number": NUMBER})
        self.assertEqual(answer.json(), {"notified": True})
        partners = (self.user_sales + self.user_sales2).partner_id
        self.env["bus.bus"]._sendone(self.user_sales2.partner_id, "test/last", {})
        self.trigger_notification_dispatching(partners)
        (heard,) = json.loads(called.recv())
        self.assertEqual(heard["message"]["type"], "complaint.call/incoming")
        self.assertEqual(heard["message"]["payload"]["number"], NUMBER)
        self.assertEqual(
            [one["message"]["type"] for one in json.loads(other.recv())], ["test/last"]
        )


@tagged("post_install", "-at_install")
class TestRingBrowser(ComplaintCommon, BrowserCase):
    """The notification in a browser: one for each call, by keyboard, nothing typed is lost (R1)."""

    def test_call_while_writing(self):
        complaints = self.env["complaint.complaint"]
        before = complaints.search([])
        login = self.user_sales.login
        self.start_tour("/odoo/complaints", "complaint_incoming_call", login=login)
        self.assertEqual((complaints.search([]) - before).description, "The handle is loo")

    def test_address_after_a_ring(self):
        """The address of the next caller is followed, whoever's card this tab showed last."""
        login = self.user_sales.login
        self.start_tour("/odoo/complaints", "complaint_call_next_address", login=login)
