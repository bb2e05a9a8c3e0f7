"""Standards beside each other: which one decides, where, and why."""

from datetime import date

import pytest

from wolong.language.linting import lint
from wolong.language.reading import read_text
from wolong.language.tree import Diagnostic, Document

TODAY = date(2026, 11, 24)
SYNONYMS = {"生活水箱": "水箱", "光照度": "照度"}


def standard(
    number: str, *clauses: str, level: str = "企业", nature: str = "推荐", ground: str = "", more: str = ""
) -> Document:
    """A standard with one clause for each sentence; its file is its number."""
    front = (
        f"标准号: {number}\n名称: 甲\n层级: {level}\n性质: {nature}\n" + (f"地域: {ground}\n" if ground else "") + more
    )
    body = "\n\n".join(f"4.{at} {text}" for at, text in enumerate(clauses, start=1))
    return read_text(f"---\n{front}---\n\n# 甲\n\n## 4 要求\n\n{body}\n", file=number)


def conflicts(*documents: Document, codes: tuple[str, ...] = ("WL401", "WL402", "WL404", "WL406")) -> list[Diagnostic]:
    return lint(documents, today=TODAY, select=codes, synonyms=SYNONYMS)


HALF_YEARLY = standard(
    "DB51/T 1—2020", "水箱应每半年清洗消毒 1 次。", "水箱的水应每季度检测 1 次。", level="地方", ground="四川"
)
QUARTERLY = standard(
    "DB42/T 2—2024", "水箱应每季度清洗消毒 1 次。", "水箱的水应每月检测 1 次。", level="地方", ground="湖北"
)


def test_water_tanks_of_two_provinces_do_not_conflict() -> None:
    assert conflicts(HALF_YEARLY, QUARTERLY) == []


def test_a_house_of_the_stricter_province_that_cleans_half_yearly_is_warned() -> None:
    house = standard("Q/HB 1—2026", "生活水箱应每半年清洗、消毒 1 次。", ground="湖北")
    [found] = conflicts(HALF_YEARLY, QUARTERLY, house)
    assert (found.code, found.severity, found.file, found.clause) == ("WL401", "warning", "Q/HB 1—2026", "4.1")
    assert found.related[0].file == "DB42/T 2—2024"
    for words in ("生活水箱应每半年清洗、消毒 1 次", "水箱应每季度清洗消毒 1 次", "每半年", "每季度"):
        assert words in found.message
    assert "地方标准优先于企业标准" in found.help


def test_the_same_house_in_the_other_province_is_not() -> None:
    assert (
        conflicts(HALF_YEARLY, QUARTERLY, standard("Q/SC 1—2026", "水箱应每半年清洗消毒 1 次。", ground="四川")) == []
    )


def test_a_city_lies_in_its_province() -> None:
    house = standard("Q/WH 1—2026", "水箱应每半年清洗消毒 1 次。", ground="湖北省武汉市")
    assert [one.code for one in conflicts(QUARTERLY, house)] == ["WL401"]


def test_hours_before_a_comma_are_no_case_that_keeps_two_bounds_apart() -> None:
    higher = standard("T/A 1—2020", "培训不应少于 24 学时，考核合格率不应低于 100%。", level="团体")
    house = standard("Q/A 1—2026", "培训不应少于 30 学时，考核合格率不应低于 95%。")
    [found] = conflicts(higher, house)
    assert (found.code, found.file) == ("WL401", "Q/A 1—2026")
    assert "95%" in found.message


def test_bounds_of_two_seasons_at_the_head_of_their_sentences_do_not_conflict() -> None:
    higher = standard("T/A 1—2020", "开展期间，应每日巡查，夜间值守人员不应少于 4 人。", level="团体")
    house = standard("Q/A 1—2026", "闭馆期间，应每日巡查，夜间值守人员不应少于 2 人。")
    assert conflicts(higher, house) == []


LEVELS = [
    ("GB 1—2020", "国家", "强制", "error"),
    ("TSG 1—2020", "国家", "强制", "error"),
    ("合同 1", "合同附件", "推荐", "warning"),
    ("GB/T 1—2020", "国家", "推荐", "warning"),
    ("SB/T 1—2020", "行业", "推荐", "warning"),
    ("T/A 1—2020", "团体", "推荐", "warning"),
]


