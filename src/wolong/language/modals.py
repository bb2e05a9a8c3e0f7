"""The verbs that make a requirement (应, 不宜, 可 …) and the words that only look like them."""

import re

from wolong.language.patterns import lazy

SHALL, SHOULD, MAY, CAN = "shall", "should", "may", "can"
SHALL_NOT, SHOULD_NOT, NEED_NOT, CANNOT = "shall_not", "should_not", "need_not", "cannot"
NEGATIVE = frozenset({SHALL_NOT, SHOULD_NOT, NEED_NOT, CANNOT})
BINDING = frozenset({SHALL, SHALL_NOT})

MODALS: dict[str, str] = {
    "应当": SHALL,
    "应该": SHALL,
    "应": SHALL,
    "必须": SHALL,
    "须": SHALL,
    "方可": SHALL,
    "方能": SHALL,
    "才可": SHALL,
    "才能": SHALL,
    "只能": SHALL,
    "只可": SHALL,
    "不应当": SHALL_NOT,
    "不应该": SHALL_NOT,
    "不应": SHALL_NOT,
    "不得": SHALL_NOT,
    "不准": SHALL_NOT,
    "不允许": SHALL_NOT,
    "不许": SHALL_NOT,
    "不可": SHALL_NOT,
    "不能": SHALL_NOT,
    "严禁": SHALL_NOT,
    "禁止": SHALL_NOT,
    "宜": SHOULD,
    "不宜": SHOULD_NOT,
    "可以": MAY,
    "可": MAY,
    "不必": NEED_NOT,
    "无须": NEED_NOT,
    "无需": NEED_NOT,
    "能够": CAN,
    "可能": CAN,
    "能": CAN,
    "不可能": CANNOT,
    "不能够": CANNOT,
}
# Words that hold a modal's sign and are none, unless the signs behind < stand before them or those behind > after them:
# 照应 is none, 营业执照应悬挂 has one; 可变 is none, 合同可变更 has one. The longest match wins over MODALS.
_NO_MODALS = """
应急 应用>心 对应<核校查配面反绝针派>当 相应<互真 适应>当 供应<提 反应<违 响应<影音 感应<敏伤 效应<有无
应答>复|疑|谢|辩 应力>求|争|避|戒|图|行|促 应变>更|换|动|为|成|卖|通 应届>时|满|期 应聘>请|用|任|雇|有|专 应酬 呼应<招
回应<收返召退找驳撤追挽取带送轮 应付>清|讫|给|足|出|至|全|款[前后] 应激>活|励 应知应会 照应<按依参对拍执护牌证关遵
可查>阅|询|看|验|找|对|收|明 即可 可循 可考>虑|核|察|试|勤 可辨 可鉴 应有的 应对措施 应对能力 应对预案 应对突发 应收款
应收账款 应收费 答应<回解作问应 顺应 应邀前往 应邀参加 应邀出席 应季>度 应诉>求 供不应求 能否 可否 应否 可见>到|面|习
可燃 可追溯 可疑 许可<允 认可<确 可行>驶|走|进|至|车|使|文 可能性 可操作 可再生 可回收 不可回收 可控>制 可移动>至|到
不可抗力 不可或缺 不可避免 可吸入 可触及 可上人 可供选择 可充电 可折叠 可伸缩 可登踏 可攀爬 尽可能
不可燃 不可预见 不可再生 不可移动 不可拆卸 不可降解 不可控 未能 不许可 不可逆 可溶 可拆>除|下|分|换|开|解|封|洗 可降解 可听>取|证|从
可用性 可用率 可达性 可持续 可读>取|出|写 可重复 可比>照|选|对|较 可编程 尚可 可变>更|换|为|动|成|卖 可信
可接受>委托|监督|检查|培训|申请|报名|捐|咨询|预约|投诉|邀请|[甲乙]方 可观>察|看|测|摩|赏 可食 能源 节能 功能 性能 智能
能效 能耗 技能 能力 能量>化 热能<加 电能<停断供来通 动能<自启手活移 光能 太阳能 职能 效能 机能<主电司手 产能<生
体能<整具固物液气主 核能 能见度 能级 耗能 储能 风能<通排送新 潜能 官能 能动>用|手 无能 万能
用能<备使利采 供能<提 因地制宜 适宜 便宜 事宜 相宜 权宜 宜人>工|员 不合时宜 一应俱全 应景 应募>集 应运而生 侍应生
策应<政决国 里应外合 得心应手 有求必应 罪有应得 应税 应得分 应得的 应到人数 应到会 应出勤 必不可少 缺一不可
不可多得 不可估量 不可逾越 不可限量 不可动摇 不可分割 不可思议 无可争议 可乐 可口>头|述 可可>靠 可贵 可谓 可逆
可想而知 有案可稽 无懈可击 触手可及 指日可待 有机可乘 可研>究(?!报告) 可闻噪声 可导电 力所能及 熟能生巧 一专多能
能工巧匠 能上能下 能者 难能可贵 势能 蓄能 赋能 氢能 化学能 机械能 原子能 辐射能 令行禁止 不准确>定|认 不必要 不可靠>近|边|拢|墙
应纳>入 应召>开|集|回 应价>[格值款目位]
水能资源 水能、 水能丰富 可贷资金 可得利益 可支配 可及的 宜林荒 宜林地 须知>晓|悉|道|会|照 必须品
不得不 不得已 禁止令
"""


