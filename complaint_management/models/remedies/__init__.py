from . import (
    complaint_demand,
    complaint_demand_remedy,
    complaint_demand_part_mixin,
    complaint_demand_line,
    complaint_demand_option,
    complaint_demand_option_remedy,
    complaint_demand_options,
    complaint_demand_customer,
    complaint_demand_decline,
    complaint_demand_granted,
)
