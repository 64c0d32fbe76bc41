"""``python -m assistant`` in, the same command line as ``policy-assistant`` out.

Example: ``python -m assistant ask 十大孔兑项目由哪个局牵头``
"""

import sys

from assistant.main import main

sys.exit(main())
