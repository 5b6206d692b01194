"""A complaint with a secret in every corner, and everybody it is about (R73)."""

from datetime import timedelta

from odoo import Command, fields

from .fixtures import SecurityCommon

SECRET = "Zanzibar"
# Every role from the smallest to the largest, all of them complained about at once.
CONCERNED = (
    "contributor",
    "sales",
    "service",
    "quality",
    "leadership",
    "manager",
    "admin",
    "stock",
)


class ConcernedCommon(SecurityCommon):
    """A guest complains about people of every role; one of them wrote it down himself.

    Before they are named each of them has something in the case: it is his, he leads it, he wrote,
    he was told, he follows it, he has something to do.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The strongest there is below the superuser
        cls.user_admin.group_ids += cls.env.ref("base.group_system")
        cls.concerned = cls.env["res.users"].browse(
            [getattr(cls, f"user_{role}").id for role in CONCERNED]
        )
        # Not being allowed to export proves nothing
        cls.concerned.write(
            {"group_ids": [Command.link(cls.env.ref("base.group_allow_export").id)]}
        )
        cls.records = cls._case(
            cls.user_sales,
            cls.user_contributor,
            register=False,
            description=f"The guest was insulted: {SECRET}",
            subject=SECRET,
        )
        cls.complaint = cls.records["complaint.complaint"]
        cls.complaint.action_register()
        cls.complaint.lead_user_id = cls.user_quality
        cls._leave_traces()
        cls.env.flush_all()

    @classmethod
    def _leave_traces(cls):
        """Messages, activities, files, followers: everything that opens a document by itself."""
        partners = cls.concerned.partner_id
        cls.complaint.message_subscribe(partners.ids)
        for action in cls.complaint.action_ids:
            action.name = f"{SECRET} {action.id}"
        cls.own_message = cls.complaint.with_user(cls.user_sales).message_post(
            body=f"I said {SECRET}", subtype_xmlid="mail.mt_comment", partner_ids=partners.ids
        )
        cls.report_message = (
            cls.records["complaint.report"]
            .with_user(cls.user_sales)
            .message_post(body=f"We wrote {SECRET}", partner_ids=partners.ids)
        )
        cls.messages = (cls.own_message + cls.report_message).with_env(cls.env)
        cls.activities = cls.env["mail.activity"]
        for user in cls.concerned:
            cls.activities += cls.complaint.activity_schedule(
                "mail.mail_activity_data_todo", summary=SECRET, note=SECRET, user_id=user.id
            )
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": f"{SECRET}.txt",
                "raw": SECRET.encode(),
                "res_model": cls.complaint._name,
                "res_id": cls.complaint.id,
            }
        )
        cls.records["complaint.evidence"].write(
            {"kind": "document", "file": b"UGljdHVyZQ==", "file_name": "p.txt"}
        )
        cls.scheduled = cls.env["mail.scheduled.message"].create(
            {
                "model": cls.complaint._name,
                "res_id": cls.complaint.id,
                "body": SECRET,
                "author_id": cls.user_sales.partner_id.id,
                "scheduled_date": fields.Datetime.now() + timedelta(days=1),
            }
        )
        cls.own_message.with_user(cls.user_sales).toggle_message_starred()
        # Somebody else's complaint everybody of them may read, which names the case
        cls.pointer = cls.cases["other"]["complaint.complaint"]
        cls.pointer.duplicate_of_id = cls.complaint

    @classmethod
    def _name_them(cls, users=None, complaint=None):
        """Record whom the complaint is about, as somebody who may."""
        complaint = complaint or cls.complaint
        complaint.write({"concerned_user_ids": [Command.set((users or cls.concerned).ids)]})
        cls.env.flush_all()
        cls.env.invalidate_all()
