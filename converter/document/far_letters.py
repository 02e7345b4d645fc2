"""Letters that stand far from the Latin ones in Unicode: Thai, Burmese, Khmer, Chinese, Japanese, Korean ...

`re` looks at each character of a class's ranges when it compiles it: a class of these letters takes it a hundred times
as long as others, and most stories have none of them. This is compiled at once, and asked first.
"""

from __future__ import annotations

import re

_FAR = re.compile("[^\0-\u07ff\u1e00-\u2dff]")  # without Vietnamese, old Greek, the signs of print and ornaments


def has_far_letters(text: str) -> bool:
    """Whether a text may have such letters; where not, it has none between U+0E00 and U+1DFF, none from U+2E00 on."""
    return not text.isascii() and _FAR.search(text) is not None
