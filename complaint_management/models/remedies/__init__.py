from . import (
    complaint_demand,
    complaint_demand_visit,
    complaint_demand_option,
    complaint_demand_options,
    complaint_demand_customer,
    complaint_expense,
    complaint_demand_decline,
)
