from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from .complaint_lesson import LESSON_TEXTS
from .lesson_words import get_index_text, get_search_words

# Stems of these are indexed beside the words: who looks for “scratches” finds “scratched”.
STEMMERS = ("english", "german")
VECTOR = "search_vector"
# What stands in the title counts more than what stands in the text.
WEIGHTS = (("search_title", "A"), ("search_text", "D"))


class ComplaintLessonSearch(models.Model):
    """Finding lessons by words, the best first (R52).

    Words are made in Python (``lesson_words``), so that no extension of the database and no setting
    of it decides what is found; PostgreSQL adds stems, keeps them in a column of its own with an
    index, and ranks. The words are looked for through ``words`` in any domain; whoever asks for no
    other order gets the best first.
    """

    _inherit = "complaint.lesson"

    words = fields.Char(
        "Words in it",
        compute="_compute_words",
        search="_search_words",
        help="All of them, in any order, also parts at the beginning of words.",
    )
    search_title = fields.Text(
        compute="_compute_search_text", store=True, groups=NO_ACCESS, prefetch=False
    )
    search_text = fields.Text(
        compute="_compute_search_text", store=True, groups=NO_ACCESS, prefetch=False
    )

    @api.model
    def _get_searched_texts(self):
        """Hook: names of the text fields that are searched beside the title."""
        return [name for name in LESSON_TEXTS if name != "name"]

    @api.depends(lambda self: ("name", *self._get_searched_texts()))
    def _compute_search_text(self):
        names = self._get_searched_texts()
        for lesson in self:
            lesson.search_title = get_index_text(lesson.name)
            lesson.search_text = get_index_text(*(lesson[name] for name in names))

    def _compute_words(self):
        self.words = False

    # ------------------------------------------------------------
    # Index
    # ------------------------------------------------------------
    def init(self):
        """Keep the words of each lesson as PostgreSQL searches them; it does so itself."""
        super().init()
        if column_exists(self.env.cr, self._table, VECTOR):
            return
        table, column = SQL.identifier(self._table), SQL.identifier(VECTOR)
        definition = self._get_vector_definition()
        index = SQL.identifier(f"{self._table}_{VECTOR}_idx")
        for statement in (
            SQL(
                "ALTER TABLE %s ADD %s tsvector GENERATED ALWAYS AS (%s) STORED",
                table,
                column,
                definition,
            ),
            # Read for each lesson that is ranked: unpacking takes longer than reading
            SQL("ALTER TABLE %s ALTER %s SET STORAGE EXTERNAL", table, column),
            # Read more often than written: no list of what is still to be indexed
            SQL(
                "CREATE INDEX %s ON %s USING gin (%s) WITH (fastupdate = off)", index, table, column
            ),
        ):
            self.env.cr.execute(statement)

    @api.model
    def _get_vector_definition(self):
        """:return: ``SQL``, the words and their stems, those of the title marked A"""
        parts = []
        for name, weight in WEIGHTS:
            for config in ("simple", *STEMMERS):
                parts.append(
                    SQL(
                        "setweight(to_tsvector(%s::regconfig, coalesce(%s, '')), %s)",
                        config,
                        SQL.identifier(name),
                        weight,
                    )
                )
        return SQL(" || ").join(parts)

    @api.model
    def _get_vector_sql(self, alias):
        """:return: ``SQL``, the column of words; what is not written yet is written before"""
        return SQL(
            "%s%s",
            SQL.identifier(alias, VECTOR, to_flush=self._fields["search_text"]),
            SQL("", to_flush=self._fields["search_title"]),
        )

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------
    @api.model
    def _get_words_queries(self, term):
        """What PostgreSQL is asked for a text somebody typed.

        All forms of a word are meant as beginnings: one and the same in two meanings would count as
        one only. Words hold letters and digits alone, whatever was typed.

        :param str term: as typed
        :return: list of ``SQL`` of type tsquery, one a word
        """
        queries = []
        for word, is_beginning in get_search_words(term or ""):
            asked = f"{word}:*" if is_beginning else word
            configs = ("simple", *(STEMMERS if is_beginning else ()))
            forms = (SQL("to_tsquery(%s::regconfig, %s)", config, asked) for config in configs)
            queries.append(SQL("(%s)", SQL(" || ").join(forms)))
        return queries

    @api.model
    def _search_words(self, operator, value):
        """Search method of ``words``: all words of each text, any of several texts."""
        if operator not in ("ilike", "like", "=ilike", "=like", "in", "="):
            return NotImplemented
        terms = [value] if isinstance(value, str) else [v for v in value or () if v]
        return Domain.OR(map(self._get_words_domain, terms))

    @api.model
    def _get_words_domain(self, term):
        """:return: ``Domain`` of lessons with all words of ``term``"""
        queries = self._get_words_queries(term)
        if not queries:
            # Nothing but punctuation: as it stands
            return Domain("name", "ilike", term)
        every = SQL(" && ").join(queries)
        return Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s @@ (%s)", model._get_vector_sql(alias), every
            )
        )

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """The best first, where words are looked for and nobody chose another order."""
        query = super()._search(domain, offset, limit, order, **kwargs)
        if order and order == self._order and not query.is_empty():
            rank = self._get_rank_sql(domain, query.table)
            if rank is not None:
                query.order = SQL("%s DESC, %s", rank, query.order)
        return query

    @api.model
    def _get_rank_sql(self, domain, alias):
        """:return: ``SQL``, how well a lesson answers what is looked for in ``domain``, or None"""
        queries = [
            query
            for condition in Domain(domain).iter_conditions()
            if condition.field_expr == "words" and isinstance(condition.value, str)
            for query in self._get_words_queries(condition.value)
        ]
        if not queries:
            return None
        # 1: a long text has more of every word
        return SQL("ts_rank(%s, (%s), 1)", self._get_vector_sql(alias), SQL(" || ").join(queries))
