import hashlib

from odoo import api, models

CONTENT_FIELDS = frozenset({"raw", "datas", "db_datas"})
PLACE_FIELDS = frozenset({"type", "url", "res_model", "res_id", "res_field", "name", "public"})
# Files of messages that belong to no record of their own.
UNOWNED_MODELS = (False, "", "mail.message", "mail.compose.message")


class IrAttachment(models.Model):
    """Files of a registered complaint stay: evidence, the chatter's, those of reports (T20).

    Bytes, name and place are kept, by sudo and RPC alike. Odoo's own moving between database and
    disk writes the same bytes and is let through.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_complaint_field_files()
        return attachments

    def write(self, vals):
        """:raise UserError: when a kept file would get other bytes, another name or place"""
        touched = (CONTENT_FIELDS | PLACE_FIELDS).intersection(vals)
        if not touched or self.env["mail.message"]._is_complaint_tidying():
            return super().write(vals)
        before = {a: a._get_kept_state(touched) for a in self._filter_kept_by_complaint()}
        result = super().write(vals)
        if any(a._get_kept_state(touched) != state for a, state in before.items()):
            self._refuse_complaint_file()
        if {"res_model", "res_id", "res_field"} & touched:
            self._check_complaint_field_files()
        return result

    def unlink(self):
        """:raise UserError: for a kept file, whoever asks"""
        if not self.env["mail.message"]._is_complaint_tidying() and (
            self._filter_kept_by_complaint()
        ):
            self._refuse_complaint_file()
        return super().unlink()

    def _filter_kept_by_complaint(self):
        """:return: those of the files a complaint keeps, by sudo"""
        # sudo: only whether they are kept, nothing is shown
        attachments = self.sudo()
        pairs = {(a.res_model, a.res_id) for a in attachments}
        keepers = self.env["complaint.state.guard"]._browse_keepers(pairs)
        kept = attachments.filtered(
            lambda a: (
                (a.res_model, a.res_id) in keepers
                and keepers[a.res_model, a.res_id]._keeps_file(a.res_field)
            )
        )
        unowned = attachments.filtered(lambda a: a.res_model in UNOWNED_MODELS and not a.res_field)
        return kept | unowned._filter_kept_by_message()

    def _filter_kept_by_message(self):
        """:return: those of the files a kept message carries"""
        if not self.ids:
            return self
        # sudo: only whether they are kept, nothing is shown
        messages = self.env["mail.message"].sudo().search([("attachment_ids", "in", self.ids)])
        return self & messages._filter_kept_by_complaint().attachment_ids

    def _get_kept_state(self, touched):
        """:return: what must stay, as far as ``touched`` fields can change it"""
        self.ensure_one()
        place = tuple(self[name] or False for name in sorted(PLACE_FIELDS))
        if not CONTENT_FIELDS.intersection(touched):
            return place
        return (hashlib.sha256(self.raw or b"").hexdigest(), *place)

    def _check_complaint_field_files(self):
        """:raise UserError: when a second file poses as the one a frozen field holds"""
        if self.env["mail.message"]._is_complaint_tidying():
            return
        # sudo: only whether they pose, nothing is shown
        candidates = self.sudo().filtered("res_field")
        pairs = {(a.res_model, a.res_id) for a in candidates}
        keepers = self.env["complaint.state.guard"]._browse_keepers(pairs)
        for attachment in candidates:
            record = keepers.get((attachment.res_model, attachment.res_id))
            name = attachment.res_field
            if record is None or name not in record._get_freezable_fields():
                continue
            same = [
                ("res_model", "=", attachment.res_model),
                ("res_id", "=", attachment.res_id),
                ("res_field", "=", name),
            ]
            if record._keeps_thread() and self.sudo().search_count(same, limit=2) > 1:
                self._refuse_complaint_file()

    def _refuse_complaint_file(self):
        self.env["mail.message"]._refuse_complaint_message()
