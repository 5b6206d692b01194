"""Two customers with logins, and their complaints full of things the other must not see."""

from odoo import Command

from ..common import ComplaintCommon

PASSWORD = "portal-complaints-1"


class PortalCommon(ComplaintCommon):
    """Pat of Harbour Hotel (``user_portal``) and Cora of Corner Shop (``user_portal2``)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_partner2 = cls.env["res.partner"].create(
            {
                "name": "Cora Corner",
                "parent_id": cls.customer2.id,
                "email": "cora@corner.example.com",
            }
        )
        cls.user_portal2 = (
            cls.env["res.users"]
            .with_context(no_reset_password=True, mail_create_nosubscribe=True)
            .create(
                {
                    "login": cls.login_prefix + "portal2",
                    "partner_id": cls.portal_partner2.id,
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                    "group_ids": [Command.set([cls.env.ref("base.group_portal").id])],
                }
            )
        )
        (cls.user_portal + cls.user_portal2).write({"password": PASSWORD})

    @classmethod
    def _complaint_of(cls, partner, contact=None, **vals):
        """A registered complaint of ``partner`` with goods, a request and a photo."""
        return cls._registered_complaint(
            partner_id=partner.id, contact_id=contact.id if contact else False, **vals
        )
