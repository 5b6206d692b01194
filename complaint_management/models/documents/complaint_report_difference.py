import difflib

from markupsafe import Markup

from odoo import api, fields, models

REMOVED = Markup('<div class="text-danger text-decoration-line-through text-break">{}</div>')
ADDED = Markup('<div class="text-success text-break">{}</div>')
SECTION = Markup('<h4 class="mt-3 mb-1">{}</h4>{}')


class ComplaintReportDifference(models.Model):
    """What a new version says otherwise than the one before, for whoever approves it (R33, R44).

    Approval keeps the lines that were printed, tables included; the next version is compared with
    them, not with what the complaint says by now.
    """

    _inherit = "complaint.report"

    printed_lines = fields.Json(
        readonly=True, copy=False, help="Title and lines of each section, as approved."
    )
    previous_id = fields.Many2one(
        "complaint.report", "Previous version", compute="_compute_previous_id"
    )
    difference = fields.Html(
        "Changes",
        compute="_compute_difference",
        sanitize=False,
        help="Compared with the version approved last.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"printed_lines"}

    def _freeze(self):
        """Keep what is printed, line by line, beside the PDF."""
        result = super()._freeze()
        # sudo: the approver may read the case without the right to edit it
        report = self.sudo()
        report._write_trusted({"printed_lines": report._get_print_lines()})
        return result

    @api.depends("version", "kind", "complaint_id.report_ids.state")
    def _compute_previous_id(self):
        for report in self:
            earlier = report.complaint_id.report_ids.filtered(
                lambda r, report=report: (
                    r.kind == report.kind
                    and r.version < report.version
                    and r.state != "draft"
                    and r.printed_lines
                )
            )
            report.previous_id = earlier.sorted("version")[-1:]

    @api.depends("previous_id", "section_ids.title", "section_ids.body", "stage", "profile_id")
    def _compute_difference(self):
        for report in self:
            previous = report.previous_id
            if not previous or not report._origin:
                report.difference = False
                continue
            new = report.printed_lines or report._origin._get_print_lines()
            report.difference = report._render_difference(previous.printed_lines, new) or Markup(
                "<p>{}</p>"
            ).format(report.env._("Nothing printed has changed."))

    @api.model
    def _render_difference(self, old, new):
        """:param old, new: lists of ``[title, lines]``
        :return: markup: each changed section with the lines that went and those that came
        """
        before, after = _merge_titles(old), _merge_titles(new)
        parts = []
        for title in dict.fromkeys([*after, *before]):
            lines = [
                (REMOVED if line[0] == "-" else ADDED).format(line[1:])
                for line in _iter_changes(before.get(title, []), after.get(title, []))
                if line[1:].strip()
            ]
            if lines:
                parts.append(SECTION.format(title, Markup("").join(lines)))
        return Markup("").join(parts)

    # ------------------------------------------------------------
    # What is printed, as lines
    # ------------------------------------------------------------
    def _get_print_lines(self):
        """:return: list of ``[title, lines]``: every section with its text and table rows"""
        self.ensure_one()
        if self.kind == "8d":
            return self._get_print_lines_8d()
        report = self.with_context(lang=self.lang)
        return [
            [
                section["title"],
                [
                    *section["body"].splitlines(),
                    *(
                        _join(row.values())
                        for key, rows in section.items()
                        if isinstance(rows, list)
                        for row in (rows if key != "photos" else _get_captions(rows))
                    ),
                ],
            ]
            for section in report._get_print_sections(self._get_safe_complaint())
        ]

    def _get_print_lines_8d(self):
        """:return: :meth:`_get_print_lines` of an 8D report, its header box first"""
        values = self._get_print_8d()
        head = [f"{row['label']}: {row['value']}" for row in values["header"]]
        lines = [[values["title"], [values["stage"], *head]]]
        for section in values["sections"]:
            rows = [_join(row) for table in section["tables"] for row in table["rows"]]
            pairs = [_join(pair) for pair in section["pairs"]]
            photos = [_join(row.values()) for row in _get_captions(section["photos"])]
            text = section["text"].splitlines()
            lines.append([section["title"], [*text, *rows, *pairs, *photos]])
        return lines


def _merge_titles(sections):
    """:return: dict title → lines, all of them where several sections are called the same"""
    merged = {}
    for title, lines in sections:
        merged[title] = [*merged.get(title, []), *lines]
    return merged


def _iter_changes(before, after):
    """Yield the lines that went, after ``-``, and those that came, after ``+``.

    Whole lines are compared: looking for what changed inside similar ones, as ``ndiff`` does, takes
    minutes on a table of some hundred rows.
    """
    diff = difflib.unified_diff(before, after, n=0, lineterm="")
    # The first two lines name the files that were compared
    yield from (line for line in list(diff)[2:] if line[:1] in "-+")


def _join(values):
    """:return: the filled cells of a row as one line"""
    return " · ".join(
        " / ".join(value.splitlines()) for value in values if value and isinstance(value, str)
    )


def _get_captions(photos):
    """:return: photos without their pictures"""
    return [
        {key: photo[key] for key in ("condition", "caption") if photo.get(key)} for photo in photos
    ]
