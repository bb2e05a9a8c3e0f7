"""What is hidden, what is not, and until when a company may answer."""

import re
import string
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.workdays.rules import WorkCalendar
from wolong.loop.notices.rules import content
from wolong.loop.notices.rules.days import answer_due_on, earliest_on, is_too_early
from wolong.loop.notices.rules.redaction import Known, find, folded, hide, pieces, redact, room_numbers
from wolong.loop.notices.states import Hidden

NOTHING = Known()
KNOWN = Known(names=frozenset({"张三丰", "李四"}), rooms=frozenset({"1号楼3层机要室", "B1302", "302"}))

HIDDEN = [
    ("电话 13812345678。", "电话 ［已隐去：手机号码］。"),
    ("１３８１２３４５６７８", "［已隐去：手机号码］"),
    ("138 1234 5678", "［已隐去：手机号码］"),
    ("138-1234-5678", "［已隐去：手机号码］"),
    ("138.1234.5678", "［已隐去：手机号码］"),
    ("138\u3000１２３４\u30005678", "［已隐去：手机号码］"),
    ("1 3 8 1 2 3 4 5 6 7 8", "［已隐去：手机号码］"),
    ("138\u200b12345\u2060678", "［已隐去：手机号码］"),
    ("①③⑧①②③④⑤⑥⑦⑧", "［已隐去：手机号码］"),
    ("一三八一二三四五六七八", "［已隐去：手机号码］"),
    ("+86 13812345678", "+86 ［已隐去：手机号码］"),
    ("8613812345678", "［已隐去：手机号码］"),
    ("微信同号13812345678找他", "微信同号［已隐去：手机号码］找他"),
    ("0791-88912345", "［已隐去：电话号码］"),
    ("（0791）88912345 转 8001", "［已隐去：电话号码］"),
    ("400-820-8820", "［已隐去：电话号码］"),
    ("监督电话：8001", "监督电话：［已隐去：电话号码］"),
    ("身份证 36010219900307123X", "身份证 ［已隐去：证件号码］"),
    ("360102 19900307 1234", "［已隐去：证件号码］"),
    ("３６０１０２１９９００３０７１２３ｘ", "［已隐去：证件号码］"),
    ("360102900307123", "［已隐去：证件号码］"),
    ("请发 Zhang.San+1@example.gov.cn。", "请发 ［已隐去：邮箱］。"),
    ("ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "［已隐去：邮箱］"),
    ("赣A12345 停在北门", "［已隐去：车牌号］ 停在北门"),
    ("赣Ａ·Ｄ１２３４５", "［已隐去：车牌号］"),
    ("粤B 12345挂", "［已隐去：车牌号］"),
    ("张三丰与李四", "［已隐去：姓名］与［已隐去：姓名］"),
    ("张 三　丰", "［已隐去：姓名］"),
    ("1号楼3层机要室门禁", "［已隐去：场所］门禁"),
    ("到 B1302 室", "到 ［已隐去：场所］"),
    ("到房间302登记", "到房间［已隐去：场所］登记"),
]


@pytest.mark.parametrize(("text", "public"), HIDDEN)
def test_what_names_a_person_or_a_guarded_room_is_hidden_by_a_visible_mark(text: str, public: str) -> None:
    assert redact(text, KNOWN) == public


KEPT = [
    "大厅地面每日清扫应不少于 2 次。",
    "应符合 GB/T 19001—2016 和 Q/WLS BZ06-003—2026 的规定。",
    "温度应为 18 ℃ 至 26 ℃，相对湿度 40%～60%。",
    "2026-11-28 08:00—18:00，合同额 1234567.00 元。",
    "第 5.1.2 条；第 302 号楼；共 302 项。",
    "一、二、三、四、五；十一月二十八日。",
    "PM2.5 不应大于 75 μg/m³，氨不应大于 0.20 mg/m³。",
    "19.5、20.5、21.5、22.5、23.5",
]


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_sentences_of_a_standard_stay_as_they_are(text: str) -> None:
    assert redact(text, KNOWN) == text


GAPS = ["", " ", "\u3000", "-", "\u200b", "\t", "\u00a0", "—", "－", "·", "  "]
DIGITS = [string.digits, "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "٠١٢٣٤٥٦٧٨٩"]


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    number = "1" + draw(st.sampled_from("3456789")) + draw(st.text(string.digits, min_size=9, max_size=9))
    written = [draw(st.sampled_from(DIGITS))[int(digit)] + draw(st.sampled_from(GAPS)) for digit in number]
    return "".join(written)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if unicodedata.digit(sign, None) is not None else sign for sign in text)


def _mobile_in(text: str) -> bool:
    bare = re.sub(r"[\s\u200b\-—－·]", "", _digits(text))
    return re.search(r"1[3-9]\d{9}", bare) is not None


SURROUNDINGS = st.text(alphabet="0123456789 电话，。：张三abＡ１-［］已隐去手机号码", max_size=30)


@given(SURROUNDINGS, mobiles(), SURROUNDINGS)
def test_no_mobile_number_ever_survives(before: str, number: str, after: str) -> None:
    public = redact(f"{before}{number}{after}", KNOWN)
    assert not _mobile_in(public)
    assert "［已隐去：" in public


@given(st.lists(st.one_of(mobiles(), SURROUNDINGS), max_size=6))
def test_several_numbers_in_a_row_leave_none_behind(parts: list[str]) -> None:
    assert not _mobile_in(redact("".join(parts), NOTHING))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200))
