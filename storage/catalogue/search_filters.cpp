#include "storage/catalogue/search_filters.h"

#include <fmt/core.h>

#include "storage/catalogue/text_index.h"

namespace sohoa {
namespace {

std::string mark(char kind, const std::string& value) {
  return fmt::format("{}{:016x}", kind, hashOf(value));
}

/// In force, but only until a day: what that means, the day of the question decides.
constexpr char kInForce[] = "in_force", kExpired[] = "expired", kInForceUntil[] = "in_force until";

std::string markOf(std::chrono::year_month_day day) {
  return fmt::format("d{:04}{:02}{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}
std::string markOf(std::chrono::year_month month) {
  return fmt::format("m{:04}{:02}", static_cast<int>(month.year()),
                     static_cast<unsigned>(month.month()));
}
std::string markOf(std::chrono::year year) { return fmt::format("y{:04}", static_cast<int>(year)); }

/// The largest of year, month and day that begins there and ends in the period, one after another.
std::vector<std::string> marksOfPeriod(Day from, Day to) {
  using std::chrono::year_month_day, std::chrono::sys_days, std::chrono::days;
  const sys_days last = sys_days(to);
  std::vector<std::string> marks;
  for (sys_days at = sys_days(from); at <= last;) {
    const year_month_day day(at);
    const sys_days nextMonth = sys_days((day.year() / day.month() + std::chrono::months(1)) / 1);
    const sys_days nextYear = sys_days((day.year() + std::chrono::years(1)) / 1 / 1);
    const bool first = day.day() == std::chrono::day(1);
    if (first && day.month() == std::chrono::January && nextYear - days(1) <= last) {
      marks.push_back(markOf(day.year()));
      at = nextYear;
    } else if (first && nextMonth - days(1) <= last) {
      marks.push_back(markOf(day.year() / day.month()));
      at = nextMonth;
    } else {
      marks.push_back(markOf(day));
      at += days(1);
    }
  }
  return marks;
}

}  // namespace

std::string filterMarks(const FilterValues& values) {
  const bool term = values.status == kInForce && !values.validUntil.empty();
  std::string marks = mark('u', values.unit) + " " + mark('p', values.procedureCode) + " " +
                      mark('s', term ? kInForceUntil : values.status);
  if (values.datedOn.size() >= 7) {
    const std::string year = values.datedOn.substr(0, 4);
    marks += " y" + year + " m" + year + values.datedOn.substr(5, 2);
    if (const std::string day = markOfDay(values.datedOn); !day.empty()) marks += " " + day;
  }
  return marks;
}

std::string markOfDay(const std::string& day) {
  const auto parsed = parseIsoDay(day);
  return parsed ? markOf(*parsed) : "";
}

std::vector<std::vector<std::string>> marksFor(const SearchFilter& filter) {
  std::vector<std::vector<std::string>> marks;
  if (!filter.unit.empty()) marks.push_back({mark('u', filter.unit)});
  if (!filter.procedureCode.empty()) marks.push_back({mark('p', filter.procedureCode)});
  if (!filter.status.empty()) marks.push_back({mark('s', filter.status)});
  if (filter.status == kInForce || filter.status == kExpired) {
    marks.back().push_back(mark('s', kInForceUntil));
  }
  if (filter.from || filter.to) {
    // Paper older than the republic and dates beyond this century do not come in.
    const Day earliest = std::chrono::year(1945) / 1 / 1,
              latest = std::chrono::year(2100) / 12 / 31;
    const Day from = std::max(filter.from.value_or(earliest), earliest);
    const Day to = std::min(filter.to.value_or(latest), latest);
    marks.push_back(marksOfPeriod(from, std::max(from, to)));
  }
  return marks;
}

std::string statusOn(const FilterValues& values, const std::optional<Day>& today) {
  const bool over = today && values.status == kInForce && !values.validUntil.empty() &&
                    values.validUntil < isoDay(*today);
  return over ? kExpired : values.status;
}

bool fits(const FilterValues& values, const SearchFilter& filter) {
  if (!filter.unit.empty() && values.unit != filter.unit) return false;
  if (!filter.procedureCode.empty() && values.procedureCode != filter.procedureCode) return false;
  if (!filter.status.empty() && statusOn(values, filter.today) != filter.status) return false;
  if (!filter.from && !filter.to) return true;
  const auto day = parseIsoDay(values.datedOn);
  return day && (!filter.from || *day >= *filter.from) && (!filter.to || *day <= *filter.to);
}

}  // namespace sohoa
