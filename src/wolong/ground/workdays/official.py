"""The years whose calendar has been announced and is shipped with chinesecalendar; it never guesses a later one."""

from chinese_calendar import constants

from wolong.ground.workdays.rules import Day

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
FIRST_YEAR = 2024


def official_years() -> list[int]:
    """From 2024 (nothing here happened before) to the last announced year."""
    last = max(constants.holidays).year
    return [year for year in range(FIRST_YEAR, last + 1) if any(day.year == year for day in constants.holidays)]


def official_days(year: int) -> list[Day]:
    """The days of a year that depart from Monday to Friday, in order."""
    off = [
        Day(day, False, _name(name))
        for day, name in constants.holidays.items()
        if day.year == year and day.weekday() < 5
    ]
    worked = [Day(day, True, _name(name) + "调休上班") for day, name in constants.workdays.items() if day.year == year]
    return sorted(off + worked)


def _name(name: str) -> str:
    return NAMES.get(str(name), "节假日")
