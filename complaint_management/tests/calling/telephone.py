import json
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase

from odoo.addons.bus.models.bus import channel_with_db, json_dump

from ...models.calling.complaint_call_ring import RING
from ..common import ComplaintCommon


class TelephoneMixin:
    """A telephone system: a user with a key and nothing else, who speaks HTTP with the server."""

    @classmethod
    def _set_up_telephone(cls):
        """Make ``user_telephone``, who may announce calls and has no other right of ours."""
        groups = cls.env.ref("base.group_user") + cls.env.ref(
            "complaint_management.group_complaint_telephone"
        )
        cls.user_telephone = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "Telephone system",
                    "login": cls.login_prefix + "telephone",
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                    "group_ids": [Command.set(groups.ids)],
                }
            )
        )

    def _key(self, user, days=1):
        """:return: an API key of a user that ends in so many days, in the past if negative"""
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "test", fields.Datetime.now() + timedelta(days=days))

    def _post(self, key, body, method="incoming", http="POST"):
        """Call a method of the call card as a telephone system does.

        :param body: what is sent, bytes as they are
        :return: the answer of the server
        """
        return self.url_open(
            f"/json/2/complaint.call/{method}",
            data=body if isinstance(body, bytes) else json.dumps(body),
            headers={
                "Content-Type": "application/json",
                **({"Authorization": f"bearer {key}"} if key else {}),
            },
            method=http,
        )

    def _get_rings(self, user=None):
        """:return: list of what browsers of a user, or of all, were told of calls"""
        self.env.cr.precommit.run()
        domain = []
        if user:
            channel = channel_with_db(self.env.cr.dbname, user.partner_id)
            domain = [("channel", "=", json_dump(channel))]
        messages = self.env["bus.bus"].search(domain, order="id").mapped("message")
        contents = [json.loads(message) for message in messages]
        return [c["payload"] for c in contents if c["type"] == RING]


class TelephoneCase(TelephoneMixin, ComplaintCommon, HttpCase):
    """Roles, and a telephone system with its key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_telephone()

    def setUp(self):
        super().setUp()
        self.env["bus.bus"].search([]).unlink()
        self.key = self._key(self.user_telephone)
