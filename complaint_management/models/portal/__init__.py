from . import (
    complaint_customer_access,
    complaint_customer_messages,
    complaint_customer_page,
)
