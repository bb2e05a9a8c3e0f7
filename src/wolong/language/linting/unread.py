"""The codes that no rule function finds, explained like rules: what reading says, and remarks that silence nothing."""

from wolong.language.linting.explaining import Explanation

FRONT = "---\n标准号: Q/A 1—2026\n名称: 甲\n---\n\n"
LINE = "> 对象:场所/大厅 | 检查:查看 | 频次:每月 | 等级:C"

READING: dict[str, tuple[str, Explanation]] = {
    "WL101": ("error", Explanation(
        "A standard is UTF-8 text of at most 20 MB.", "What is in another coding reads as other characters in another program.",
        "a file that was saved as GBK", "the same file, saved as UTF-8", "Save it as UTF-8 in the editor; one standard, one file.",
    )),
    "WL102": ("info", Explanation(
        "A file begins with its text, not with a byte order mark.", "Some tools show the mark as a stray character.",
        "\ufeff## 1 范围", "## 1 范围", "`wolong lint --fix` takes it away.",
    )),
    "WL103": ("error", Explanation(
        "A fence (```) and a comment (<!--) that are opened are closed.", "What stands in one is not read, so that the rest of the file would be lost.",
        "4.1 地面应干净。\n\n<!-- 待定\n\n4.2 门应干净。", "4.1 地面应干净。\n\n<!-- 待定 -->\n\n4.2 门应干净。",
        "Write the closing sign where it ends; a fence ends with the sign that it began with.",
    )),
    "WL104": ("error", Explanation(
        "Front matter is lines of `键: 值` between two `---`, each key once.", "What a standard is must be read without doubt.",
        "---\n标准号: Q/A 1—2026\n标准号: Q/A 2—2026\n---", FRONT.strip(), "Close the front matter with `---`; write lists in brackets.",
    )),
    "WL105": ("warning", Explanation(
        "Front matter has no unknown keys.", "A misspelt key would be lost without a word.",
        "---\n标准编号: Q/A 1—2026\n---", FRONT.strip(), "Use one of the keys that the message lists.",
    )),
    "WL106": ("error", Explanation(
        "Each key of the front matter has a value of its kind.", "A date that is none can't be counted from.",
        "---\n标准号: Q/A 1—2026\n发布: 二月三十\n---", "---\n标准号: Q/A 1—2026\n发布: 2026-02-27\n---",
        "Write dates as 2026-01-05, and the words that the message lists.",
    )),
    "WL107": ("error", Explanation(
        "Headings go no deeper than six levels.", "Nobody finds, or cites, a clause of ten numbers (GB/T 1.1—2020, 7.4).",
        "######## 4.1.1.1.1.1.1 大厅", "4.1 地面应干净。", "Divide the chapter anew.",
    )),
    "WL108": ("error", Explanation(
        "A line is at most 20,000 characters long.", "A longer one is no sentence; reading it would stand still.",
        "a paragraph of 50 MB", "a paragraph of one sentence", "Break it into clauses.",
    )),
    "WL109": ("warning", Explanation(
        "Every requirement stands in a numbered clause.", "What has no number can't be cited, assigned or scored.",
        "地面应干净。", "## 4 要求\n\n4.1 地面应干净。", "Give the paragraph a number.",
    )),
    "WL117": ("info", Explanation(
        "A remark that silences a rule silences something.", "A remark that outlives its problem hides the next one.",
        "<!-- wolong: ignore WL203 上级文件原话 -->\n4.1 地面应每日清扫 1 次。", "<!-- wolong: ignore WL203 上级文件原话 -->\n4.1 垃圾应及时清运。",
        "`wolong lint --fix` takes the remark away.",
    )),
    "WL201": ("warning", Explanation(
        "Every number, unit and frequency of a requirement is understood.", "A guessed number is worse than none: it would be judged by.",
        "4.1 草坪留茬高度应为草高的 1/3。", "4.1 草坪留茬高度应为 4 cm～6 cm。", "Say it in a form that reads, or give it as `指标:` in the execution line.",
    )),
    "WL501": ("error", Explanation(
        "An execution line has known keys only.", "A misspelt key would silently leave the requirement without it.",
        "4.1 地面应干净。\n> 对像:场所/大厅 | 检查:查看 | 频次:每月", f"4.1 地面应干净。\n{LINE}", "Use one of the keys that the message lists.",
    )),
    "WL502": ("error", Explanation(
        "Each key of an execution line has a value of its kind.", "A value that isn't understood can't be acted on.",
        "4.1 地面应干净。\n> 对象:场所/大厅 | 检查:瞧瞧 | 频次:每月", f"4.1 地面应干净。\n{LINE}", "Write one of the values that the message names.",
    )),
    "WL503": ("error", Explanation(
        "A clause has one execution line, or as many as it has requirements.", "With any other number nobody knows which line rules which requirement.",
        f"4.1 地面应干净，墙面应干净，门应干净。\n{LINE}\n\n{LINE.replace('大厅', '走廊')}", f"4.1 地面应干净，墙面应干净。\n{LINE}",
        "Write one line for all, or one for each in their order, with a blank line between.",
    )),
    "WL504": ("error", Explanation(
        "An execution line is `键:值` joined by `|`, each key once.", "What is no pair would be lost.",
        "4.1 地面应干净。\n> 大厅每月查看一次", f"4.1 地面应干净。\n{LINE}", "Write pairs; a quotation goes into the text.",
    )),
}  # fmt: skip