@pytest.mark.parametrize(("number", "level", "nature", "severity"), LEVELS)
def test_the_lower_standard_is_looser(number: str, level: str, nature: str, severity: str) -> None:
    higher = standard(number, "会议室内的照度不应低于 300 lx。", level=level, nature=nature)
    house = standard("Q/A 1—2026", "会议室照度不应低于 250 lx。")
    [found] = conflicts(higher, house)
    assert (found.code, found.severity, found.file) == ("WL401", severity, "Q/A 1—2026")
    assert conflicts(higher, standard("Q/A 1—2026", "会议室照度不应低于 350 lx。")) == []


@pytest.mark.parametrize("at", range(2, len(LEVELS)))  # the first two are of one level
def test_each_level_stands_above_the_next(at: int) -> None:
    (high, *above, _), (low, *below, _) = LEVELS[at - 1], LEVELS[at]
    higher = standard(high, "会议室照度不应低于 300 lx。", level=above[0], nature=above[1])
    lower = standard(low, "会议室照度不应低于 250 lx。", level=below[0], nature=below[1])
    assert [one.file for one in conflicts(lower, higher)] == [low]


def test_a_number_tells_the_level_that_is_not_written() -> None:
    law = read_text("---\n标准号: GB 1—2020\n---\n\n## 4 要求\n\n4.1 会议室照度不应低于 300 lx。\n", file="law")
    [found] = conflicts(law, standard("Q/A 1—2026", "会议室照度不应低于 250 lx。"))
    assert found.severity == "error"
    assert "强制性国家标准优先于企业标准" in found.help


@pytest.mark.parametrize(
    "sentence",
    [
        "会议室内的照度不应低于 250 lx。",
        "会议室的光照度不应低于 250 lx。",
        "照度不应低于 250 lx。\n> 对象:场所/会议室 | 检查:测量 | 频次:每月",
        "照度不应低于 250 lx。\n> 对象:场所/会议室/大会议室 | 检查:测量 | 频次:每月",
        "照度不应低于 250 lx。\n> 对象:场所/会议室[面积>100] | 检查:测量 | 频次:每月",
        "会议室照度应为 250 lx～400 lx。",
    ],
)
def test_one_thing_is_found_under_all_its_names(sentence: str) -> None:
    law = standard("GB 1—2020", "会议室照度不应低于 300 lx。", level="国家", nature="强制")
    assert [one.code for one in conflicts(law, standard("Q/A 1—2026", sentence))] == ["WL401"]


def test_a_term_clause_names_a_thing_anew() -> None:
    terms = "## 3 术语和定义\n\n### 3.1 水箱\n\n贮存生活饮用水的容器，又称贮水罐。\n\n## 4 "
    law = standard("GB 1—2020", "水箱应每季度清洗 1 次。", level="国家", nature="强制")
    house = standard("Q/A 1—2026", "贮水罐应每半年清洗 1 次。")
    assert conflicts(law, house) == []
    named = read_text(house.source.replace("## 4 ", terms), file="named")
    assert [one.code for one in conflicts(law, named)] == ["WL401"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("走廊照度不应低于 100 lx。", "会议室照度不应低于 300 lx。"),
        ("夏季会议室温度不应低于 26 ℃。", "冬季会议室温度不应低于 18 ℃。"),
        ("回访率不应低于 30%。", "回访率不应低于 100%。"),
        (
            "地面应每日清扫 1 次。\n> 对象:场所/走廊 | 检查:查看 | 频次:每月",
            "地面应每日清扫 2 次。\n> 对象:场所/大厅 | 检查:查看 | 频次:每月",
        ),
        (
            "应每日清扫 1 次。\n> 对象:场所/公共区域 | 检查:查看 | 频次:每月",
            "应每日清扫 2 次。\n> 对象:场所/大厅 | 检查:查看 | 频次:每月",
        ),
        ("水箱应每月检测水质 1 次。", "水箱应每周检测余氯 1 次。"),
        ("水箱的清洗间隔不应超过 6 个月。", "所在地规定按季度清洗的，水箱的清洗间隔不应超过 3 个月。"),
        (
            "送风中细菌总数不应大于 500 CFU/m³。\n> 对象:设备/风管 | 检查:测量 | 频次:每年",
            "风管内表面的细菌总数不应大于 100 CFU/cm²。\n> 对象:设备/风管 | 检查:测量 | 频次:每年",
        ),
        (
            "一般场所的视频图像信息应保存不少于 30 d。\n> 对象:设备/录像机 | 检查:查阅 | 频次:每月",
            "防范恐怖袭击重点目标的视频图像信息应保存不少于 90 d。\n> 对象:设备/录像机 | 检查:查阅 | 频次:每月",
        ),
        (
            "会议室噪声不应大于 45 dB(A)。\n> 对象:场所/会议室 | 检查:测量 | 频次:每年",
            "视频会议室的噪声不应大于 40 dB(A)。\n> 对象:场所/会议室 | 检查:测量 | 频次:每年",
        ),
    ],
)
def test_what_is_about_other_things_or_more_special_does_not_contradict(one: str, other: str) -> None:
    assert conflicts(standard("Q/A 1—2026", one), standard("Q/A 2—2026", other)) == []


