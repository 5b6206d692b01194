from . import complaint_demo
from . import complaint_demo_time