def test_folding_keeps_every_sign_in_its_place(text: str) -> None:
    assert len(folded(text)) == len(folded(text, han=True)) == len(text)


@given(st.text(max_size=120), st.text(max_size=20))
def test_the_pieces_beside_each_other_make_both_texts(before: str, after: str) -> None:
    text = f"{before}张三丰13812345678{after}"
    cut = pieces(text, KNOWN)
    assert "".join(piece.words for piece in cut) == text
    assert "".join(piece.mark or piece.words for piece in cut) == redact(text, KNOWN)


@given(st.one_of(SURROUNDINGS, mobiles(), st.sampled_from([text for text, _public in HIDDEN])))
def test_what_is_hidden_once_stays_as_it_is(text: str) -> None:
    once = redact(text, KNOWN)
    assert redact(once, KNOWN) == once


def test_what_was_marked_is_hidden_and_what_was_lifted_is_shown() -> None:
    marked = Known(marked=frozenset({(Hidden.OTHER, "北门")}))
    assert redact("北 门改道，走南门", marked) == "［已隐去：其他］改道，走南门"
    lifted = Known(lifted=frozenset({(Hidden.LANDLINE, "8001"), (Hidden.MOBILE, "13812345678")}))
    assert redact("监督电话 8001", lifted) == "监督电话 8001"
    assert redact("手机 13812345678", lifted) == "手机 ［已隐去：手机号码］"


def test_a_mark_that_somebody_wrote_himself_hides_nothing_and_saves_nothing() -> None:
    assert redact("［已隐去：13812345678］", NOTHING) == "［已隐去：［已隐去：手机号码］］"
    assert redact("［已隐去：姓名］", Known(names=frozenset({"姓名"}))) == "［已隐去：姓名］"


@pytest.mark.parametrize("part", ["0", "1-", "a", "A1", "电话", "a.b", "1 1 ", "赣"])
def test_a_long_monotonous_text_is_searched_through_and_stays(part: str) -> None:
    text = part * 10_000
    assert hide(text, find(text, NOTHING)) == text


def test_an_endless_run_of_digits_that_holds_a_number_is_hidden_as_one() -> None:
    assert redact(f"见{'13' * 10_000}。", NOTHING) == "见［已隐去：手机号码］。"


def test_room_numbers_are_read_from_names_of_places() -> None:
    assert room_numbers(["1号楼 B1302 监控室", "2号楼12层 1208", "2026号楼大厅"]) == {"B1302", "1208"}


def test_a_content_is_redacted_in_every_cell() -> None:
    blocks = [
        content.heading("联系人 李四", number="1"),
        content.paragraph("一段\r\n话\x00", number="1.1"),
        content.table(["单位", "电话"], [["示例公司", "13812345678"]]),
    ]
    title, public = content.redacted("李四的通知", blocks, KNOWN)
    assert title == "［已隐去：姓名］的通知"
    assert public[0]["text"] == "联系人 ［已隐去：姓名］"
    assert public[1]["text"] == "一段\n话"
    assert public[2]["rows"] == [["示例公司", "［已隐去：手机号码］"]]
    assert len(content.found_in("李四的通知", blocks, KNOWN)) == 3


def test_a_table_in_a_clause_becomes_a_table() -> None:
    text = "评价指标应符合表 1 的规定。\n表 1 评价指标\n| 项目 | 限值 |\n|---|:--|\n| 满意度 | ≥ 85 % |\n完。"
    first, middle, last = content.blocks_of(text, number="5.1", level=2)
    assert (first["number"], last["number"], last["text"]) == ("5.1", "", "完。")
    assert (middle["head"], middle["rows"]) == (["项目", "限值"], [["满意度", "≥ 85 %"]])


@pytest.mark.parametrize("hostile", ["\u202e反着写", "a\x07b", "<script>alert(1)</script>", "\ufeff题\n目"])
def test_a_hostile_title_becomes_one_plain_line(hostile: str) -> None:
    title = content.clean_title(hostile * 200)
    assert len(title) <= content.LONGEST_TITLE
    assert not re.search(r"[\x00-\x1f\u202a-\u202e\ufeff]", title)


def test_the_days_to_answer_are_working_days_after_the_day_it_was_told() -> None:
    calendar = WorkCalendar({date(2026, 11, 19): False}, frozenset({2026}))
    due = answer_due_on(told_on=date(2026, 11, 16), workdays=5, calendar=calendar).on
    assert due == date(2026, 11, 24)
    assert earliest_on(due) == date(2026, 11, 25)
    assert is_too_early(due_on=due, today=due)
    assert not is_too_early(due_on=due, today=date(2026, 11, 25))
    assert not is_too_early(due_on=None, today=due)
