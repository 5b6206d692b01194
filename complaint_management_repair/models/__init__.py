from . import (
    complaint_analysis_cost,
    complaint_complaint,
    complaint_demand,
    complaint_demand_line,
    repair_order,
)
