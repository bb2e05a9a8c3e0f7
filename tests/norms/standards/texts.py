"""Small standards for tests."""

CLEANING = """---
标准号: Q/WLS BZ06-003—{year}
名称: 公共区域清洁服务规范
层级: 企业
性质: 推荐
体系位置: 服务提供/物业服务/保洁
发布: {year}-01-05
实施: {first_day}
复审: {review}
归口: 卧龙山办公区服务中心
---

# 公共区域清洁服务规范

## 1 范围
本文件规定了办公区公共区域清洁服务的要求、检查和评价。

## 5 服务要求
### 5.1 大厅与走廊
5.1.1 大厅地面每日清扫应不少于 {times} 次。
> 对象:场所/大厅 | 责任:保洁 | 检查:查看 | 频次:每月 | 等级:C | 扣分:0.5/处,上限3 | 证据:照片

5.1.2 卫生间空气中氨的浓度不应大于 {limit} mg/m³,硫化氢的浓度不应大于 0.01 mg/m³。
> 对象:场所/卫生间 | 责任:保洁 | 检查:测量 | 频次:每季度抽查 20% | 等级:B | 扣分:2/项 | 来源:GB/T 17217 | 待核

5.1.3 大面积、大规模保洁宜安排在休息日或节假日进行。
"""


def cleaning(year: int = 2026, first_day: str = "", times: int = 2, limit: str = "0.3") -> str:
    first = first_day or f"{year}-03-01"
    return CLEANING.format(year=year, first_day=first, review=f"{year + 5}-01-05", times=times, limit=limit)
