from . import (
    complaint_customer_access,
    complaint_customer_messages,
    complaint_customer_page,
    complaint_customer_form,
    complaint_customer_goods,
    complaint_customer_intake,
)
