#include "storage/filter_marks.h"

#include <fmt/core.h>

#include "storage/text_index.h"

namespace sohoa {
namespace {

std::string mark(char kind, const std::string& value) {
  return fmt::format("{}{:016x}", kind, hashOf(value));
}

/// In force, but only until a day: what that means, the day of the question decides.
constexpr char kInForce[] = "in_force", kExpired[] = "expired", kInForceUntil[] = "in_force until";

std::vector<std::string> marksOfPeriod(Day from, Day to) {
  constexpr int kMonthsAtMost = 36;  // beyond that, years are few enough
  const std::chrono::year_month_day first(from), last(to);
  const auto firstMonth = first.year() / first.month(), lastMonth = last.year() / last.month();
  std::vector<std::string> marks;
  if ((lastMonth - firstMonth).count() < kMonthsAtMost) {
    for (auto month = firstMonth; month <= lastMonth; month += std::chrono::months(1)) {
      marks.push_back(fmt::format("m{:04}{:02}", static_cast<int>(month.year()),
                                  static_cast<unsigned>(month.month())));
    }
    return marks;
  }
  for (auto year = first.year(); year <= last.year(); ++year) {
    marks.push_back(fmt::format("y{:04}", static_cast<int>(year)));
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
  }
  return marks;
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

bool fits(const FilterValues& values, const SearchFilter& filter) {
  if (!filter.unit.empty() && values.unit != filter.unit) return false;
  if (!filter.procedureCode.empty() && values.procedureCode != filter.procedureCode) return false;
  const bool over = filter.today && values.status == kInForce && !values.validUntil.empty() &&
                    values.validUntil < isoDay(*filter.today);
  const std::string status = over ? kExpired : values.status;
  if (!filter.status.empty() && status != filter.status) return false;
  if (!filter.from && !filter.to) return true;
  const auto day = parseIsoDay(values.datedOn);
  return day && (!filter.from || *day >= *filter.from) && (!filter.to || *day <= *filter.to);
}

}  // namespace sohoa
