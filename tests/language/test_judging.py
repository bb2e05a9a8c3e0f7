"""A value typed by hand is understood or refused with the reason, and judged with its bound's edge on the right side."""

from decimal import Decimal

import pytest

from wolong.language.frequency import largest_gap
from wolong.language.judging import NotAValue, judge, read_value
from wolong.language.sentences import read_sentence
from wolong.language.tree import Measure
from wolong.language.wording import changes, words_of


def measure(sentence: str) -> Measure:
    return read_sentence(sentence)[0].measures[0]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0.38", "mg/m3", "0.38"),
        ("\uff10.\uff13\uff18", "mg/m3", "0.38"),
        ("\uff10\uff0e\uff13\uff18", "mg/m3", "0.38"),
        ("1,200", "lx", "1200"),
        ("1,200.5 lx", "lx", "1200.5"),
        ("380 μg/m³", "mg/m3", "0.38"),
        ("0.38毫克/立方米", "mg/m³", "0.38"),
        ("-12℃", "℃", "-12"),
        ("半小时", "min", "30"),
        ("一个半小时", "min", "90"),
        ("十五分钟", "min", "15"),
        ("0.5 h", "min", "30"),
        ("百分之九十五", "%", "95"),
        ("0.1%", None, "0.001"),
        (".5", "m", "0.5"),
        ("12 cm", "mm", "120"),
        ("1.2 kΩ", "Ω", "1200"),
    ],
)
def test_a_value_is_understood(text: str, unit: str | None, value: str) -> None:
    assert read_value(text, unit=unit).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("", "m", "还没有填"),
        ("无", "m", "没有数字"),
        ("3,5", "m", "逗号"),
        ("2 kg", "m", "不能换算"),
        ("3~5", "m", "范围"),
        ("≤5", "m", "测得"),
        ("1.2.3", "m", "不是"),
        ("5 米", None, "没有单位"),
        ("nan", "m", "没有数字"),
        ("1e5", "m", "不能换算"),
    ],
)
def test_what_is_no_value_is_refused_with_the_reason(text: str, unit: str | None, reason: str) -> None:
    with pytest.raises(NotAValue, match=reason):
        read_value(text, unit=unit)


@pytest.mark.parametrize(
    ("sentence", "value", "conforms", "words"),
    [
        ("氨不应大于 0.3 mg/m³。", "0.42", False, "超出 0.12"),
        ("氨不应大于 0.3 mg/m³。", "0.3", True, "符合"),
        ("照度不应低于 300 lx。", "299.88", False, "低于限值 0.12"),
        ("照度不应低于 300 lx。", "300", True, "符合"),
        ("净高应大于 2.5 m。", "2.5", False, "应大于 2.5，等于限值不符合"),
        ("坡度应小于 5%。", "5", False, "应小于 5，等于限值不符合"),
        ("室温应为 18～26 ℃。", "26.5", False, "超出 0.5"),
        ("室温应为 18～26 ℃。", "17", False, "低于限值 1"),
    ],
)
def test_a_value_is_judged(sentence: str, value: str, conforms: bool, words: str) -> None:
    verdict = judge(measure(sentence), Decimal(value))
    assert (verdict.conforms, verdict.words) == (conforms, words)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("应每15日保养一次。", 15),
        ("应每季度检测1次。", 92),
        ("应每年检验一次。", 366),
        ("应每1.5个月清洗一次。", 46),
        ("应每4个月清洗一次。", 123),
        ("应每两年检验一次。", 731),
        ("应每5年检验一次。", 1827),
        ("每日清扫应不少于 2 次。", None),
        ("噪声不应大于 55 dB。", None),
    ],
)
def test_a_period_with_one_time_is_a_largest_gap(sentence: str, days: int | None) -> None:
    assert largest_gap(measure(sentence)) == days


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("卫生间空气中氨的浓度不应大于 0.3 mg/m³。", "氨 ≤ 0.3 mg/m³"),
        ("大厅地面每日清扫应不少于 2 次。", "清扫 每日 ≥ 2 次"),
        ("接到报修后应在 15 min 内到达现场。", "接到报修后 15 min 内到达现场"),
        ("停水应提前 24 h 通知。", "提前 24 h 通知"),
        ("会场应在会前 60 min 布置完毕。", "会前 60 min 布置完毕"),
        ("应会前 15 min～30 min 开机。", "会前 15～30 min 开机"),
        ("应提前不超过 2 h 通知。", "提前 不超过 2 h 通知"),
        ("接到报修后夜间应在 5 min 内到场。", "5 min 内到场(接到报修后、夜间)"),
        ("应在 3 个工作日内答复。", "3 个工作日内答复"),
        ("夏季室温不应低于 26 ℃。", "室温 ≥ 26 ℃(夏季)"),
        ("误差应在 ±10 mm 以内。", "误差 ±10 mm"),
        ("草坪高度应为 4 cm～6 cm。", "草坪高度 4～6 cm"),
        ("每班值班人员不应少于 2 人。", "值班人员 每班 ≥ 2 人"),
    ],
)
def test_a_measure_is_put_in_words(sentence: str, words: str) -> None:
    assert words_of(measure(sentence)) == words


def test_a_deadline_of_each_case_is_told_apart() -> None:
    measures = [one for draft in read_sentence("夜间应在 5 min 内、白天应在 10 min 内到场。") for one in draft.measures]
    assert [words_of(one) for one in measures] == ["5 min 内到场(夜间)", "10 min 内到场(白天)"]


def test_a_time_that_has_to_pass_first_is_no_time_within() -> None:
    waited = Measure(kind="deadline", property="关闭", low=Decimal(30), unit="min", event="会", direction="after")
    assert words_of(waited) == "会后 至少 30 min 关闭"


def test_changes_keep_modals_and_numbers_whole() -> None:
    assert changes("氨的浓度不宜大于 0.5 mg/m³", "氨的浓度不应大于 0.3 mg/m³") == [
        ("equal", "氨的浓度"),
        ("delete", "不宜"),
        ("insert", "不应"),
        ("equal", "大于 "),
        ("delete", "0.5"),
        ("insert", "0.3"),
        ("equal", " mg/m³"),
    ]
