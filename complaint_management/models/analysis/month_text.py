"""Months as the reader's language writes them."""

from babel.dates import format_skeleton

from odoo.tools.misc import babel_locale_parse, get_lang


def get_month_text(env, day, name="MMMM"):
    """:param env: environment of the reader
    :param str name: of the month, as babel has it: MMMM long, MMM short
    :return: month and year, in the order and the words of the reader's language
    """
    return format_skeleton(f"y{name}", day, locale=babel_locale_parse(get_lang(env).code))


def get_months_text(env, first, last):
    """:return: a span of months; one month by itself where it begins and ends in the same"""
    texts = [get_month_text(env, day, "MMM") for day in (first, last)]
    return " – ".join(dict.fromkeys(texts))
