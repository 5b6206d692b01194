from odoo import models
from odoo.tools import format_date

# Lines to sign on, where nobody was named yet.
BLANK_ROWS = 20
SPARE_ROWS = 4


class ComplaintLessonPrint(models.Model):
    """What the training sheet prints: strings, no records (practice: *never*)."""

    _inherit = "complaint.lesson"

    def _get_print_lesson(self):
        """In the lesson's language, for who may read it.

        :return: dict of strings and lists
        """
        self.ensure_one()
        self.check_access("read")
        lesson = self.with_context(lang=self.lang)
        labels = lesson.fields_get(
            ["problem", "recognition", "cause", "measure", "advice"], ["string"]
        )
        states = dict(lesson._fields["state"]._description_selection(lesson.env))
        return {
            "title": self.name,
            "version": self.version,
            "state": "" if self.state == "published" else states[self.state],
            "published": format_date(lesson.env, self.date_published)
            if self.date_published
            else "",
            "goods": ", ".join(lesson.product_ids.mapped("name")),
            "defects": ", ".join(lesson.defect_ids.mapped("name")),
            "departments": ", ".join(lesson.department_ids.mapped("name")),
            "texts": [
                {"title": label["string"], "body": (self[name] or "").strip()}
                for name, label in labels.items()
                if (self[name] or "").strip()
            ],
            "pictures": lesson._get_print_pictures(),
            "key_points": self._split_lines(self.key_points),
            "quiz": self._split_lines(self.quiz),
        }

    def _get_print_pictures(self):
        """:return: list of rows of two dicts ``uri, name, condition, label``"""
        conditions = dict(self.picture_ids._fields["condition"]._description_selection(self.env))
        pictures = [
            {
                "uri": "data:image/jpeg;base64," + self._get_picture_text(picture),
                "name": picture.name or "",
                "condition": picture.condition or "",
                "label": conditions.get(picture.condition, ""),
            }
            for picture in self.picture_ids
        ]
        return [pictures[i : i + 2] for i in range(0, len(pictures), 2)]

    @staticmethod
    def _get_picture_text(picture):
        return (picture.with_context(bin_size=False).image or b"").decode()

    @staticmethod
    def _split_lines(text):
        return [line.strip() for line in (text or "").splitlines() if line.strip()]

    def _get_print_attendance(self):
        """:return: dict for a sheet of a training that is still to come: lines to write on"""
        self.ensure_one()
        return {
            "title": self.env._("Training"),
            "lessons": self.mapped("display_name"),
            "date": "",
            "trainer": "",
            "place": "",
            "rows": [],
            "blanks": BLANK_ROWS,
        }

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Training - %s", self.name)


class ComplaintTrainingPrint(models.Model):
    """The same with whom it is for."""

    _inherit = "complaint.training"

    def _get_print_attendance(self):
        """:return: dict ``title, lessons, date, trainer, place, rows, blanks``, rows of dicts
        ``name, department``
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "title": self.env._("Training"),
            "lessons": self.lesson_ids.mapped("display_name"),
            "date": format_date(self.env, self.date),
            "trainer": self.trainer_name or "",
            "place": self.place or "",
            "rows": [
                {"name": a.name, "department": a.department_id.name or ""}
                for a in self.attendee_ids
            ],
            "blanks": SPARE_ROWS if self.attendee_ids else BLANK_ROWS,
        }

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Training - %s", self.name)
