from . import complaint_demo
from . import complaint_demo_lesson
from . import complaint_demo_remedy
from . import complaint_demo_time
from . import complaint_demo_year
