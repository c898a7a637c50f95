#include "storage/catalogue_sql.h"

namespace sohoa {
namespace {

/// Which tally answers a grouping, by which column, and the register's column that says the same.
struct Source {
  const char *table, *group, *member;
};

Source sourceOf(Grouping grouping) {
  switch (grouping) {
    case Grouping::unit:
      return {"tally_unit", "unit", "register.unit"};
    case Grouping::procedure:
      return {"tally_procedure", "procedure", "register.procedure_code"};
    case Grouping::month:
      return {"tally_unit", "substr(day, 1, 7)", "substr(received_on, 1, 7)"};
    case Grouping::none:
      break;
  }
  return {"tally_unit", "CAST('' AS TEXT)", "CAST('' AS TEXT)"};
}

}  // namespace

std::vector<ReportRow> SqlCatalogue::report(Day from, Day to, Grouping grouping) const {
  const Source source = sourceOf(grouping);
  Statement select(*database_,
                   std::string("SELECT ") + source.group +
                       ", sum(received), sum(received_paper), sum(resolved), "
                       "sum(digitised), sum(digitised_paper), sum(filed_not_counted), sum(pages) "
                       "FROM " +
                       source.table +
                       " WHERE day BETWEEN ?1 AND ?2 GROUP BY 1 HAVING sum(received) > 0 "
                       "ORDER BY 1");
  std::vector<ReportRow> rows;
  select.start(isoDay(from), isoDay(to));
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
