from . import (
    complaint_call,
    complaint_call_ring,
    complaint_call_start,
)
