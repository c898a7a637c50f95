#include "storage/catalogue/catalogue_sql.h"

namespace sohoa {
namespace {

/// Which tallies answer a grouping (tally_ and month_ of that name), by which column, and the
/// register's column that says the same.
struct Source {
  const char *tally, *group, *member;
};

Source sourceOf(Grouping grouping) {
  switch (grouping) {
    case Grouping::unit:
      return {"unit", "unit", "register.unit"};
    case Grouping::procedure:
      return {"procedure", "procedure", "register.procedure_code"};
    case Grouping::month:
      return {"unit", "substr(day, 1, 7)", "substr(received_on, 1, 7)"};
    case Grouping::none:
      break;
  }
  return {"unit", "CAST('' AS TEXT)", "CAST('' AS TEXT)"};
}

/// The whole months of a period, and the days before and after them; an empty span ends before it
/// begins.
struct Parts {
  std::string firstDay, beforeMonths, firstMonth, lastMonth, afterMonths, lastDay;
};

Parts partsOf(Day from, Day to) {
  using std::chrono::sys_days, std::chrono::days, std::chrono::months;
  using std::chrono::year_month, std::chrono::year_month_day;
  const sys_days begin(from), end = sys_days(to) + days(1);
  year_month first = from.year() / from.month();
  if (begin != sys_days(first / 1)) first += months(1);
  const year_month_day behind(end);
  const year_month after = behind.year() / behind.month();  // the first month that is not whole
  const auto iso = [](sys_days day) { return isoDay(year_month_day(day)); };
  if (first >= after) return {iso(begin), iso(end - days(1)), "1", "0", "1", "0"};
  return {iso(begin),
          iso(sys_days(first / 1) - days(1)),
          iso(sys_days(first / 1)).substr(0, 7),
          iso(sys_days(after / 1) - days(1)).substr(0, 7),
          iso(sys_days(after / 1)),
          iso(end - days(1))};
}

}  // namespace

std::vector<ReportRow> SqlCatalogue::report(Day from, Day to, Grouping grouping) const {
  const Source source = sourceOf(grouping);
  const std::string tally = source.tally;
  Statement select(*database_,
                   std::string("SELECT ") + source.group +
                       ", sum(received), sum(received_paper), sum(resolved), "
                       "sum(digitised), sum(digitised_paper), sum(filed_not_counted), sum(pages) "
                       "FROM (SELECT * FROM tally_" +
                       tally + " WHERE day BETWEEN ?1 AND ?2 UNION ALL SELECT * FROM month_" +
                       tally + " WHERE day BETWEEN ?3 AND ?4 UNION ALL SELECT * FROM tally_" +
                       tally +
                       " WHERE day BETWEEN ?5 AND ?6) AS part GROUP BY 1 HAVING sum(received) > 0 "
                       "ORDER BY 1");
  std::vector<ReportRow> rows;
  const Parts parts = partsOf(from, to);
  select.start(parts.firstDay, parts.beforeMonths, parts.firstMonth, parts.lastMonth,
               parts.afterMonths, parts.lastDay);
  while (select.next()) {
    rows.push_back({select.text(0), select.integer(1), select.integer(2), select.integer(3),
                    select.integer(4), select.integer(5), select.integer(6), select.integer(7)});
  }
  if (grouping == Grouping::none && rows.empty()) rows.emplace_back();
  return rows;
}

std::vector<ExcludedCount> SqlCatalogue::excluded(Day from, Day to, Grouping grouping) const {
  Statement select(*database_, std::string("SELECT ") + sourceOf(grouping).member +
                                   ", excluded_reason, count(*) FROM register "
                                   "WHERE excluded_reason <> '' AND received_on BETWEEN ?1 AND ?2 "
                                   "GROUP BY 1, 2 ORDER BY 1, 2");
  std::vector<ExcludedCount> counts;
  select.start(isoDay(from), isoDay(to));
  while (select.next()) counts.push_back({select.text(0), select.text(1), select.integer(2)});
  return counts;
}

std::vector<ReportMember> SqlCatalogue::membersOf(Day from, Day to, Grouping grouping,
                                                  const std::string& group) const {
  // The "||" keeps SQLite from walking the whole table in order of code instead of the index.
  Statement select(*database_,
                   std::string("SELECT ") + kRegisterColumns +
                       ", register.filed, register.counted, register.pages, dossier.object "
                       "FROM register LEFT JOIN dossier ON dossier.code = register.code "
                       "WHERE received_on BETWEEN ?1 AND ?2 AND " +
                       sourceOf(grouping).member + " = ?3 ORDER BY register.code || ''");
  std::vector<ReportMember> members;
  select.start(isoDay(from), isoDay(to), grouping == Grouping::none ? std::string() : group);
  while (select.next()) {
    ReportMember member;
    member.row = rowFrom(select);
    member.filed = select.integer(11) != 0;
    member.counted = select.integer(12) != 0;
    member.pages = static_cast<int>(select.integer(13));
    member.object = select.text(14);
    members.push_back(std::move(member));
  }
  return members;
}

}  // namespace sohoa
