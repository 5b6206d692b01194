"""Copies the seeds by SQL until there are a million of them.

Copy ``k`` of a row has its id raised by ``k`` strides of its table, and so have its references to
other copied rows: no mapping is kept. What tells copies apart moves with ``k``: dates go back by
whole weeks, so that working hours stay true, and people, customers and goods rotate.
"""

import json
from dataclasses import dataclass, field

from odoo.tools import SQL

# Open cases are few in an old register: one copy of theirs to so many of closed ones.
OPEN_EVERY = 16
# So many complaints share an order.
ORDER_EVERY = 5
WEEKS, OPEN_WEEKS = 260, 6
THREAD_TABLES = ("mail_followers", "mail_activity")
ORDER_TABLES = (
    "sale_order",
    "sale_order_line",
    "stock_picking",
    "stock_move",
    "stock_move_line",
    "stock_reference",
    "stock_reference_move_rel",
    "stock_reference_sale_rel",
)
# Where a database that is kept remembers how far it was copied.
STATE = "complaint_bench.copied"
DATES = {"timestamp without time zone", "date"}


@dataclass
class Family:
    """A record with its parts: what is copied together.

    ``opened`` are ids of roots that are copied rarely. ``tables`` maps each table to how its rows
    find their root: a list of ``(table, column)`` steps.
    """

    root: str
    model: str
    opened: tuple = ()
    words: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)


