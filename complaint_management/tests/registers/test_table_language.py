import re

from odoo.tests import tagged

from ...models.registers.complaint_analysis_salesperson import FIGURES
from .common import RegisterCommon

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# All that any table asks for; each takes what it knows.
OPTIONS = {"month": "2025-03-01", "start": "2025-01-01", "end": "2025-04-01", "rounds": True}


@tagged("post_install", "-at_install")
class TestTableLanguage(RegisterCommon):
    """Whoever reads Chinese reads no English head: a string is translated where the extractor of
    translations finds it, as ``self.env._("…")``.
    """

    def _tables(self):
        """:return: list of the names of all tables one can ask for"""
        base = self.registry["complaint.table"]
        names = [name for name, model in self.registry.items() if issubclass(model, base)]
        return [name for name in names if self.env[name]._table_model]

    def _document(self, name, file_format):
        options = {**OPTIONS, "company": self.company.id, "partner": self.customer.id}
        request = self._request(name, file_format, options=options)
        table = self.env[name].with_user(self.user_leadership)._for_reader(request)
        return table._make_document(request)

    def test_heads(self):
        names = self._tables()
        self.assertGreater(len(names), 5)
        for lang in ("zh_CN", "zh_TW"):
            self.env["res.lang"]._activate_lang(lang)
            self.user_leadership.lang = self.customer.lang = lang
            self.env = self.env(context={**self.env.context, "lang": lang})
            for name in names:
                for part in self._document(name, "xlsx").parts:
                    # Figures are called as their fields, whose names are in the database
                    heads = [c.label for c in part.columns if not c.key.startswith(FIGURES)]
                    for text in (part.title, *heads):
                        with self.subTest(lang=lang, table=name, text=text):
                            self.assertRegex(text, CHINESE)