def test_the_later_edition_wins_within_a_level() -> None:
    early = standard("Q/A 1—2025", "会议室照度不应低于 300 lx。", more="发布: 2025-01-05\n")
    late = standard("Q/A 2—2026", "会议室照度不应低于 500 lx。", more="发布: 2026-01-05\n")
    [found] = conflicts(early, late)
    assert (found.code, found.file) == ("WL402", "Q/A 1—2025")
    assert "即 Q/A 2—2026（2026-01-05）" in found.help


def test_a_later_edition_of_the_same_number_replaces_the_earlier_without_saying_so() -> None:
    early = standard("Q/A 1—2025", "会议室照度不应低于 300 lx。")
    assert conflicts(early, standard("Q/A 1—2026", "会议室照度不应低于 500 lx。")) == []


def test_frequencies_and_units_that_do_not_fit() -> None:
    often, seldom = standard("Q/A 1—2026", "走廊应每周清洗 1 次。"), standard("Q/A 2—2026", "走廊应每月清洗 1 次。")
    assert [(one.code, one.file) for one in conflicts(often, seldom)] == [("WL406", "Q/A 2—2026")]
    loud, other = (
        standard("Q/A 1—2026", "会议室噪声不应大于 45 dB(A)。"),
        standard("Q/A 2—2026", "会议室噪声不应大于 2 kPa。"),
    )
    assert [one.code for one in conflicts(loud, other)] == ["WL404"]


@pytest.mark.parametrize(
    ("code", "house", "law"),
    [
        ("WL404", "卫生间氨浓度不应大于 0.2 ppm。", "卫生间氨浓度不应大于 0.3 mg/m³。"),
        ("WL407", "卫生间应无异味。", "卫生间应无异味。"),
    ],
)
def test_what_does_not_fit_is_said_of_the_lower_standard_whichever_comes_first(code: str, house: str, law: str) -> None:
    mine = standard("Q/A 1—2026", house)
    higher = standard("GB/T 1—2020", law, level="国家")
    for shelf in ((mine, higher), (higher, mine)):
        [found] = conflicts(*shelf, codes=(code,))
        assert (found.file, found.related[0].file) == ("Q/A 1—2026", "GB/T 1—2020")


def test_the_strictest_of_many_is_the_one_that_is_named() -> None:
    many = [standard(f"GB/T {at}—2020", f"会议室照度不应低于 {at} lx。", level="国家") for at in range(100, 600)]
    house = standard("Q/A 1—2026", "会议室照度不应低于 50 lx。")
    found = [one for one in conflicts(house, *many) if one.code == "WL401"]
    assert [one.related[0].file for one in found] == ["GB/T 599—2020"]


@pytest.mark.parametrize("words", ["档案室湿度", "档案室相对湿度", "档案室内的湿度"])
def test_a_word_that_is_standard_already_stays(words: str) -> None:
    law = standard("GB 1—2020", "档案室相对湿度不应大于 60 %。", level="国家", nature="强制")
    house = standard("Q/A 1—2026", f"{words}不应大于 70 %。")
    found = lint([law, house], today=TODAY, select=("WL401",), synonyms={"湿度": "相对湿度", "档案": "档案室"})
    assert [one.file for one in found] == ["Q/A 1—2026"]


def test_what_is_kept_of_the_last_shelf_is_never_stale() -> None:
    law = standard("GB 1—2020", "会议室照度不应低于 300 lx。", level="国家", nature="强制")
    for lux, codes in ((250, ["WL401"]), (300, []), (200, ["WL401"])):
        assert [one.code for one in conflicts(law, standard("Q/A 1—2026", f"会议室照度不应低于 {lux} lx。"))] == codes
    house = standard("Q/A 1—2026", "会议室光照度不应低于 250 lx。")
    assert [one.code for one in lint([law, house], today=TODAY, select=("WL401",))] == []
    assert [one.code for one in conflicts(law, house)] == ["WL401"]


