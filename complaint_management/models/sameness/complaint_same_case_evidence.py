from odoo import models


class ComplaintSameCaseEvidence(models.Model):
    """Evidence the case that goes on takes over from its duplicate (R8, T2)."""

    _inherit = "complaint.complaint"

    def _take_evidence(self, duplicate, lines):
        """Copy files this case does not have, byte by byte; the duplicate keeps its own.

        One after the other: several large films at once would fill the memory.

        :param dict lines: as of :meth:`_take_lines`
        :return: the new ``complaint.evidence``
        """
        known = self._get_evidence_checksums(self.evidence_ids)
        theirs = self._get_evidence_checksums(duplicate.evidence_ids)
        made = self.evidence_ids.browse()
        for evidence in duplicate.evidence_ids.with_context(bin_size=False):
            checksum = theirs.get(evidence.id)
            if not checksum and evidence.kind != "sample":
                continue
            if checksum and checksum in known.values():
                continue
            vals = self._prepare_taken_evidence_vals(evidence, lines)
            made += self.evidence_ids.create(vals)
            known[made[-1].id] = checksum
        return made

    def _prepare_taken_evidence_vals(self, evidence, lines):
        """:param evidence: ``complaint.evidence`` of the duplicate
        :return: create values of its copy here; what one customer may see no other one sees. What
            his side handed in he goes on seeing, though the copy is an employee's
        """
        seen = evidence.customer_visible or evidence._is_handed_in_by(self._get_customer_firms())
        shown = seen and not evidence.complaint_id._is_other_customers(self)
        line = lines.get(evidence.line_id) or self._find_same_goods(evidence.line_id)
        place = self.env._("With %s", evidence.complaint_id.name)
        return {
            "complaint_id": self.id,
            "name": evidence.name,
            # A signed sheet acknowledges what was sent in its own case
            "kind": "document" if evidence.kind == "feedback" else evidence.kind,
            "file": evidence.file,
            "file_name": evidence.file_name,
            "customer_visible": shown,
            "condition": evidence.condition,
            "line_id": line.id if evidence.line_id else False,
            "missing_reason": evidence.missing_reason if evidence.file else place,
        }

    def _get_evidence_checksums(self, evidence):
        """:return: dict id of a piece of evidence → checksum of its file"""
        # sudo: only whether it is the same file; who reads the evidence has it
        rows = (
            self.env["ir.attachment"]
            .sudo()
            .search_read(
                [
                    ("res_model", "=", evidence._name),
                    ("res_field", "=", "file"),
                    ("res_id", "in", evidence.ids),
                ],
                ["res_id", "checksum"],
            )
        )
        return {row["res_id"]: row["checksum"] for row in rows}
