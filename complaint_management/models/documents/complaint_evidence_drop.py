from odoo import models
from odoo.exceptions import UserError

from .complaint_evidence_file import MAX_BYTES


class ComplaintEvidenceDrop(models.Model):
    """Files dropped or pasted onto a complaint become evidence at once (R8)."""

    _inherit = "complaint.complaint"

    def _file_dropped(self, storage):
        """File one dropped or pasted file, by the rules for whatever colleagues file.

        :param storage: ``werkzeug`` ``FileStorage``
        :return: the new ``complaint.evidence``
        :raise UserError: naming the file and what is wrong with it, or why nothing is added
        :raise AccessError: for who may not add evidence to this complaint
        """
        self.ensure_one()
        self.check_access("read")
        uploads = self.env["complaint.upload"]
        name = uploads._clean_name(storage.filename)
        # Measured before it is read: nothing large gets into memory
        size = storage.stream.seek(0, 2)
        storage.stream.seek(0)
        if not size:
            raise UserError(uploads._name_problem(name, self.env._("the file is empty.")))
        if size > MAX_BYTES:
            raise UserError(uploads._name_problem(name, uploads._get_size_problem(MAX_BYTES)))
        vals_list = uploads._prepare_evidence_vals(
            [(name, storage.stream.read())], complaint_id=self.id
        )
        return self.env["complaint.evidence"].create(vals_list)