def beside_the_law(house: str, law: str) -> list[str]:
    """The codes of a house's sentence beside a mandatory one."""
    higher = standard("GB 1—2020", law, level="国家", nature="强制")
    return [one.code for one in conflicts(higher, standard("Q/A 1—2026", house))]


@pytest.mark.parametrize("what", ["大厅温度", "机房温度", "厨房温度", "冷藏温度", "走廊照度", "车库照度", "大厅噪声"])
def test_a_place_of_two_signs_names_its_limit(what: str) -> None:
    assert beside_the_law(f"{what}不应大于 60。", f"{what}不应大于 50。") == ["WL401"]


@pytest.mark.parametrize("what", ["温度", "室内温度", "其温度", "环境温度", "平均照度", "室内平均温度", "相对湿度"])
def test_a_limit_of_no_place_is_compared_with_none(what: str) -> None:
    assert beside_the_law(f"{what}不应大于 60。", f"{what}不应大于 50。") == []


@pytest.mark.parametrize(
    ("house", "law"),
    [
        ("平层误差不应大于 20 mm。\n> 对象:设备/电梯", "平层误差不应大于 10 mm。"),
        ("层门锁紧元件的啮合深度不应小于 5 mm。\n> 对象:设备/电梯/客梯", "层门锁紧元件的啮合深度不应小于 7 mm。"),
        ("余氯不应低于 0.01 mg/L。\n> 对象:设备/给排水/水箱", "余氯不应低于 0.05 mg/L。"),
        ("夏季室内温度不应低于 24 ℃。\n> 对象:场所/办公室", "室内温度夏季不应低于 26 ℃。"),
        ("限速器应每 2 年校验 1 次。\n> 对象:设备/电梯", "限速器应每年校验 1 次。"),
        ("夏季余氯不应低于 0.01 mg/L。\n> 对象:设备/水箱", "余氯不应低于 0.05 mg/L。"),
    ],
)
def test_a_text_without_execution_lines_is_laid_beside_one_that_has_them(house: str, law: str) -> None:
    higher = standard("GB 1—2020", law, level="国家", nature="强制")
    [found] = conflicts(higher, standard("Q/A 1—2026", house))
    assert (found.code, found.file) == ("WL401", "Q/A 1—2026")
    assert house.partition("。")[0] in found.message
    assert law.rstrip("。") in found.message


@pytest.mark.parametrize(
    ("house", "law"),
    [
        ("温度不应低于 24 ℃。\n> 对象:场所/办公室", "温度不应低于 26 ℃。"),
        ("室内温度不应低于 16 ℃。\n> 对象:设备/冷柜", "室内温度不应低于 18 ℃。"),
        ("余氯不应低于 0.01 mg/L。\n> 对象:设备/水箱", "余氯不应低于 0.05 mg/L。\n> 对象:设备/泳池"),
        ("余氯不应低于 0.01 mg/L。", "余氯不应低于 0.05 mg/L。\n> 对象:设备/泳池"),
        ("满意度不应低于 90%。\n> 对象:合同/保洁", "满意度不应低于 98%。"),
        ("应在接到报修后 30 min 内到场。\n> 对象:设备/电梯", "应在接到报修后 15 min 内到场。\n> 对象:设备/空调"),
    ],
)
def test_what_a_selector_narrows_or_no_word_names_is_laid_beside_nothing_else(house: str, law: str) -> None:
    assert beside_the_law(house, law) == []


CAP = "设备故障每年不应超过 3 次。"


@pytest.mark.parametrize(
    ("house", "law", "is_found"),
    [
        ("设备故障每年不应超过 5 次。", CAP, True),
        ("设备每年故障不应超过 5 次。", CAP, True),
        ("设备的故障每年不应超过 5 次。", CAP, True),
        ("设备故障每月不应超过 1 次。", CAP, True),
        ("故障每年不应超过 5 次。\n> 对象:设备/电梯", "电梯故障每年不应超过 3 次。\n> 对象:设备/电梯", True),
        ("设备故障每年不应超过 2 次。", CAP, False),
        ("电梯故障每年不应超过 5 次。", CAP, False),
        ("故障每年不应超过 5 次。", "故障每年不应超过 3 次。", False),
        ("停水每年不应超过 5 次。", "停水每年不应超过 3 次。", False),
    ],
)
def test_what_may_happen_no_more_often_is_compared(house: str, law: str, is_found: bool) -> None:
    assert beside_the_law(house, law) == (["WL401"] if is_found else [])


