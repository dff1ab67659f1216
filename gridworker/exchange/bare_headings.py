"""What online forms and platforms put around a heading: numbers, codes, 请填写, （必填）, [单选题]."""

import re
from functools import lru_cache
from typing import Final

from gridworker.domain.text.blanks import compatible

_HINTS: Final = re.compile(r"[(\[【][^()\[\]【】]*(?:必填|选填|[单多]选|填空|选题|自动|填写)[^()\[\]【】]*[)\]】]")
"""What a form says of how to answer; other brackets may say whose the answer is: 姓名（监护人）."""
_CODED: Final = re.compile(r"^[A-Z]{2,12}[0-9]{0,3}_(?=[一-鿿])")
"""What platforms put before a heading: HZXM_户主姓名."""
_COUNTED_OFF: Final = re.compile(
    r"^(?:Q?[0-9]{1,2}(?:[.、,，:：)）]\s*|\s+|(?=请))|[(（][0-9]{1,2}[)）]\s*)(?=[一-鿿【\[])"
)
_PLEASE: Final = re.compile(
    "^请(?:您|问)?(?:再|先)?(?:简要|详细|如实|准确|正确)?(?:填写|输入|选择|描述|勾选|注明|填报|登记)?(?:一下)?(?=.{2})"
)
_YOURS: Final = re.compile(
    "^(?:您家?|贵户|你家?)的?(?:负责的|反映的|认为)?(?=.{2})|^(?:该户|本户)的?(?=.{2})|^事情的(?=紧急)"
)
_AT_THE_END: Final = re.compile(r"(?:是|为)?(?:什么|多少)?[?？。：:*]*$")


@lru_cache(maxsize=4096)
def plainly(leaf: str) -> str:
    """A heading without what online forms and platforms put around it: 3.请填写户主姓名（必填）, HZXM_户主姓名."""
    bare = _COUNTED_OFF.sub("", _CODED.sub("", leaf.strip()))
    bare = _HINTS.sub("", compatible(bare)).strip() if bare != leaf.strip() or _PLEASE.match(bare) else bare
    told = _YOURS.sub("", _PLEASE.sub("", bare))
    if told == leaf.strip():
        return leaf
    return _AT_THE_END.sub("", told) or leaf
