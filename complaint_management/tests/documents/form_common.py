import base64

from odoo.fields import Command

from . import office_files as files
from .eightd_common import EightdCommon

CELLS = {
    "A1": "Complaint report",
    "A3": "Number",
    "A4": "Our no.",
    "A6": "Goods",
    "A12": "{{words}}",
}


class FormCommon(EightdCommon):
    """A customer who wants his own form: a workbook with four places, one of them a list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = cls._make_profile(
            files.sheet(CELLS, merged=("B3:D3",)),
            "customer form.xlsx",
            [
                ("8D!B3", "complaint_number", {"is_required": True}),
                ("B4", "customer_reference", {}),
                ("A7", "goods.name", {"rows": 3}),
                ("C7", "goods.quantity", {"rows": 3}),
                ("B13", "cause", {"is_required": True}),
                ("B14", "report_number", {}),
            ],
        )

    @classmethod
    def _make_profile(cls, content, name, lines=(), **vals):
        """:param lines: ``(place, source, further values)``"""
        return cls.env["complaint.report.profile"].create(
            {
                "name": "Their form",
                "kind": "form",
                "partner_id": cls.customer.id,
                "form_file": base64.b64encode(content),
                "form_name": name,
                "form_field_ids": [
                    Command.create({"target": target, "source": source, **more})
                    for target, source, more in lines
                ],
                **vals,
            }
        )
