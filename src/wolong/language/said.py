"""What the parts of a requirement ask for without a number, each with the case that it is said of."""

from collections.abc import Sequence

from wolong.language.apart import is_free_of_ban
from wolong.language.drafts import Draft, beside_ban
from wolong.language.memory import Memory
from wolong.language.modals import MAY, NEGATIVE, SHALL
from wolong.language.parts import Part
from wolong.language.patterns import lazy
from wolong.language.predicates import predicates_beside, predicates_of

# 不得擅自拆除, 做好记录: what is asked for beside a ban, and 违者……, what comes of breaking it.
_ASKED = lazy(r"\s*(?:并(?!处|罚|依法|由)|同时|[^,]{0,8}?(?:保持|做好|确保|保证|做到|落实)|及时|立即|实行)")
_ANEW = lazy(r"\s*(?:并|无|避免|防止|以免|违者|否则|一经|情节|造成|发现|每|按|经|确需|由)")
_KEPT = lazy(r"\s*(?:保持|做到|确保|保证)")  # 有污渍的, 及时清除, 保持干燥: in any case


def _said_by(part: Part, draft: Draft, *, silent: bool) -> list[str]:
    """What a part asks for without a number."""
    if part.rest.strip() == part.condition or _starts_anew(part, draft) or part.is_topic:
        return []
    return predicates_of(part) if silent else predicates_beside(part)


def say(
    part: Part, memory: Memory, draft: Draft, *, silent: bool, ruled: bool, before: Sequence[Draft], among: list[Draft]
) -> None:
    """Adds what a part says to the requirement, with its case where that is not the verb's; what nobody is free to do stands apart.

    `silent` where the part bounds nothing, `ruled` where a modal came before it or in it.
    """
    said = _said_by(part, draft, silent=silent) if ruled else []
    if not said:
        return
    is_free = _is_asked_beside(part, draft) or (silent and not memory.lent and is_free_of_ban(part, draft))
    if is_free:
        beside_ban(memory.condition, before=before, among=among).predicates.extend(said)
        return
    case = _late_case(part, memory, draft)
    if case and draft.modality == MAY:
        _say_apart(case, said, among=among)
    else:
        draft.predicates.extend(f"{case},{one}" if case else one for one in said)


def _is_asked_beside(part: Part, draft: Draft) -> bool:
    return draft.modality in NEGATIVE and part.modal is None and _ASKED.match(part.text, part.start) is not None


def _starts_anew(part: Part, draft: Draft) -> bool:
    is_new = draft.modality in NEGATIVE and part.modal is None and _ANEW.match(part.text, part.start) is not None
    return is_new and not _is_asked_beside(part, draft)


def _late_case(part: Part, memory: Memory, draft: Draft) -> str | None:
    """应当在 3 日内答复, 逾期不答复的, 视为同意: the case of what is said behind the verb, and not of the verb."""
    case = memory.condition
    if case is None or case == draft.condition or not memory.is_led or part.modal or part.condition:
        return None
    is_next = memory.begins + len(case) + 1 >= part.start
    return None if _KEPT.match(part.text, part.start) and not is_next else case


def _say_apart(case: str, said: list[str], *, among: list[Draft]) -> None:
    """可以约定期限, 约定不明的, 视为没有约定: nobody is free to take it so or not."""
    if among[-1].condition != case:
        among.append(Draft(SHALL, condition=case))
    among[-1].predicates.extend(said)
