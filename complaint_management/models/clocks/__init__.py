from . import (
    complaint_response,
    complaint_contact,
    complaint_action_restating,
    complaint_promise,
    complaint_promise_watch,
    complaint_promises,
)