class Multiplier:
    """Copies families; ``pools`` are ``table → (first id, number)`` of what rotates."""

    def __init__(self, env, families, pools):
        self.env = env
        self.families = families
        self.pools = pools
        self.foreign = self._get_foreign_keys()
        self.orders = [table for table in ORDER_TABLES if self._has_rows(table)]
        for family in families:
            family.tables = self._find_parts(family)
        tables = {name for family in families for name in family.tables} | set(self.orders)
        self.tables = sorted(tables | {name for name in THREAD_TABLES if self._has_rows(name)})
        self.columns = {name: self._get_columns(name) for name in self.tables}
        kept = json.loads(env["ir.config_parameter"].get_param(STATE) or "{}")
        self.copies = kept.get("copies", 0)
        self.last = kept.get("last") or self._get_last_ids()
        self.unique = {name: self._get_unique_words(name) for name in self.tables}

    def grow(self, copies):
        """Copy until there are ``copies`` of each family, without indexes and checks meanwhile."""
        if copies <= self.copies:
            return
        first, self.copies = self.copies + 1, copies
        indexes = self._get_indexes()
        for name, _definition in indexes:
            self._run(f'DROP INDEX "{name}"')
        self._run("SET LOCAL session_replication_role = replica")
        self._run("SET LOCAL maintenance_work_mem = '512MB'")
        for table in self.orders:
            self._copy_orders(table, first, copies)
        for family in self.families:
            for table, path in family.tables.items():
                self._copy(family, table, path, first, copies)
        for _name, definition in indexes:
            self._run(definition)
        for table in self.last:
            self._run(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM \"{table}\"))")
        kept = json.dumps({"copies": copies, "last": self.last})
        self.env["ir.config_parameter"].set_param(STATE, kept)
        self.env.cr.commit()  # ruff: ignore[invalid-commit]

    # ------------------------------------------------------------
    # Copying
    # ------------------------------------------------------------
    def _copy(self, family, table, path, first, last):
        """Copy one table of a family; ``path`` leads from its rows to the root."""
        source, joins = "t", []
        for number, (parent, column) in enumerate(path):
            key = "id"
            joins.append(f'JOIN "{parent}" p{number} ON p{number}.{key} = {source}."{column}"')
            source = f"p{number}"
        condition = ""
        if table in THREAD_TABLES:
            condition = f" AND t.res_model = '{family.model}'"
        rare = ",".join(map(str, family.opened)) or "0"
        root = f'{source}."id"' if path or table == family.root else f'{source}."res_id"'
        self._insert(
            table,
            f"""{" ".join(joins)}
                CROSS JOIN LATERAL (SELECT {root} IN ({rare}) AS is_open) AS s
                CROSS JOIN generate_series({first}, {last}) AS k
                WHERE (NOT s.is_open OR k % {OPEN_EVERY} = 0) {self._below(table)} {condition}""",
            f"CASE WHEN s.is_open THEN (k / 5 * 7919) % {OPEN_WEEKS}"
            f" ELSE (k / 5 * 7919) % {WEEKS} END",
            family,
        )

    def _copy_orders(self, table, first, last):
        self._insert(
            table,
            f"""CROSS JOIN generate_series({first}, {last}) AS k
                WHERE k % {ORDER_EVERY} = 0 {self._below(table)}""",
            f"(k / 5 * 7919) % {WEEKS}",
            None,
        )

    def _below(self, table):
        """Only seeds are copied, never copies; tables of relations have no copies of their own."""
        if table in self.last:
            return f"AND t.id <= {self.last[table]}"
        column, target = next(iter(self._get_mapped(table).items()))
        return f'AND t."{column}" <= {self.last[target]}'

    def _insert(self, table, source, weeks, family):
        columns = self.columns[table]
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(
            self._get_value(table, name, kind, family) for name, kind in columns.items()
        )
        self._run(
            f"""INSERT INTO "{table}" ({names})
                SELECT {values} FROM (SELECT t.*, k, ({weeks})::int AS weeks
                                        FROM "{table}" t {source}) AS t"""
        )

    def _get_value(self, table, name, kind, family):
        """:return: SQL text: what a copy has in a column"""
        column = f't."{name}"'
        target = table if name == "id" else self.foreign.get((table, name))
        if table in THREAD_TABLES and name == "res_id":
            target = family.root
        if target in self.orders:
            return f"{column} + (k - k % {ORDER_EVERY}) * {self.last[target]}"
        if target in self.last:
            return f"{column} + k * {self.last[target]}"
        if target in self.pools:
            first, count = self.pools[target]
            return (
                f"CASE WHEN {column} BETWEEN {first} AND {first + count - 1} "
                f"THEN {first} + ({column} - {first} + k * 37) % {count} ELSE {column} END"
            )
        if kind in DATES:
            return f"({column} - t.weeks * interval '7 days')::{kind}"
        if name in self.unique[table]:
            return f"{column} || '-' || k"
        if family and name in family.words.get(table, ()):
            return f"{column} || ' ' || substr(md5(k::text), 1, 8)"
        return column

    # ------------------------------------------------------------
    # Reading the database
    # ------------------------------------------------------------
    def _ask(self, query, *arguments):
        return self.env.execute_query(
            SQL(query.replace("%", "%%") if not arguments else query, *arguments)
        )

    def _run(self, query):
        self.env.cr.execute(query.replace("%", "%%"), ())

    def _has_rows(self, table):
        found = self._ask("SELECT to_regclass(%s) IS NOT NULL", table)[0][0]
        return found and self._ask(f'SELECT EXISTS (SELECT FROM "{table}")')[0][0]

    def _get_last_ids(self):
        """:return: dict table → highest id of a seed, which is the stride of its copies"""
        return {
            name: self._ask(f'SELECT coalesce(max(id), 0) FROM "{name}"')[0][0]
            for name in self.tables
            if "id" in self.columns[name]
        }

    def _get_foreign_keys(self):
        """:return: dict ``(table, column)`` → table it refers to"""
        rows = self._ask(
            """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text,
                      c.confdeltype::text
                 FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                WHERE c.contype = 'f'"""
        )
        self.cascades = {(table, name): target for table, name, target, kind in rows if kind == "c"}
        return {(table, name): target for table, name, target, _kind in rows}

    def _find_parts(self, family):
        """:return: dict table → way to the root, of all that dies with the root"""
        transient = {m._table for m in self.env.registry.values() if m._transient}
        found, queue = {family.root: []}, [family.root]
        while queue:
            parent = queue.pop(0)
            for (table, column), target in sorted(self.cascades.items()):
                skipped = table in found or "wizard" in table or table in transient
                if target == parent and not skipped and self._has_rows(table):
                    found[table] = [(parent, column), *found[parent]]
                    queue.append(table)
        return found | {name: [] for name in THREAD_TABLES if self._has_rows(name)}

    def _get_mapped(self, table):
        return {
            name: self.foreign[table, name]
            for name in self.columns[table]
            if self.foreign.get((table, name)) in self.last
        }

    def _get_columns(self, table):
        return dict(
            self._ask(
                """SELECT column_name, data_type FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = %s
                      AND is_generated = 'NEVER' ORDER BY ordinal_position""",
                table,
            )
        )

    def _get_unique_words(self, table):
        """:return: names of text columns that must differ, where no copied reference does"""
        rows = self._ask(
            """SELECT array_agg(a.attname) FROM pg_index i
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
                WHERE i.indrelid = %s::regclass AND i.indisunique GROUP BY i.indexrelid""",
            table,
        )
        copied = {*self.last, *self.tables}
        return {
            name
            for (names,) in rows
            if not any(
                self.foreign.get((table, n)) in copied or n in ("id", "res_id") for n in names
            )
            for name in names
            if self.columns[table].get(name) in ("character varying", "text")
        }

    def _get_indexes(self):
        """:return: list of ``(name, definition)`` of what only speeds up reading"""
        return self._ask(
            """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
                 FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
                WHERE c.relname = ANY(%s) AND NOT i.indisunique""",
            self.tables,
        )
