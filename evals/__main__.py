"""``python -m evals`` in, the same scores as ``policy-assistant eval`` out.

Example: ``python -m evals --only attribute``
"""

import sys

from evals.run import main

sys.exit(main())
