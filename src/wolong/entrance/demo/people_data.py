"""Who plays in the demo: units, people and their roles. Companies are examples; nobody real is named."""

from dataclasses import dataclass

from wolong.ground.people.states import OrganizationKind, Role


@dataclass(frozen=True, slots=True)
class Unit:
    key: str
    name: str
    short_name: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Player:
    """`grants` are (role, unit key); the first unit is where the person works."""

    account: str
    name: str
    unit: str
    post: str
    grants: tuple[tuple[str, str], ...]


ADMIN, INSTITUTION = OrganizationKind.ADMINISTRATIVE, OrganizationKind.INSTITUTION
SUPPLIER, TENANT = OrganizationKind.SUPPLIER, OrganizationKind.TENANT

UNITS = (
    Unit("bureau", "江西省机关事务管理局", "机关事务管理局", ADMIN),
    Unit("policy", "政策法规处", "政策法规处", ADMIN, "bureau"),
    Unit("support", "服务保障处", "服务保障处", ADMIN, "bureau"),
    Unit("wls", "卧龙山办公区服务中心", "卧龙山中心", INSTITUTION, "bureau"),
    Unit("wls_property", "物业管理科", "物业管理科", INSTITUTION, "wls"),
    Unit("wls_security", "安全保卫科", "安全保卫科", INSTITUTION, "wls"),
    Unit("wls_equipment", "设备管理科", "设备管理科", INSTITUTION, "wls"),
    Unit("wls_general", "综合科", "综合科", INSTITUTION, "wls"),
    Unit("bjx", "北京西路办公区服务中心", "北京西路中心", INSTITUTION, "bureau"),
    Unit("bjx_general", "综合科", "综合科", INSTITUTION, "bjx"),
    Unit("bjx_catering", "餐饮服务科", "餐饮服务科", INSTITUTION, "bjx"),
    Unit("property", "示例物业服务有限公司", "示例物业公司", SUPPLIER),
    Unit("lift", "示例电梯工程有限公司", "示例电梯公司", SUPPLIER),
    Unit("elv", "示例弱电技术有限公司", "示例弱电公司", SUPPLIER),
    Unit("tenant", "示例使用单位", "示例使用单位", TENANT),
)

PLAYERS = (
    Player("juzhang", "王局长", "bureau", "局领导", ((Role.LEADER, "bureau"),)),
    Player("biaozhun", "林工", "policy", "标准管理员", ((Role.STANDARDS, "bureau"),)),
    Player("fagui", "徐处长", "policy", "标准审定", ((Role.STANDARDS, "bureau"), (Role.AUDITOR, "bureau"))),
    Player("chenzhuren", "陈主任", "wls", "中心主任", ((Role.CENTRE_HEAD, "wls"),)),
    Player("lizhuguan", "李主管", "wls_property", "科室主管", ((Role.SECTION_HEAD, "wls_property"),)),
    Player("zhougong", "周工", "wls_property", "巡查员", ((Role.INSPECTOR, "wls_property"),)),
    Player("wugong", "吴工", "wls_property", "巡查员", ((Role.INSPECTOR, "wls_property"),)),
    Player("wangzhuguan", "汪主管", "wls_security", "科室主管", ((Role.SECTION_HEAD, "wls_security"),)),
    Player("sungong", "孙工", "wls_security", "巡查员", ((Role.INSPECTOR, "wls_security"),)),
    Player("hezhuguan", "何主管", "wls_equipment", "科室主管", ((Role.SECTION_HEAD, "wls_equipment"),)),
    Player("zhenggong", "郑工", "wls_equipment", "巡查员", ((Role.INSPECTOR, "wls_equipment"),)),
    Player("liuzhuren", "刘主任", "bjx", "中心主任", ((Role.CENTRE_HEAD, "bjx"),)),
    Player("mazhuguan", "马主管", "bjx_general", "科室主管", ((Role.SECTION_HEAD, "bjx_general"),)),
    Player("yanggong", "杨工", "bjx_general", "巡查员", ((Role.INSPECTOR, "bjx_general"),)),
    Player("tangzhuguan", "唐主管", "bjx_catering", "餐饮主管", ((Role.SECTION_HEAD, "bjx_catering"),)),
    Player("zhaojingli", "赵经理", "property", "项目经理", ((Role.SUPPLIER_MANAGER, "property"),)),
    Player("zhanggong", "张工", "property", "领班", ((Role.SUPPLIER_CREW, "property"),)),
    Player("qianjingli", "钱经理", "lift", "项目经理", ((Role.SUPPLIER_MANAGER, "lift"),)),
    Player("fengjingli", "冯经理", "elv", "项目经理", ((Role.SUPPLIER_MANAGER, "elv"),)),
    Player("shenji", "审计员", "bureau", "内部审计", ((Role.AUDITOR, "bureau"),)),
    Player("admin", "系统管理员", "bureau", "系统管理", ((Role.ADMINISTRATOR, "bureau"),)),
)
