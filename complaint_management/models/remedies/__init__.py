from . import complaint_demand
