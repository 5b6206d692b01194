from . import complaint_demo_purchase
