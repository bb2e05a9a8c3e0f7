"""The kinds of place, in the words that selectors use, and the states of an import."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wolong.ground.lifecycle import Lifecycle, Move
from wolong.language.selectors import ALIASES


class Level(TextChoices):
    """Where a place stands in the tree, from the top down."""

    AREA = "area", _("办公区")
    BUILDING = "building", _("楼栋")
    FLOOR = "floor", _("楼层")
    ROOM = "room", _("房间")


class Kind(TextChoices):
    """What a room is. The value is the word itself: a clause says 场所/卫生间."""

    LOBBY = "大厅", _("大厅")
    CORRIDOR = "走廊", _("走廊")
    TOILET = "卫生间", _("卫生间")
    MEETING_ROOM = "会议室", _("会议室")
    OFFICE = "办公室", _("办公室")
    STAIRWELL = "楼梯间", _("楼梯间")
    SWITCH_ROOM = "配电室", _("配电室")
    PUMP_ROOM = "泵房", _("泵房")
    MONITORING_ROOM = "监控室", _("监控室")
    FIRE_CONTROL_ROOM = "消防控制室", _("消防控制室")
    CANTEEN = "食堂", _("食堂")
    KITCHEN = "厨房", _("厨房")
    LIFT_HALL = "电梯厅", _("电梯厅")
    CAR_PARK = "地下车库", _("地下车库")
    PLANT_ROOM = "机房", _("机房")
    TEA_ROOM = "茶水间", _("茶水间")
    WASTE_ROOM = "垃圾房", _("垃圾房")
    GREEN = "绿地", _("绿地")
    ROOF = "屋面", _("屋面")
    GATE = "大门", _("大门")
    GUARD_POST = "岗亭", _("岗亭")


# The word for a place that is not a room.
KIND_OF_LEVEL = {Level.AREA: "办公区", Level.BUILDING: "楼栋", Level.FLOOR: "楼层"}

# 公共区域: used in common by all units of a building, as clauses mean it.
PUBLIC_KINDS = frozenset(ALIASES[("场所", "公共区域")])

# Guard posts, plant and camera rooms never reach a public page (docs/rules.md, rule 16).
HIDDEN_KINDS = frozenset(
    {
        Kind.SWITCH_ROOM,
        Kind.PUMP_ROOM,
        Kind.MONITORING_ROOM,
        Kind.FIRE_CONTROL_ROOM,
        Kind.PLANT_ROOM,
        Kind.GUARD_POST,
    }
)

# Where people rather look at a picture than read a name.
ICON_OF_KIND = {
    Kind.LOBBY: "building-arch",
    Kind.CORRIDOR: "arrows-horizontal",
    Kind.TOILET: "friends",
    Kind.MEETING_ROOM: "presentation",
    Kind.OFFICE: "briefcase",
    Kind.STAIRWELL: "stairs",
    Kind.SWITCH_ROOM: "bolt",
    Kind.PUMP_ROOM: "droplet",
    Kind.MONITORING_ROOM: "device-cctv",
    Kind.FIRE_CONTROL_ROOM: "flame",
    Kind.CANTEEN: "tools-kitchen-2",
    Kind.KITCHEN: "chef-hat",
    Kind.LIFT_HALL: "elevator",
    Kind.CAR_PARK: "parking",
    Kind.PLANT_ROOM: "engine",
    Kind.TEA_ROOM: "mug",
    Kind.WASTE_ROOM: "trash",
    Kind.GREEN: "trees",
    Kind.ROOF: "sun",
    Kind.GATE: "door-enter",
    Kind.GUARD_POST: "shield",
}


class ImportState(TextChoices):
    WAITING = "waiting", _("等待读取")
    READING = "reading", _("正在读取")
    READY = "ready", _("待确认")
    REJECTED = "rejected", _("有错误")
    APPLYING = "applying", _("正在写入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("未完成")


IMPORT_LIFECYCLE = Lifecycle(
    read=Move((ImportState.WAITING,), ImportState.READING),
    offer=Move((ImportState.READING,), ImportState.READY),
    reject=Move((ImportState.READING, ImportState.APPLYING), ImportState.REJECTED),
    confirm=Move((ImportState.READY,), ImportState.APPLYING),
    finish=Move((ImportState.APPLYING,), ImportState.DONE),
    fail=Move((ImportState.WAITING, ImportState.READING, ImportState.APPLYING), ImportState.FAILED),
)