def _word(entry: str) -> str:
    rest, _, behind = entry.partition(">")
    word, _, before = rest.partition("<")
    first = f"{word[0]}(?<![{before}]{word[0]})" if before else word[0]
    return f"{first}{word[1:]}" + (f"(?!{behind})" if behind else "")


def _none_of(table: str) -> str:
    """The longer word first, whatever stands around it."""
    return "|".join(map(_word, sorted(table.split(), key=lambda entry: len(re.split("[<>]", entry)[0]), reverse=True)))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# 应当面签字 is 应 + 当面. 应用净水冲洗 is 应 + 用 (to use); 应用系统 is a noun. It is the verb only when an action on it follows.
_USE = (
    r"应(?=用[^,、。;应]{1,12}(?:冲洗|冲净|漂洗|清洗|擦|消毒|清扫|拖|洗净|洗涤|清洁|润湿|覆盖|包装|浸泡|盛放|封存|支撑"
    r"|划定|划出|标出|标识|标注|标示|隔离|隔开|围|固定|连接|铺|刷|喷|封堵|填[充实塞]|密封|嵌填))"
)
_FACE = r"应(?=当(?:[面场班天月年地众庭]|日(?!产)))"
# 采购方可解除合同: 可, and who may.
_PARTY = r"(?:(?<=[甲乙丙双一另各对买卖购供需租包管])|(?<=委托)|(?<=服务))方(?=[可应须宜不能必])|方(?=可以)"
_SIGN = r"(?:(?<=设置)|(?<=设有)|(?<=张贴)|(?<=悬挂))(?:禁止|严禁)|(?<=、)(?:禁止|严禁)(?=、)|(?:禁止|严禁)(?=[^,、。;]{0,6}(?:标志|标识|标牌|牌|字样))"
# At the head of its part, before a name that is bound; what one may do with a thing, and nothing that somebody may do.
_A_PLAIN_NAME = (
    r"(?<![^,。;:])可(?:停放?|容纳|接触|触[摸及]|移动|就座|通行|接待|入住|使用(?=面积))"
    r"(?=[\u4e00-\u9fff]{2,10}(?:不少于|不小于|不低于|至少)\s?\d|[\u4e00-\u9fff]{2,8}"
    r"(?:温度|高度|宽度|长度|面积|人数|次数|容量|荷载|负荷|压力|距离|时间)(?:不?[大小高低少多]于|不?超过|至少|[≤≥<>])\s?\d)"
)
# 疫情应对工作 is a noun; 应对工作流程进行评审 is 应, and of what.
_COPING = (
    r"应对(?=(?:工作(?![人场时区服流票台面])|处置(?![过结情记])|活动(?![场人中室区])|机制|策略|方案|准备)"
    r"(?![^,。;]*(?:进行|作出|做|加以|予以|开展|实施|负责|提出|给予|采取|清|检)))"
)
# What is none by the words around it, each with what it is written for.
_NO_MODALS_BESIDE = (
    r"(?<=是否)(?:必须|应[当该]?|须)|(?<=不是)必须|(?<=[非如若因])必须",  # 是否必须由主管决定, 因必须停水
    r"(?<=所)必须(?=[,。;]|$)|必须(?=的|时(?![刻时常]))",  # 必须的工具, 必须时
    r"不得分(?![割立开解离散])",  # 不得分
    r"禁止(?=的)|禁止(?:行为|事项|性)",  # 禁止的行为
    r"禁止[\u4e00-\u9fff]{2,4}(?:场所|区域|时段|路段)",  # 禁止吸烟场所
    r"(?<=[对将把因凡])不能(?=[^,。;的]{1,10}的)",  # 对不能回收的
    r"禁止(?=[^,。;的]{2,14}的(?:范围|区域|场所|时间|时段|路段|物品|种类)(?:[,由]|应|按))",  # 禁止通行的路段
    r"(?<=规定)(?:应当?|必须)(?=[^,。;的]{1,12}的[\u4e00-\u9fff]{2,8},)",  # 规定必须检验的设备,
    r"(?:(?<=为)|(?<=做好)|(?<=有效)|(?<=积极)|(?<=共同)|(?<=妥善)|(?<=科学)|(?<=协同)|(?<=主动)|(?<=参与))应对",  # 为应对突发事件
    r"(?<=、)能(?=、)",  # 德、能、勤、绩
    r"(?<=可[\u4e00-\u9fff]{2}、)可(?=[\u4e00-\u9fff]{2}(?:[、,。;]|$))",  # 可追溯、可核查
    r"(?:(?<=做到)|(?<=实现))可(?!以)",  # 实现可查询
    _COPING,  # 突发事件应对活动
    r"不可(?=[\u4e00-\u9fff]{2}的[\u4e00-\u9fff])",  # 不可退还的费用
    r"宜居(?!中)",  # 宜居
    r"宜[昌宾春兴城丰黄章阳良都](?=[市县区州分]|公司)",  # 宜春市
    r"可供(?=[^,。;的]{1,10}的[\u4e00-\u9fff])",  # 可供使用的车位
    r"可开[启闭](?=的|式|外?窗|扇|部分|面积)",  # 可开启的外窗
    r"(?<=等)可以?(?=[^,。;的]{1,10}的[\u4e00-\u9fff])",  # 毛巾等可以更换的用品
    _A_PLAIN_NAME,  # 可接触部位温度不大于 60 ℃, 可停放车辆不少于 100 辆
    r"可视(?=化|对讲|电话|门铃|距离|范围|角|性|面|窗|信号|图像|区域|度|的|(?:会议|监控|设备|终端|系统)(?![^,。;]{0,12}(?:情况|状况|需要)))",  # 可视对讲
    r"可靠(?![内外]?墙|[左右]侧|边|近|拢)",  # 可靠接地
    r"可能(?=的|[^,。;的]{1,30}的[\u4e00-\u9fff]{2,8},)",  # 可能的风险
    r"(?<=依法)(?:必须|应当?)(?=[^,。;的]{1,10}的[\u4e00-\u9fff])",  # 依法必须招标的项目
    r"应(?P<all>[\u4e00-\u9fff])[尽未](?P=all)",  # 应检尽检
    r"可[\u4e00-\u9fff]{2}(?:性(?![能质别])|率|垃圾|废弃物)",  # 可追溯性, 可回收垃圾
    r"应(?=[^,。;应]{0,6}(?:业主|[甲乙对]方|[客用]户|单位|部门|来宾|采购人)(?:的|书面|合理)?(?:要求|请求|邀请|申请)(?:可|而|,))",  # 应采购人要求,
    r"(?<=其他)能够?(?=[^,。;的]{1,10}的)",  # 其他能够证明的材料
    r"(?:(?<=已经)|(?<=[已仍]))不能",  # 已不能使用
    r"可能(?=[^,。;的]{1,24}的[\u4e00-\u9fff])",  # 可能散发气体的场所
    r"能(?=[^,。;的]{1,14}的[\u4e00-\u9fff]{1,6}的[\u4e00-\u9fff]{1,6},)",  # 能独立处理故障的技术的人员,
    r"能够?(?=[^,。;的]{1,10}的(?:当[场日天]|应|由|予以|要|须|立即|及时|均|一律))",  # 能当场修复的应
    r"可用(?![^,。;率性]{1,24}(?:清洗|浸泡|擦|消毒|冲洗|测量|检查|覆盖|代替|替代)|[^,。;的]{1,12}的?[^,。;]{0,8}(?:做|作为?|充当|当作))",  # 可用时间
    r"可调(?![至到整用换配减增为低高离岗])",  # 可调压力
)
MODAL_PATTERN = lazy(
    rf"(?P<use>{_USE}|{_FACE})|(?P<party>{_PARTY})|(?P<sign>{_SIGN})"
    rf"|(?P<none>{_none_of(_NO_MODALS)}|{'|'.join(_NO_MODALS_BESIDE)})|(?P<modal>{_any(list(MODALS))})"
)
"""One pass: a hit of the group `modal` or `use` is a modal; of `none`, `party` or `sign` it is plain text."""


def modal_at(text: str, start: int) -> tuple[str | None, int]:
    """The modality that begins here and its end; (None, end) for a word that only looks like one; (None, start) else."""
    match = MODAL_PATTERN.match(text, start) if text[start : start + 1] in FIRST_SIGNS else None
    if match is None:
        return None, start
    if match.lastgroup == "modal":
        return MODALS[match.group()], match.end()
    if match.lastgroup == "use":
        return SHALL, match.end()
    return None, match.end()


FIRST_SIGNS = frozenset(word[0] for word in (*MODALS, *_NO_MODALS.split()))
"""With what a modal, or a word that only looks like one, can begin."""
