from odoo import models

from .complaint_report import SENT_STATES, STAGES
from .complaint_report_print import LAYOUTS

# A discipline of so many lines is moved to the next page as a whole: less than a fifth of a page.
SHORT_LINES = 12


class ComplaintReportStage(models.Model):
    """Interim and final versions of an 8D report: which comes next, which went out (R44)."""

    _inherit = "complaint.report"

    def _get_covered_stages(self):
        """:return: list of the stages this version fulfils: its own and all before"""
        self.ensure_one()
        codes = [code for code, _label in STAGES]
        return codes[: codes.index(self.stage) + 1]

    def _get_print_8d(self):
        """:return: ``complaint.complaint._get_print_8d`` of this report, in its language

        :raise AccessError: when the user may not read the report
        """
        self.ensure_one()
        complaint = self._get_safe_complaint()
        # sudo: names on a document the user may read; only strings leave that room
        return complaint._get_print_8d(self.sudo().with_context(lang=self.lang))

    def _get_print_values_8d(self):
        """:return: :meth:`_get_print_8d` with what the template needs beside it"""
        self.ensure_one()
        values = self._get_print_8d()
        for section in values["sections"]:
            section["is_short"] = self._is_short_8d_section(section)
        # sudo: the profile of a document the user may read
        layout = self.sudo().profile_id.layout or "plain"
        return {
            **values,
            "layout": LAYOUTS[layout],
            "is_draft": self.state == "draft",
            "draft_uri": self.with_context(lang=self.lang)._get_draft_uri(),
        }

    @staticmethod
    def _is_short_8d_section(section):
        """:return: whether a discipline is kept on one page: it can be moved as a whole"""
        lines = _count_lines(section["text"], 110) + len(section["pairs"])
        for table in section["tables"]:
            lines += 1
            for row in table["rows"]:
                lines += max(
                    _count_lines(cell, max(int(width * 1.05), 6))
                    for cell, width in zip(row, table["widths"], strict=True)
                )
        return lines + 9 * -(-len(section["photos"]) // 4) <= SHORT_LINES


def _count_lines(text, width):
    """:return: lines a text needs in a column of so many letters"""
    return sum(1 + len(line) // width for line in text.splitlines())


class ComplaintStages(models.Model):
    """Stages of a complaint's 8D report."""

    _inherit = "complaint.complaint"

    def _get_stages_sent(self):
        """:return: dict stage → moment (UTC) it first went out in the current round"""
        self.ensure_one()
        sent = {}
        reports = self.report_ids.filtered(
            lambda r: (
                r.kind == "8d"
                and r.state in SENT_STATES
                and r.date_sent
                and r.round_number == (self.round or 1)
            )
        )
        for report in reports.sorted("date_sent"):
            for code in report._get_covered_stages():
                sent.setdefault(code, report.date_sent)
        return sent

    def _get_next_stage(self):
        """Propose the version of an 8D report that is due next.

        :return: ``final`` where nothing is missing for it, else the furthest interim version that
            is complete and was not approved, else the first that was not
        """
        self.ensure_one()
        # sudo: completeness is judged on all that is recorded
        complaint = self.sudo()
        if not complaint._get_missing_for_8d("final"):
            return "final"
        made = {
            code
            for report in complaint.report_ids
            if report.kind == "8d"
            and report.state != "draft"
            and report.round_number == (complaint.round or 1)
            for code in report._get_covered_stages()
        }
        open_ = [code for code, _label in STAGES if code not in made and code != "final"]
        complete = [code for code in open_ if not complaint._get_missing_for_8d(code)]
        return (complete[-1:] or open_[:1] or ["final"])[0]
