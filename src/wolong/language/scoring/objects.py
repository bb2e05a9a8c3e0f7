"""What a standard is about, in the words that sheets use: 厕所 is a 卫生间, 草坪 an 绿地."""

from collections.abc import Mapping

from wolong.language.patterns import lazy
from wolong.language.scoring.grid import plain

# Where a service is done, when a row says nothing of it.
PLACE_OF_SERVICE = {
    "会议": "会议室",
    "餐饮": "食堂",
    "绿化": "绿地",
    "监控": "监控室",
    "安保": "大门",
    "保洁": "公共区域",
}
_POST = lazy(
    r"保洁员|保洁人员|保安员|保安|门卫|执勤人员|值班人员|值班员|厨师|厨房人员|从业人员|绿化工|养护人员|维保人员|维修人员|服务员|会务人员|工作人员"
)
_PAPER = lazy(
    r"(?:查阅|查看?|核对|检查)(?P<name>[\u4e00-\u9fff]{2,8}?(?:记录|台账|登记簿|登记表|档案|报告|单据|账目|合同))"
)

# Said on sheets → the word of the selector.
ALSO = {
    "厕所": "卫生间", "洗手间": "卫生间", "公厕": "卫生间", "盥洗": "卫生间", "便池": "卫生间", "便器": "卫生间",
    "大堂": "大厅", "门厅": "大厅", "过道": "走廊", "楼道": "走廊", "步梯": "楼梯间", "楼梯": "楼梯间",
    "餐厅": "食堂", "就餐区": "食堂", "饭堂": "食堂", "后厨": "厨房", "操作间": "厨房", "灶台": "厨房", "烹饪": "厨房",
    "配电房": "配电室", "变电所": "配电室", "水泵房": "泵房", "中控室": "监控室", "监控中心": "监控室", "消控室": "消防控制室",
    "草坪": "绿地", "绿篱": "绿地", "乔木": "绿地", "灌木": "绿地", "花坛": "绿地", "苗木": "绿地", "树木": "绿地", "绿化带": "绿地",
    "车库": "地下车库", "停车场": "地下车库", "门岗": "岗亭", "出入口": "大门", "开水间": "茶水间", "垃圾房": "垃圾房", "垃圾站": "垃圾房",
    "屋顶": "屋面", "天台": "屋面", "会场": "会议室", "电梯间": "电梯厅", "候梯厅": "电梯厅", "轿厢": "电梯", "梯": "电梯", "公共区": "公共区域",
}  # fmt: skip


def objects_in(text: str, known: Mapping[str, str]) -> list[str]:
    """The selectors that the words of a text name, in order; a longer word hides the shorter one inside it."""
    rest, found = plain(text), []
    names = {**{word: known[name] for word, name in ALSO.items() if name in known}, **known}
    for word in sorted(names, key=len, reverse=True):
        at = rest.find(word)
        if at >= 0:
            found.append((at, names[word]))
            rest = rest.replace(word, "□" * len(word))
    return list(dict.fromkeys(selector for _at, selector in sorted(found)))


def post_or_paper(content: str, method: str) -> str:
    """The selector of whoever must look or do so (岗位/保洁员), or of the paper that is consulted (记录/清运记录)."""
    if match := _PAPER.search(plain(method)):
        return f"记录/{match['name']}"
    match = _POST.search(plain(content))
    return f"岗位/{match.group(0)}" if match else ""
