from . import (
    complaint_line_deliveries,
    complaint_adding,
    complaint_adding_tick,
    complaint_code,
    complaint_code_find,
    complaint_code_refusal,
    complaint_dealer,
    complaint_dealer_find,
    complaint_orders,
)
