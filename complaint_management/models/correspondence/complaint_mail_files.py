from odoo import models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import OVER_STATES

# Pictures smaller than this are logos of a signature.
MIN_PICTURE = 6 * 1024


class ComplaintMailFiles(models.Model):
    """Files of a mail stay in the chatter; those a customer may hand in are proposed as evidence,
    internal until somebody marks them (T2, T9).
    """

    _inherit = "complaint.complaint"

    def _take_mail_files(self, message):
        """Propose the files of a mail as evidence, and say which were left out.

        :param message: ``mail.message`` as it was posted, by sudo
        """
        self.ensure_one()
        if self.state in OVER_STATES or not message.attachment_ids:
            return
        # sudo: limits and files of the mail that is being let in
        uploads = self.env["complaint.upload"].sudo()
        files = [
            (attachment.name, attachment.raw or b"")
            for attachment in message.attachment_ids.sorted("id")
        ]
        files = [file for file in files if not self._is_decoration(*file)]
        accepted, problems = uploads._sort_uploads(files, self.company_id)
        problems += self._propose_evidence(accepted)
        if problems:
            self._note_in_chatter({self: self._get_left_out_sentences(problems)})

    def _propose_evidence(self, files):
        """Make evidence of accepted files; a case that may take no more keeps them in the mail.

        :param files: list of ``(name, bytes)``
        :return: list of translated sentences about what could not be made
        """
        if not files:
            return []
        # sudo: whoever the gateway runs as
        evidence = self.env["complaint.evidence"].sudo()
        vals = (
            self.env["complaint.upload"].sudo()._prepare_evidence_vals(files, complaint_id=self.id)
        )
        try:
            with self.env.cr.savepoint():
                evidence.create(vals)
        except UserError as error:
            return [", ".join(name for name, _content in files) + ": " + str(error)]
        return []

    def _get_left_out_sentences(self, problems):
        """:return: list of sentences about files that are in the mail only"""
        shown = problems[:10]
        if len(problems) > len(shown):
            shown.append(self.env._("… and %s more.", len(problems) - len(shown)))
        return [
            self.env._("Files of the mail that are not proposed as evidence (they stay in it):"),
            *shown,
        ]

    def _is_decoration(self, name, content):
        """:return: whether a file is a logo or a line of somebody's signature"""
        return len(content) < MIN_PICTURE and self.env["complaint.upload"]._is_picture(content)
