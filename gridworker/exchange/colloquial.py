"""Headings that ask as people talk: 哪天去看的, 谁去的, 咋劝好的. Each is put as a form would put it."""

import re
from collections.abc import Iterator
from typing import Final

_WHEN: Final = "(?:哪天|哪日|几号|啥时候|啥时|什么时候|何时)"
_ASKED: Final = (
    (re.compile(rf"^(?:最迟|最晚){_WHEN}(?P<deed>.+?)$"), ("{deed}时限", "{deed}期限")),
    (re.compile(rf"^(?:上回|上次|最近|材料|钱|款)?{_WHEN}(?P<deed>.+?)的?$"), ("{deed}日期",)),
    (re.compile(r"^(?:上回|上次|最近)?(?:谁|哪个|哪位)(?P<deed>.+?)的?$"), ("{deed}人",)),
    (re.compile(r"^(?:咋|咋样|怎么|怎样|如何)(?P<deed>.+?)的$"), ("{deed}方式", "{deed}情况")),
    (re.compile(r"^(?:是不是|有没有)(?P<deed>.+)$"), ("是否{deed}",)),
    (re.compile(r"^(?P<deed>.+?)了?(?:没有|没|否|吗)$"), ("是否{deed}",)),
    (re.compile(r"^(?P<deed>.+?)的人$"), ("{deed}人",)),
    (re.compile(r"^(?P<deed>.*?)(?:叫啥名?|叫什么名?|名字叫啥)$"), ("{deed}姓名",)),
    (re.compile(r"^为(?:的|了)?(?:啥|什么)事?$"), ("反映事项",)),
    (re.compile(r"^(?:家里|屋里|日子)?(?:咋样|怎么样|怎样)$"), ("家里情况",)),
)
"""How one asks, and what that is called; an answer that fits neither is asked about like any other."""
_CALLED: Final = {
    "去看": "看望", "看病": "就诊", "去": "走访", "去跑": "走访", "跑": "走访", "来": "来访", "生": "出生",
    "交": "递交", "劝": "调解", "去劝": "调解", "劝好": "化解", "说事": "反映", "来说事": "反映", "办": "办理",
    "办好": "办结", "办完": "办结", "搞好": "办结", "没活干": "失业", "没活": "失业",
}  # fmt: skip
"""By what people say: the word of the forms."""


def put_formally(leaf: str) -> Iterator[str]:
    """What a folded heading would be called in a form; nothing for one that is called so already."""
    for asked, called in _ASKED:
        if found := asked.fullmatch(leaf):
            deed = found.groupdict().get("deed") or ""
            yield from (one.format(deed=_CALLED.get(deed, deed)) for one in called)
            return
