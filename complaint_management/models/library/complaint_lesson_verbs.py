from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..complaint.complaint_complaint import QUALITY_GROUP
from ..complaint.complaint_state_guard import TRUSTED

# verb: (states it starts from, state it leads to)
LESSON_VERBS = {
    "submit": (("draft",), "review"),
    "return": (("review",), "draft"),
    "publish": (("review",), "published"),
    "confirm": (("published",), "published"),
    "revise": (("published",), "published"),
    "retire": (("published",), "retired"),
}
# Without these nobody learns anything.
NEEDED_TEXTS = ("problem", "cause", "measure")


class ComplaintLessonVerbs(models.Model):
    """The life of a lesson: written, looked at by somebody else, published, reviewed, retired.

    The booleans that hide a button guard its verb (:meth:`_has_verb_right`). Buttons send the
    ``text_version`` their user saw.
    """

    _inherit = "complaint.lesson"

    reviewer_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False)
    date_published = fields.Date("Published on", readonly=True, copy=False)
    return_reason = fields.Text("Sent back because", readonly=True, copy=False)
    retire_reason = fields.Text("Retired because", readonly=True, copy=False)
    replaces_id = fields.Many2one(
        "complaint.lesson", readonly=True, copy=False, index="btree_not_null"
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_publish = fields.Boolean(compute="_compute_can")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_revise = fields.Boolean(compute="_compute_can")
    can_retire = fields.Boolean(compute="_compute_can")

    # Pressing Revise twice at once makes one new version
    _one_revision = models.UniqueIndex(
        "(replaces_id) WHERE state IN ('draft', 'review')",
        "A new version is being written already.",
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "reviewer_id",
            "date_published",
            "return_reason",
            "retire_reason",
            "replaces_id",
        }

    @api.depends("state", "writer_ids", "owner_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for lesson in self:
            for verb, (sources, _target) in LESSON_VERBS.items():
                can = lesson.state in sources and lesson._has_verb_right(verb)
                lesson[f"can_{verb}"] = bool(lesson.id) and can

    def _has_verb_right(self, verb):
        """Hook: whether the user may press ``verb``, apart from the state.

        :param str verb: key of ``LESSON_VERBS``
        """
        self.ensure_one()
        user = self.env.user
        is_quality = user.has_group(QUALITY_GROUP)
        if verb == "submit":
            return self.has_access("write")
        if verb == "publish":
            return is_quality and user not in self.writer_ids
        if verb == "return":
            return is_quality
        return is_quality or (user == self.owner_id and self.has_access("write"))

    # ------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------
    def action_submit(self):
        """Hand a draft to somebody who did not write it.

        :raise UserError: naming what is missing, and every name the text must not say
        """
        self._check_lesson_verb("submit")
        self._check_publishable()
        self._write_trusted({"state": "review", "return_reason": False})
        self._ask_reviewers()

    def action_return(self, reason=None):
        """Send a lesson back to its author.

        :param str reason: what is to be mended; without it the wizard is returned
        :raise UserError: from another state
        """
        self._check_lesson_verb("return")
        if not (reason or "").strip():
            return self._open_lesson_wizard("return")
        self._write_trusted({"state": "draft", "return_reason": reason.strip()})
        self._tell_authors(reason.strip())

    def action_publish(self):
        """Show it to everybody; who wrote in it cannot (four eyes). Retires what it replaces.

        :raise AccessError: for its writers, and for everybody but quality
        :raise UserError: naming what is missing, and every name the text must not say
        """
        self._check_lesson_verb("publish")
        self._check_publishable()
        self._write_trusted(
            {
                "state": "published",
                "reviewer_id": self.env.uid,
                "date_published": fields.Date.context_today(self),
            }
        )
        self._plan_review()
        self._end_activities()
        for lesson in self.filtered("replaces_id"):
            reason = self.env._("Replaced by version %s.", lesson.version)
            # sudo: who may publish the new version may retire the old one
            lesson.replaces_id.sudo()._retire(reason)

    def action_revise(self):
        """Begin the next version as a draft; this one stays published until that one is.

        :return: action opening the new version, or the one that is being written already
        :raise AccessError: for others than quality and the owner
        """
        self.ensure_one()
        self._check_lesson_verb("revise")
        # sudo: whether a colleague is at it already, though his draft is not this user's to read
        begun = self.sudo().search(
            [("replaces_id", "=", self.id), ("state", "in", ("draft", "review"))], limit=1
        )
        if begun and not begun.with_env(self.env).has_access("read"):
            raise UserError(self.env._("%s is writing a new version.", begun.author_id.name))
        lesson = begun.with_env(self.env) or self._make_version()
        return lesson._open_lesson()

    def _make_version(self):
        """:return: ``complaint.lesson``, the next version of this one, as a draft"""
        # Trusted: the verb looked at the rights; creating still asks for those of the user
        trusted = self.with_context(complaint_transition=TRUSTED)
        # sudo: the cases it comes from go along, whoever revises it may read them or not
        lesson = trusted.copy(self.sudo()._prepare_version_vals())
        for picture in self.picture_ids:
            picture.with_env(trusted.env).copy({"lesson_id": lesson.id})
        return lesson.with_env(self.env)

    def _prepare_version_vals(self):
        """Values of the next version beside the copied texts; called by :meth:`_make_version`."""
        self.ensure_one()
        return {
            "name": self.name,
            "replaces_id": self.id,
            "version": self.version + 1,
            "owner_id": self.owner_id.id or self.env.uid,
            "source_ids": [Command.set(self.source_ids.ids)],
            "helped_ids": [Command.set(self.helped_ids.ids)],
        }

    def action_retire(self, reason=None):
        """Take a lesson off the shelf; it stays readable to quality.

        :param str reason: why; without it the wizard is returned
        :raise AccessError: for others than quality and the owner
        """
        self._check_lesson_verb("retire")
        if not (reason or "").strip():
            return self._open_lesson_wizard("retire")
        self._retire(reason.strip())

    def _retire(self, reason):
        self._write_trusted({"state": "retired", "retire_reason": reason})
        self._end_activities()

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    def _check_lesson_verb(self, verb):
        """Rights, seen text, state.

        :raise AccessError, UserError: saying which lesson cannot take the step
        """
        self.check_access("read")
        for lesson in self:
            if not lesson._has_verb_right(verb):
                raise AccessError(lesson._get_lesson_refusal(verb))
        self._check_seen_text()
        labels = dict(self._fields["state"]._description_selection(self.env))
        wrong = self.filtered(lambda lesson: lesson.state not in LESSON_VERBS[verb][0])[:1]
        if wrong:
            raise UserError(
                self.env._(
                    "“%(lesson)s” is “%(state)s” and cannot take this step.",
                    lesson=wrong.display_name,
                    state=labels[wrong.state],
                )
            )

    def _check_seen_text(self):
        """Refuse to act on a text the user did not see (T17). The context grants nothing.

        :raise UserError: when somebody changed the lesson after the user's page was loaded
        """
        seen = self.env.context.get("seen_version")
        if len(self) == 1 and isinstance(seen, int) and seen != self.text_version:
            raise UserError(
                self.env._(
                    "Somebody changed “%s” since you opened it. Load it again and look.",
                    self.display_name,
                )
            )

    def _get_lesson_refusal(self, verb):
        """:return: translated sentence saying who may press ``verb`` instead"""
        if verb == "publish" and self.env.user in self.writer_ids:
            return self.env._(
                "You wrote in “%s”: somebody else of quality reads and publishes it.", self.name
            )
        if verb in ("publish", "return"):
            return self.env._("Quality reads and publishes lessons.")
        return self.env._("The owner of “%s” or quality decides about it.", self.name)

    def _check_publishable(self):
        """:raise UserError: naming everything that is missing or must go, of all lessons at once"""
        problems = []
        for lesson in self:
            problems += lesson._get_missing_texts() + lesson._get_naming_problems()
        if problems:
            raise UserError("\n".join(problems))

    def _get_missing_texts(self):
        """Hook: what has to be there before anybody reads it.

        :return: list of translated sentences
        """
        self.ensure_one()
        labels = self.fields_get(NEEDED_TEXTS, ["string"])
        missing = [labels[n]["string"] for n in NEEDED_TEXTS if not (self[n] or "").strip()]
        if not missing:
            return []
        return [
            self.env._(
                "“%(lesson)s” is not complete: %(fields)s.",
                lesson=self.name,
                fields=", ".join(missing),
            )
        ]

    def _open_lesson_wizard(self, verb):
        """:return: action of the wizard that asks for the reason ``verb`` needs"""
        wizard = self.env["complaint.lesson.wizard"].create(
            {
                "verb": verb,
                "lesson_ids": self.ids,
                "seen_version": self.text_version if len(self) == 1 else 0,
            }
        )
        titles = {
            "return": self.env._("Send back: what is to be mended?"),
            "retire": self.env._("Retire: why?"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles[verb],
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _open_lesson(self):
        """:return: action opening this lesson"""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
