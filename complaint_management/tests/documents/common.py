import base64
import hashlib
import io
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.fields import Command

from ..common import ComplaintCommon


class DocumentsCommon(ComplaintCommon):
    """A case that has everything a report prints: request answered, cause, measures, photos.

    The salesperson owns the case, quality writes cause and measures, the manager approves.
    """

    @classmethod
    def _case(cls, measures=1, photos=0, **vals):
        """:param int measures: corrective and as many preventive actions
        :param int photos: pictures the customer may see
        """
        lead = vals.pop("lead_user_id", cls.user_sales2.id)
        complaint = cls._registered_complaint(
            user=cls.user_sales,
            **{
                "investigation_result": "Three of ten shafts show rust.",
                "validity": "justified",
                "plan_summary": "We replace the three screwdrivers.",
                "evidence_ids": [
                    Command.create(
                        {
                            "name": f"Photo {index}",
                            "file": cls._picture(),
                            "file_name": f"photo{index}.png",
                            "customer_visible": True,
                        }
                    )
                    for index in range(photos)
                ]
                or [Command.create({"name": "Tip", "missing_reason": "Photo follows"})],
                **vals,
            },
        )
        complaint.sudo().lead_user_id = lead
        complaint.demand_ids.write({"answer": "Cause and measures are in this report."})
        cls._add_cause(complaint)
        for index in range(measures):
            cls._add_action(complaint, kind="corrective", name=f"Wrap pallet {index} in film")
            cls._add_action(complaint, kind="preventive", name=f"Check wrapping at gate {index}")
        return complaint.with_env(cls.env)

    @classmethod
    def _add_cause(cls, complaint, verified=True, **vals):
        cause = (
            cls.env["complaint.cause"]
            .with_user(cls.user_quality)
            .create(
                {
                    "complaint_id": complaint.id,
                    "name": "The cartons got wet in transport.",
                    "evidence_note": "Salt marks on the film of pallet 7.",
                    **vals,
                }
            )
        )
        if verified:
            cause.action_verify()
        return cause

    @classmethod
    def _add_action(cls, complaint, **vals):
        return (
            cls.env["complaint.action"]
            .with_user(cls.user_quality)
            .create(
                {
                    "complaint_id": complaint.id,
                    "name": "Wrap pallets in film",
                    "kind": "corrective",
                    "user_id": cls.user_quality.id,
                    "deadline": fields.Date.today() + timedelta(days=7),
                    **vals,
                }
            )
        )

    @classmethod
    def _report(cls, complaint=None, kind="preventive", user=None):
        """The draft that quality generates."""
        complaint = (complaint or cls._case()).with_user(user or cls.user_quality)
        action = complaint.action_generate_report(kind)
        return cls.env["complaint.report"].browse(action["res_id"]).with_user(cls.user_quality)

    @classmethod
    def _approved(cls, complaint=None, kind="preventive"):
        report = cls._report(complaint, kind)
        report.with_user(cls.user_manager).action_approve()
        return report.with_user(cls.user_sales)

    @classmethod
    def _html(cls, report):
        """What the engine gets to print, as text."""
        action = report._get_report_action()
        html, _type = (
            cls.env["ir.actions.report"]
            .with_user(cls.user_quality)
            ._render_qweb_html(action.report_name, report.ids)
        )
        return html.decode()

    @classmethod
    def _pdf(cls, report):
        """A real PDF; needs the HTTP server of an ``HttpCase``."""
        action = report._get_report_action()
        content, _type = (
            cls.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(action.report_name, report.ids)
        )
        return content

    @classmethod
    def _picture(cls, size=(1200, 900), colour=(120, 160, 90), form="PNG"):
        """:return: base64 of a picture"""
        stream = io.BytesIO()
        Image.new("RGB", size, colour).save(stream, form)
        return base64.b64encode(stream.getvalue())

    @classmethod
    def _sha(cls, content):
        return hashlib.sha256(content).hexdigest()
