from odoo import models


class ComplaintPrint8d(models.Model):
    """What an 8D report shows: one dictionary of plain strings for PDF, spreadsheet, differences.

    This file holds the frame; the header box is in ``complaint_print_8d_header``, the disciplines
    are in ``complaint_print_8d_problem``, ``…_causes`` and ``…_solution``.
    """

    _inherit = "complaint.complaint"

    def _get_print_8d(self, report=None):
        """Everything an 8D report prints, in print order; what is empty is left out.

        Callers pass a complaint as returned by ``complaint.report._get_safe_complaint``, or use
        ``complaint.report._get_print_8d``, which does.

        :param report: ``complaint.report`` of kind 8D, default: the complaint's latest
        :return: dict of strings, lists and dicts of strings:

            * ``title``, ``number``, ``version``, ``stage`` (label), ``stage_code``, ``date``,
              ``company``, ``form`` (number of the customer's form)
            * ``header``: list of ``{"key", "label", "value", "side"}``, the header box: what is
              the customer's on the ``left``, what is ours on the ``right``
            * ``stages``: list of ``{"code", "label", "due", "sent"}``
            * ``sections``: list of ``{"code", "title", "text", "pairs", "tables", "photos"}``:
              ``pairs`` are ``[label, value]``; ``tables`` are ``{"code", "title", "columns",
              "widths", "rows"}`` with ``widths`` in percent; ``photos`` are ``{"uri", "caption",
              "condition", "condition_code"}``
            * ``signatures``: list of ``{"role", "name", "date"}``
        """
        self.ensure_one()
        if report is None:
            report = self.report_ids.filtered(lambda r: r.kind == "8d")[-1:]
        profile = report.profile_id
        return {
            "title": report._get_print_title() if report else self.env._("8D Report"),
            "number": report.name or self.name,
            "version": str(report.version or 1),
            "stage": self._get_print_label(report, "stage") if report else "",
            "stage_code": report.stage or "final",
            "date": self._get_print_day(report.date_approved or self._get_print_now()),
            "company": self.company_id.name,
            "form": profile.form_number or "",
            "header": [row for row in self._get_print_8d_header(report) if row["value"]],
            "stages": self._get_print_8d_stages(report),
            "sections": self._get_print_8d_sections(report),
            "signatures": self._get_print_8d_signatures(report),
        }

    def _get_print_now(self):
        return self.env.cr.now().replace(microsecond=0)

    def _get_print_8d_stages(self, report):
        """:return: list of ``{"code", "label", "due", "sent"}``; without due date and sending a
        stage is left out. This version's own stages count as sent on its date.
        """
        due = self._get_report_due(report.profile_id)
        sent = self._get_stages_sent()
        if report and report.state != "draft":
            for code in report._get_covered_stages():
                sent.setdefault(code, report.date_approved)
        rows = [
            {
                "code": code,
                "label": label,
                "due": self._get_print_day(due.get(code)),
                "sent": self._get_print_day(sent.get(code)),
            }
            for code, label in (("d3", "D3"), ("d5", "D5"), ("final", "D8"))
        ]
        return [row for row in rows if row["due"] or row["sent"]]

    # ------------------------------------------------------------
    # Disciplines
    # ------------------------------------------------------------
    def _get_print_8d_sections(self, report):
        """:return: list of sections that have anything to say; see :meth:`_get_print_8d`"""
        if report:
            codes = report._get_stage_codes()
            known = report._get_section_titles("8d")
            texts = [
                (section.code, section.title, section.body)
                for section in report.section_ids.sorted("sequence")
                if section.code in codes or section.code not in known
            ]
        else:
            titles = self.env["complaint.report"]._get_section_titles("8d")
            texts = [(code, title, "") for code, title in titles.items()]
        sections = []
        for code, title, text in texts:
            section = {
                "code": code,
                "title": title,
                "text": (text or "").strip(),
                "pairs": [],
                "tables": [],
                "photos": [],
            }
            fill = getattr(self, f"_fill_print_8d_{code}", None)
            if fill:
                fill(section)
            section["tables"] = [table for table in section["tables"] if table["rows"]]
            section["pairs"] = [pair for pair in section["pairs"] if pair[1]]
            if any(section[key] for key in ("text", "pairs", "tables", "photos")):
                sections.append(section)
        return sections

    @staticmethod
    def _make_print_table(code, columns, rows, title=""):
        """Build a table without columns that no row fills.

        :param columns: list of (label, weight); the first stays whatever its rows say
        :param rows: list of lists of strings
        :return: dict ``code, title, columns, widths, rows``; widths in percent
        """
        kept = [
            number
            for number in range(len(columns))
            if number == 0 or any(row[number] for row in rows)
        ]
        weight = sum(columns[number][1] for number in kept)
        return {
            "code": code,
            "title": title,
            "columns": [columns[number][0] for number in kept],
            "widths": [round(100 * columns[number][1] / weight, 1) for number in kept],
            "rows": [[row[number] for number in kept] for row in rows],
        }

    def _get_print_8d_signatures(self, report):
        """:return: list of ``{"role", "name", "date"}``: prepared, checked, approved"""
        author = self.lead_user_id or self.user_id
        checker = self.measures_approved_by_id
        approver = report.approved_by_id
        if checker in (author, approver):
            checker = checker.browse()
        return [
            {"role": self.env._("Prepared"), "name": author.name or "", "date": ""},
            {
                "role": self.env._("Checked"),
                "name": checker.name or "",
                "date": self._get_print_day(checker and self.measures_approved_on),
            },
            {
                "role": self.env._("Approved"),
                "name": approver.name or "",
                "date": self._get_print_day(report.date_approved),
            },
        ]