def test_standards_of_one_level_may_differ_where_one_names_what_it_is_said_of() -> None:
    special = standard("Q/A 1—2026", "余氯不应低于 0.01 mg/L。\n> 对象:设备/水箱")
    assert conflicts(special, standard("Q/A 2—2026", "余氯不应低于 0.05 mg/L。")) == []


WAITING = ("电梯等候时间不应大于 90 s。", "电梯等候时间不应大于 60 s。")
TESTED = ("限速器应每 2 年校验 1 次。", "限速器应每年校验 1 次。")


@pytest.mark.parametrize(
    ("house", "law", "said", "is_found"),
    [
        ("楼层不高于8层时，", "楼层不高于10层时，", WAITING, True),
        ("楼层在 8 层以下时，", "楼层不高于 8 层时，", WAITING, True),
        ("使用年限超过 15 年时，", "使用年限超过 10 年时，", TESTED, True),
        ("使用年限超过 120 个月时，", "使用年限达到 10 年时，", TESTED, True),
        ("使用年限达到 10 年时，", "使用年限超过 10 年时，", TESTED, False),
        ("使用年限超过 10 年时，", "使用年限超过 15 年时，", TESTED, False),
        ("楼层高于 10 层时，", "楼层不高于 8 层时，", WAITING, False),
        ("楼层不高于 8 层时，", "跨度不高于 10 层时，", WAITING, False),
        ("除使用年限超过 15 年的外，", "除使用年限超过 10 年的外，", TESTED, False),
        ("使用年限未超过 15 年时，", "使用年限未超过 10 年时，", TESTED, False),
        ("夏季，", "冬季，", WAITING, False),
    ],
)
def test_a_case_that_lies_in_another_is_held_to_it(house: str, law: str, said: tuple[str, str], is_found: bool) -> None:
    assert beside_the_law(house + said[0], law + said[1]) == (["WL401"] if is_found else [])


TOLD = (
    "接到报修后，应在 {} min 内到场。",
    "接到报修后，应 {} min 内到场。",
    "接到报修的，应在 {} min 内到场。",
    "自接到报修之时起，应在 {} min 内到场。",
    "应在接到报修后 {} min 内到场。",
)


@pytest.mark.parametrize("one", TOLD)
@pytest.mark.parametrize("other", [*TOLD, "接到报修后 {} min 内到场。\n> 对象:设备/电梯"])
def test_an_event_is_one_wherever_the_sentence_has_it(one: str, other: str) -> None:
    assert beside_the_law(other.format(30), one.format(15)) == ["WL401"]
    if other in TOLD:
        houses = standard("Q/A 1—2026", one.format(30)), standard("Q/A 2—2026", other.format(15))
        assert [(found.code, found.file) for found in conflicts(*houses)] == [("WL402", "Q/A 1—2026")]


@pytest.mark.parametrize("special", ["夜间接到报修后，应在 30 min 内到场。", "夜间应在接到报修后 30 min 内到场。"])
def test_an_event_at_night_is_a_case_of_its_own(special: str) -> None:
    general = "接到报修后，应在 15 min 内到场。"
    assert conflicts(standard("Q/A 1—2026", special), standard("Q/A 2—2026", general)) == []
    assert beside_the_law(special, general) == ["WL401"]
    assert beside_the_law(special, "夜间接到报修的，应在 20 min 内到场。") == ["WL401"]


def test_what_the_law_itself_allows_in_a_narrower_case_is_allowed() -> None:
    steps = ("楼层不高于 20 层时，电梯等候时间不应大于 60 s。", "楼层不高于 8 层时，电梯等候时间不应大于 90 s。")
    law = standard("GB 1—2020", *steps, level="国家", nature="强制")
    assert conflicts(law, standard("Q/A 1—2026", *steps)) == []
    [found] = conflicts(law, standard("Q/A 1—2026", steps[1].replace("8 层", "10 层")))
    assert found.related[0].clause == "4.1"
