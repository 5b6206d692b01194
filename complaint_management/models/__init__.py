# Rooms follow the business: each folder is one part of a complaint's life. They load in this order,
# and a later one may extend what an earlier one does, never the other way round: who imports from
# a later room would load that one first (test_loading looks after that).
from . import complaint  # isort: skip
from . import handling  # isort: skip
from . import remedies  # isort: skip
from . import fulfilment  # isort: skip
from . import promising  # isort: skip
from . import costs  # isort: skip
from . import documents  # isort: skip
from . import routing  # isort: skip
from . import clocks  # isort: skip
from . import intake  # isort: skip
from . import tracing  # isort: skip
from . import correspondence  # isort: skip
from . import followup  # isort: skip
from . import portal  # isort: skip
from . import sameness  # isort: skip
from . import analysis  # isort: skip
from . import registers  # isort: skip
from . import learning  # isort: skip
from . import library  # isort: skip
from . import calling  # isort: skip
from . import erp  # isort: skip
