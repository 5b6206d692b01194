from odoo import api, fields, models
from odoo.exceptions import UserError

# Field of the dialog that takes the new value of a field of this type, or of this comodel.
VALUE_FIELDS = {
    "char": "new_char",
    "text": "new_text",
    "selection": "new_choice_id",
    "date": "new_date",
    "datetime": "new_datetime",
    "integer": "new_number",
    "float": "new_number",
    "monetary": "new_number",
    "boolean": "new_boolean",
}
RELATION_FIELDS = {
    ("many2one", "res.partner"): "new_partner_id",
    ("many2one", "complaint.channel"): "new_channel_id",
    ("many2one", "complaint.category"): "new_category_id",
    ("many2one", "complaint.defect"): "new_defect_id",
    ("many2one", "sale.order"): "new_order_id",
    ("many2one", "stock.picking"): "new_picking_id",
    ("many2one", "product.product"): "new_product_id",
    ("many2one", "uom.uom"): "new_uom_id",
    ("many2many", "stock.lot"): "new_lot_ids",
}


class ComplaintCorrectionWizard(models.TransientModel):
    """Asks which frozen value is wrong, what is right, and why (T20).

    It carries the version the user saw; ``_correct`` checks every right again.
    """

    _name = "complaint.correction.wizard"
    _description = "Correct a Registered Complaint"

    complaint_id = fields.Many2one("complaint.complaint", required=True, readonly=True)
    company_id = fields.Many2one(related="complaint_id.company_id")
    seen_version = fields.Integer(readonly=True)
    place_id = fields.Many2one("complaint.correction.choice", "Where", ondelete="cascade")
    allowed_field_ids = fields.Many2many(
        "complaint.correction.choice", compute="_compute_allowed_field_ids"
    )
    what_id = fields.Many2one(
        "complaint.correction.choice",
        compute="_compute_what_id",
        store=True,
        readonly=False,
        ondelete="cascade",
    )
    what_name = fields.Char(related="what_id.field_name", string="Field name")
    value_field = fields.Char(compute="_compute_value_field")
    old_value = fields.Text("Written so far", compute="_compute_old_value")

    new_char = fields.Char("Right is (text)")
    new_text = fields.Text("Right is (long text)")
    new_choice_id = fields.Many2one(
        "complaint.correction.choice", "Right is (choice)", ondelete="cascade"
    )
    new_date = fields.Date("Right is (day)")
    new_datetime = fields.Datetime("Right is (moment)")
    new_number = fields.Float("Right is (number)", digits=(16, 4))
    new_boolean = fields.Boolean("Right is (yes or no)")
    new_partner_id = fields.Many2one("res.partner", "Right is (contact)")
    new_channel_id = fields.Many2one("complaint.channel", "Right is (channel)")
    new_category_id = fields.Many2one("complaint.category", "Right is (category)")
    new_defect_id = fields.Many2one("complaint.defect", "Right is (defect)")
    new_order_id = fields.Many2one("sale.order", "Right is (order)")
    new_picking_id = fields.Many2one("stock.picking", "Right is (delivery)")
    new_product_id = fields.Many2one("product.product", "Right is (product)")
    new_uom_id = fields.Many2one("uom.uom", "Right is (unit)")
    new_lot_ids = fields.Many2many("stock.lot", string="Right are (lots)")
    reason = fields.Text(help="Stays with the complaint, beside the old value.")

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------
    @api.model
    def _open_for(self, complaint):
        """:return: action of the dialog with everything that is frozen in ``complaint``
        :raise UserError: while nothing is frozen
        """
        records = self._get_correctable_records(complaint)
        if not records:
            raise UserError(
                self.env._("%s: nothing is frozen yet, edit it directly.", complaint.display_name)
            )
        seen = self.env.context.get("seen_version")
        wizard = self.create(
            {
                "complaint_id": complaint.id,
                "seen_version": complaint.version if seen is None else seen,
            }
        )
        # sudo: the rows only show labels; nobody writes them himself
        choices = self.env["complaint.correction.choice"].sudo()
        rows = choices.create(wizard._prepare_choice_vals(records))
        wizard.place_id = rows[0].id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct %s", complaint.name),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _get_correctable_records(self, complaint):
        """:return: list of the records of ``complaint`` the user may correct, itself first"""
        found = [complaint] if self._get_names(complaint) else []
        mixin = self.env.registry["complaint.child.mixin"]
        for name in sorted(self.env):
            model = self.env[name]
            if not isinstance(model, mixin) or model._abstract or not model._FROZEN_FIELDS:
                continue
            if model.has_access("write"):
                parts = model.search([("complaint_id", "=", complaint.id)])
                found += [part for part in parts if self._get_names(part)]
        return found

    @api.model
    def _get_names(self, record):
        """:return: list of the names of ``record`` this dialog can correct, in reading order"""
        names = record._get_correctable_names()
        return [
            name
            for name, field in record._fields.items()
            if name in names and self._get_value_field(field)
        ]

    @api.model
    def _get_value_field(self, field):
        """:return: name of the dialog's field that takes a value of ``field``, None without one"""
        if field.relational:
            return RELATION_FIELDS.get((field.type, field.comodel_name))
        return VALUE_FIELDS.get(field.type)

    def _prepare_choice_vals(self, records):
        """Values of the rows to choose from; called by :meth:`_open_for`."""
        self.ensure_one()
        rows = [
            {
                "wizard_id": self.id,
                "kind": "record",
                "label": record._get_correction_place(),
                "res_model": record._name,
                "res_id": record.id,
            }
            for record in records
        ]
        for name in dict.fromkeys(record._name for record in records):
            rows += self._prepare_field_choice_vals(name)
        return rows

    def _prepare_field_choice_vals(self, model_name):
        """Rows for the fields of a model and the values of its selections."""
        model = self.env[model_name]
        names = [
            name
            for name in model._get_freezable_fields()
            if model._is_correctable(model._fields[name])
            and self._get_value_field(model._fields[name])
        ]
        described = model.fields_get(names, ["string", "type", "relation", "selection"])
        rows = []
        for name, field in sorted(described.items(), key=lambda item: item[1]["string"]):
            base = {"wizard_id": self.id, "res_model": model_name, "field_name": name}
            rows.append(
                {
                    **base,
                    "kind": "field",
                    "label": field["string"],
                    "ttype": field["type"],
                    "relation": field.get("relation"),
                }
            )
            rows += [
                {**base, "kind": "value", "label": label, "key": key}
                for key, label in field.get("selection", ())
            ]
        return rows

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------
    def _get_record(self):
        """:return: the record to correct, empty while none is chosen"""
        self.ensure_one()
        place = self.place_id
        if place.kind != "record" or place.res_model not in self.env:
            return self.complaint_id.browse()
        return self.env[place.res_model].browse(place.res_id)

    @api.depends("place_id")
    def _compute_allowed_field_ids(self):
        for wizard in self:
            record = wizard._get_record()
            names = self._get_names(record) if record else []
            wizard.allowed_field_ids = self.env["complaint.correction.choice"].search(
                [
                    ("wizard_id", "=", wizard._origin.id),
                    ("kind", "=", "field"),
                    ("res_model", "=", record._name),
                    ("field_name", "in", names),
                ]
            )

    @api.depends("place_id")
    def _compute_what_id(self):
        """Another record has other fields."""
        for wizard in self:
            if wizard.what_id.res_model != wizard.place_id.res_model:
                wizard.what_id = False

    @api.depends("what_id")
    def _compute_value_field(self):
        for wizard in self:
            record, name = wizard._get_record(), wizard.what_id.field_name
            field = record._fields.get(name)
            wizard.value_field = field and self._get_value_field(field)

    @api.depends("place_id", "what_id")
    def _compute_old_value(self):
        for wizard in self:
            record, name = wizard._get_record(), wizard.what_id.field_name
            shown = record and name in self._get_names(record)
            wizard.old_value = shown and record._describe_value(name)

    # ------------------------------------------------------------
    # Confirming
    # ------------------------------------------------------------
    def action_confirm(self):
        """Correct the chosen value; the record itself checks every right, version and reason.

        :raise UserError: when nothing is chosen, and whatever ``_correct`` refuses
        """
        self.ensure_one()
        record, name = self._get_record(), self.what_id.field_name
        if not record or not name or not self.value_field:
            raise UserError(self.env._("Choose what is wrong."))
        record.with_context(seen_version=self.seen_version)._correct(
            name, self._get_new_value(), self.reason
        )
        return {"type": "ir.actions.act_window_close"}

    def _get_new_value(self):
        """:return: the new value as ``write`` takes it"""
        self.ensure_one()
        value = self[self.value_field]
        if self.value_field == "new_choice_id":
            return value.key
        if self.value_field == "new_lot_ids":
            return [fields.Command.set(value.ids)]
        if self._fields[self.value_field].type == "many2one":
            return value.id
        return value
