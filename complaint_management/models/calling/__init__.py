from . import (
    complaint_call,
    complaint_call_contact,
    complaint_call_log,
    complaint_call_ring,
    complaint_call_start,
    complaint_call_figures,
    complaint_call_customer,
    complaint_call_orders,
    complaint_call_execution,
    complaint_call_complaints,
    complaint_call_history,
    complaint_call_warnings,
)
