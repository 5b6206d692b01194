import logging

import psycopg2
from werkzeug.exceptions import UnprocessableEntity

from odoo import http
from odoo.http import request
from odoo.tools import frozendict

from odoo.addons.rpc.controllers.json2 import WebJson2Controller

from ..models.portal.complaint_customer_access import MAX_ID

_logger = logging.getLogger(__name__)

MODEL_PREFIX = "complaint."
NO_CONTEXT = frozendict()
# What Python and the database say when a value is of the wrong kind.
WRONG_KIND = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    psycopg2.DataError,
    psycopg2.ProgrammingError,
)


class ComplaintJson2(WebJson2Controller):
    """Programs that send what cannot be meant are told so; core would answer HTTP 500 (T10).

    Only for models of complaints. What goes wrong inside is logged as it always was.
    """

    @http.route()
    def web_json_2_rpc(self, __model__, __method__, ids=(), context=NO_CONTEXT, **kwargs):
        """Call a public method of a model, as core does; parameters as there.

        :raise UnprocessableEntity: for values no method of a complaint can work with
        """
        if not __model__.startswith(MODEL_PREFIX):
            return super().web_json_2_rpc(__model__, __method__, ids, context, **kwargs)
        self._check_ids(ids)
        self._check_texts([context, kwargs])
        if not isinstance(context, dict | frozendict):
            raise UnprocessableEntity(request.env._("“context” is a dictionary."))
        try:
            result = super().web_json_2_rpc(__model__, __method__, ids, context, **kwargs)
            # What is written late fails here, not behind this door
            request.env.flush_all()
            return result
        except WRONG_KIND as error:
            _logger.warning("%s.%s: %s", __model__, __method__, error, exc_info=True)
            raise UnprocessableEntity(
                request.env._(
                    "%(method)s cannot work with these values: look at their kinds and at the "
                    "names of fields.",
                    method=f"{__model__}.{__method__}",
                )
            ) from error

    @staticmethod
    def _check_ids(ids):
        """:raise UnprocessableEntity: for anything but a list of record numbers"""
        if not isinstance(ids, list | tuple) or not all(
            isinstance(one, int) and not isinstance(one, bool) and 0 < one <= MAX_ID for one in ids
        ):
            raise UnprocessableEntity(request.env._("“ids” is a list of record numbers."))

    def _check_texts(self, value):
        """:raise UnprocessableEntity: for characters no database and no answer can hold"""
        if isinstance(value, str):
            if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
                raise UnprocessableEntity(
                    request.env._("A text holds characters that cannot be stored.")
                )
        elif isinstance(value, list | tuple):
            for item in value:
                self._check_texts(item)
        elif isinstance(value, dict | frozendict):
            for key, item in value.items():
                self._check_texts(key)
                self._check_texts(item)
